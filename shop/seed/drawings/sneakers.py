# ruff: noqa: E501  (a path is one line)
"""The runner and the court shoe, from the side; the heel left, the ground at 640."""

from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.pen import Pen

RUBBER = "#f5f1e8"
SOLE = "M 104 590 C 300 596 520 594 694 578 C 708 582 712 596 710 610 C 706 634 694 646 672 650 C 560 660 300 664 142 660 C 114 660 100 648 98 624 C 96 608 96 596 100 590 Z"
PALE = 600  # of 765; an accent on such a shoe is not of its own colour


def laces(pen: Pen, rungs: tuple[tuple[float, float, float, float], ...], tone: str = "#f7f4ec") -> str:
    """Laces across, each from its eyelet to the far side."""
    return "".join(
        pen.soft(f"M {a + 2} {b + 5} L {c + 2} {d + 5}", "#14161f", 13, 0.3)
        + pen.line(f"M {a} {b} L {c} {d}", "#8d887c", 11.5)
        + pen.line(f"M {a} {b} L {c} {d}", tone, 9.5)
        + f'<circle cx="{a}" cy="{b}" r="4.6" fill="#2c2a2a" opacity=".55"/>'
        for a, b, c, d in rungs
    )


def runner(pen: Pen) -> str:
    mesh = grain(pen, "mesh")
    is_pale = sum(pen.paint.base) > PALE
    mark, accent = ("#2a7476", "#2a7476") if is_pale else (RUBBER, pen.paint.tone(0.0))
    upper = "M 122 598 C 104 552 102 500 118 452 C 122 436 146 430 162 444 C 184 476 222 488 258 470 C 278 458 296 436 312 412 L 352 392 C 372 426 398 454 436 474 C 494 500 560 508 618 532 C 666 552 690 578 688 612 L 122 612 Z"
    tongue = "M 296 436 C 306 408 322 382 344 362 C 364 356 378 366 384 382 C 388 402 396 424 412 446 L 330 470 Z"
    lining = "M 118 452 C 122 432 148 426 164 440 C 188 470 222 484 258 466 C 280 452 298 430 312 412 L 322 424 C 300 456 272 486 232 492 C 190 494 152 476 118 452 Z"
    heel = "M 120 598 C 104 556 102 506 116 462 C 150 480 186 492 222 494 C 208 530 204 570 212 612 L 122 612 Z"
    toe = "M 688 612 C 692 584 672 556 630 537 C 604 548 584 570 576 612 Z"
    eyestay = "M 312 430 L 352 398 C 374 430 402 458 440 477 L 470 490 L 428 524 C 380 508 340 476 312 430 Z"
    prints = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="{size * 0.8:.1f}" ry="{size}" transform="rotate(18 {x} {y})" fill="{mark}" stroke="#1c2030" stroke-opacity=".28"/>'
        for x, y, size in ((252, 566, 30), (302, 552, 24), (346, 552, 19.5), (384, 556, 15.5), (416, 562, 12))
    )
    return (
        pen.part(tongue, -0.12, mesh, round_=0.7)
        + pen.part("M 330 366 C 344 352 372 352 384 366 L 388 384 L 336 390 Z", 0.12, round_=0.4)
        + pen.part(
            upper,
            0.0,
            mesh,
            pen.soft("M 122 612 L 690 612", -0.95, 70, 0.3),
            pen.soft("M 450 486 C 520 506 590 516 640 540", 1.0, 46, 0.22),
        )
        + pen.fill(lining, -0.45)
        + pen.soft("M 126 452 C 160 480 200 492 236 486 C 270 480 296 454 314 424", 1, 5, 0.2)
        + pen.part(
            heel,
            -0.2,
            pen.soft("M 116 470 C 108 510 110 560 124 610", 1.0, 26, 0.2),
            pen.stitch("M 214 500 C 201 532 197 572 204 612"),
        )
        + pen.part(toe, -0.2, pen.stitch("M 622 548 C 602 560 592 580 586 612"))
        + pen.part(
            eyestay,
            0.14 if not pen.paint.is_dark else 0.1,
            pen.stitch("M 326 442 C 356 482 392 506 428 516 L 456 494"),
            round_=0.6,
        )
        + prints
        + laces(pen, ((336, 444, 362, 402), (360, 468, 388, 428), (388, 488, 416, 450), (420, 502, 448, 472)))
        + pen.part("M 104 470 C 92 462 92 440 104 430 C 116 424 124 434 124 446 L 118 470 Z", -0.1, round_=0.5)
        + _cushioned_sole(pen, accent)
    )


