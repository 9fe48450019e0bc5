# ruff: noqa: E501  (a path is one line)
"""Bags."""

from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.paths import folded
from shop.seed.drawings.pen import Pen, both

BRASS = "#c6a15a"


def tote(pen: Pen) -> str:
    canvas = grain(pen, "canvas")
    bag = folded("M 400 380 L 590 376 C 600 520 612 700 618 860 C 560 876 480 880 400 880")
    front = "M 300 470 C 296 300 320 150 400 146 C 480 150 504 300 500 470"
    behind = "M 316 384 C 318 270 340 196 400 192 C 460 196 482 270 484 384"
    ink = "#23565a" if not pen.paint.is_dark else "#efe6d4"
    sail = f'<g stroke="{ink}" fill="none" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"><path d="M 350 700 C 372 640 386 606 400 580 C 414 606 428 640 450 700"/><path d="M 330 724 L 470 724"/><path d="M 352 746 L 448 746" stroke="#c56a45"/></g>'
    return (
        pen.line(behind, -0.62, 26)
        + pen.line(behind, -0.34, 23)
        + pen.part(
            bag,
            0.0,
            canvas,
            pen.fold("M 500 480 C 512 600 520 720 518 870", 44, 0.24),
            pen.fold("M 280 500 C 268 620 262 740 266 866", 40, 0.22),
            pen.fold("M 216 840 C 260 800 300 790 340 788", 30, 0.2),
            pen.fold("M 584 836 C 540 800 510 790 480 786", 30, 0.2),
            pen.soft("M 200 380 C 320 390 480 390 600 376", -0.9, 40, 0.2),
            pen.stitch("M 206 412 C 320 420 480 420 594 410"),
        )
        + pen.soft("M 306 478 C 302 308 326 158 404 152 C 486 158 510 308 506 478", -1, 36, 0.3)
        + pen.line(front, -0.5, 28)
        + pen.line(front, 0.06, 25)
        + pen.stitch("M 291 466 C 287 300 312 141 400 137 C 488 141 513 300 509 466")
        + pen.stitch("M 309 466 C 305 300 328 159 400 155 C 472 159 495 300 491 466")
        + both(
            pen.stitch("M 490 420 L 510 420 L 510 466 L 490 466 Z"),
            pen.stitch("M 490 420 L 510 466"),
            pen.stitch("M 510 420 L 490 466"),
        )
        + sail
        + pen.part("M 594 520 L 614 522 L 616 556 L 596 554 Z", "#c56a45", round_=0.3)
    )


def backpack(pen: Pen) -> str:
    canvas = grain(pen, "canvas")
    leather = "#9a6a40"
    shell = folded("M 400 210 C 480 210 548 232 566 300 C 584 420 594 620 590 800 C 584 852 552 872 500 874 L 400 876")
    front = folded("M 400 566 L 520 562 C 540 562 548 574 548 592 L 550 786 C 550 820 534 834 506 836 L 400 838")
    flap = folded("M 400 556 L 532 552 C 548 554 552 566 552 580 L 552 634 C 540 652 480 658 400 660")
    side = "M 584 560 C 622 566 634 590 636 630 L 636 780 C 634 812 616 826 590 826 Z"
    return (
        pen.line("M 352 214 C 352 150 370 128 400 128 C 430 128 448 150 448 214", -0.7, 24)
        + pen.line("M 352 214 C 352 150 370 128 400 128 C 430 128 448 150 448 214", leather, 20)
        + both(
            pen.part(
                "M 560 240 C 606 260 640 360 642 480 L 640 560 L 606 560 C 606 440 596 360 556 300 Z", -0.3, round_=0.6
            )
        )
        + both(pen.part(side, -0.1, canvas, pen.stitch("M 590 580 C 614 584 624 602 626 632"), round_=0.8))
        + pen.part(
            shell,
            0.0,
            canvas,
            pen.soft("M 220 512 C 300 530 500 530 580 512", -1, 50, 0.34),
            pen.fold("M 560 560 C 570 640 572 720 566 800", 26, 0.24),
            round_=1.2,
        )
        + pen.soft("M 250 600 L 250 836 C 300 846 500 846 552 836 L 556 600", -1, 18, 0.3)
        + pen.part(front, 0.02, canvas, pen.fold("M 300 690 C 296 740 300 790 306 830", 24, 0.2))
        + pen.soft("M 250 642 C 300 668 500 668 554 642", -1, 18, 0.4)
        + pen.part(
            flap,
            0.05,
            canvas,
            pen.stitch(folded("M 400 564 L 530 560 C 542 562 544 570 544 580 L 544 628 C 530 642 480 648 400 650")),
            round_=0.7,
        )
        + pen.soft("M 216 462 C 240 500 300 514 400 516 C 500 514 560 500 586 462", -1, 22, 0.44)
        + _lid_on_top(pen, canvas)
        + _buckles(pen, leather)
        + pen.button(400, 640, 8, BRASS)
    )


def _lid_on_top(pen: Pen, canvas: str) -> str:
    lid = folded("M 400 200 C 490 200 560 226 574 300 C 584 360 586 410 584 456 C 560 492 500 506 400 508")
    return pen.part(
        lid,
        0.04,
        canvas,
        pen.stitch(folded("M 400 210 C 484 210 552 234 565 300 C 575 360 577 410 575 450 C 552 482 500 496 400 498")),
        pen.fold("M 540 260 C 552 320 556 380 552 440", 30, 0.22),
        pen.soft("M 270 240 C 340 214 440 212 500 226", 1.0, 40, 0.2),
    )


def _buckles(pen: Pen, leather: str) -> str:
    strap = "M 476 300 L 508 300 L 512 640 L 480 640 Z"
    return (
        both(
            pen.soft("M 514 320 L 516 642", -1, 12, 0.4),
            pen.part(
                strap,
                leather,
                pen.stitch("M 481 300 L 485 636", "#d9bd92"),
                pen.stitch("M 503 300 L 507 636", "#d9bd92"),
                edge="#4a3220",
                round_=0.6,
            ),
            f'<rect x="471" y="520" width="44" height="46" rx="6" fill="none" stroke="#15161c" stroke-opacity=".35" stroke-width="9"/><rect x="470" y="518" width="44" height="46" rx="6" fill="none" stroke="#7d6535" stroke-width="8"/><rect x="470" y="518" width="44" height="46" rx="6" fill="none" stroke="{BRASS}" stroke-width="5"/><path d="M 492 541 L 492 568" stroke="{BRASS}" stroke-width="5" stroke-linecap="round"/>',
            *(f'<circle cx="{495}" cy="{y}" r="3.4" fill="#2b1d12"/>' for y in (586, 606, 626)),
        )
        + pen.part("M 372 330 L 428 330 L 428 376 L 372 376 Z", leather, edge="#4a3220", round_=0.5)
        + pen.line("M 386 362 C 392 346 396 342 400 338 C 404 342 408 346 414 362", "#f0dfc0", 3.4)
        + pen.line("M 382 368 L 418 368", "#f0dfc0", 3)
    )