def _cushioned_sole(pen: Pen, accent: str) -> str:
    sole = "M 96 596 C 108 584 128 588 152 594 C 260 612 380 604 470 606 C 560 610 640 606 696 592 C 716 598 720 620 708 636 C 690 656 660 660 610 656 C 540 650 480 658 400 662 L 200 670 C 150 672 112 664 98 640 C 90 624 90 606 96 596 Z"
    tread = "M 100 642 C 112 664 150 672 200 670 L 400 662 C 480 658 540 650 610 656 C 660 660 690 656 706 638 C 706 650 698 664 676 670 C 640 676 610 668 580 668 L 560 676 L 470 674 L 460 680 L 360 678 L 350 684 L 240 682 L 230 688 L 140 680 C 114 672 100 660 100 642 Z"
    return pen.part(
        sole,
        RUBBER,
        pen.soft("M 96 650 C 260 676 480 650 706 640", "#6f675a", 46, 0.3),
        pen.line("M 110 622 C 240 640 420 628 700 616", "#b9b2a4", 2.4),
        pen.fill(
            "M 96 596 C 108 584 128 588 152 594 C 190 600 230 602 262 604 C 250 626 200 640 96 634 Z",
            accent,
            opacity=0.9,
        ),
        edge="#8c8474",
        round_=0.5,
    ) + pen.part(tread, "#3b3a3c", edge="#242325", round_=0.3)


def court(pen: Pen) -> str:
    accent = "#26686a" if not pen.paint.is_dark else "#c56a45"
    upper = "M 120 600 C 106 552 106 506 118 458 C 122 444 142 438 158 450 C 186 474 226 482 262 464 C 284 452 300 436 314 418 L 350 404 C 374 440 420 470 480 488 C 548 504 640 520 680 560 C 692 574 692 592 690 606 L 120 606 Z"
    tongue = "M 296 440 C 308 410 322 386 342 368 C 360 362 374 370 380 388 C 386 410 398 432 416 450 L 330 474 Z"
    lining = "M 118 458 C 122 440 144 434 160 446 C 188 470 224 478 262 460 C 284 448 300 432 314 418 L 322 430 C 302 460 270 484 232 490 C 190 492 150 478 118 458 Z"
    heel = "M 118 470 C 134 482 154 490 176 494 C 170 520 168 540 170 558 C 152 562 132 560 112 554 C 108 524 110 496 118 470 Z"
    quarter = "M 306 436 L 352 408 C 376 440 412 466 462 484 L 446 524 C 414 520 384 530 362 560 L 346 606 L 250 606 C 268 540 286 480 306 436 Z"
    sole = SOLE
    return (
        pen.part(tongue, -0.05, round_=0.8)
        + pen.part(
            upper,
            0.0,
            pen.soft("M 120 606 L 690 606", -0.95, 60, 0.26),
            pen.fold("M 470 500 C 480 520 482 540 478 560", 16, 0.26),
            pen.fold("M 500 500 C 508 516 512 530 508 546", 14, 0.2),
        )
        + pen.fill(lining, -0.32)
        + pen.part(heel, accent, round_=0.8)
        + pen.line("M 196 492 C 186 530 186 570 192 606", -0.4, 2)
        + pen.stitch("M 204 494 C 194 532 194 570 200 606")
        + _toe_cap(pen)
        + pen.soft("M 360 564 C 384 534 414 524 446 528 L 464 488", -0.95, 14, 0.3)
        + pen.part(
            quarter,
            0.04,
            pen.stitch("M 318 446 C 300 490 280 546 264 606"),
            pen.stitch("M 340 606 L 354 562 C 378 528 408 514 440 516"),
            round_=0.6,
        )
        + laces(pen, ((330, 450, 358, 410), (352, 474, 384, 434), (378, 494, 412, 454), (408, 508, 442, 472)))
        + pen.part(
            sole,
            RUBBER,
            pen.soft("M 98 660 L 714 654", "#6f675a", 40, 0.3),
            pen.stitch("M 104 605 C 300 610 520 608 706 592", "#8d8577", 2.2),
            pen.line("M 98 640 C 300 646 520 644 706 628", "#b9b2a4", 2),
            edge="#8c8474",
            round_=0.4,
        )
    )


def _toe_cap(pen: Pen) -> str:
    toe = "M 476 488 C 548 504 640 520 680 560 C 692 574 692 592 690 606 L 472 606 C 462 566 464 524 476 488 Z"
    return pen.part(
        toe,
        0.02,
        pen.soft("M 540 510 C 600 522 650 540 676 568", 1.0, 34, 0.26),
        *(
            f'<circle cx="{x}" cy="{y}" r="3.2" fill="#15161c" opacity=".5"/>'
            for x, y in (
                (536, 536),
                (556, 540),
                (576, 545),
                (596, 551),
                (546, 556),
                (566, 560),
                (586, 565),
                (606, 571),
            )
        ),
        pen.stitch("M 484 494 C 472 530 472 568 481 606"),
    )
