# ruff: noqa: E501  (a path is one line)
"""The high-top and the slip-on, from the side; the heel left, the ground at 640."""

from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.pen import Pen
from shop.seed.drawings.sneakers import PALE, RUBBER, SOLE, laces


def high_top(pen: Pen) -> str:
    canvas = grain(pen, "canvas")
    upper = "M 132 602 C 116 540 112 440 120 336 C 122 316 138 310 156 312 L 278 318 C 296 322 306 330 310 344 C 322 410 362 456 424 478 C 500 498 600 502 660 548 C 684 566 690 586 690 606 L 132 606 Z"
    tongue = "M 276 326 C 288 300 306 284 326 282 C 340 284 344 296 344 312 C 348 372 380 424 436 456 L 360 470 Z"
    stay = "M 262 320 L 280 318 C 296 322 306 330 310 344 C 322 410 362 456 424 478 L 456 488 L 436 522 C 350 500 286 430 262 320 Z"
    heel = "M 118 400 L 150 402 C 148 470 152 540 164 604 L 132 604 C 120 540 116 470 118 400 Z"
    return (
        pen.part(tongue, -0.08, canvas, round_=0.8)
        + pen.part(
            upper,
            0.0,
            canvas,
            pen.fold("M 160 470 C 200 480 240 478 276 462", 22, 0.3),
            pen.fold("M 180 500 C 220 512 256 512 290 500", 18, 0.24),
            pen.fold("M 440 490 C 450 520 454 550 450 580", 20, 0.28),
            pen.fold("M 478 498 C 486 524 490 544 488 566", 16, 0.22),
            pen.soft("M 132 606 L 690 606", -0.95, 60, 0.26),
            pen.stitch("M 126 330 C 180 326 230 326 264 330"),
            pen.stitch("M 330 606 C 336 570 352 540 380 512"),
        )
        + pen.fill(
            "M 122 326 C 126 312 138 308 156 310 L 278 316 C 290 318 300 324 304 332 C 250 326 180 326 122 330 Z", -0.42
        )
        + pen.part(
            heel,
            "#f1ece0" if not pen.paint.is_dark else "#e9e3d6",
            pen.stitch("M 142 404 C 140 470 144 540 156 604", "#9b9485"),
            edge="#8c8474",
            round_=0.5,
        )
        + pen.part(stay, 0.03, canvas, pen.stitch("M 271 330 C 296 432 358 494 434 513 L 446 494"), round_=0.6)
        + _badge(pen)
        + "".join(
            f'<circle cx="{x}" cy="{y}" r="5" fill="#d8d5cd" stroke="#55524c"/><circle cx="{x}" cy="{y}" r="2.2" fill="#2a2a2c"/>'
            for x, y in ((246, 560), (276, 568))
        )
        + laces(
            pen,
            (
                (282, 336, 318, 312),
                (288, 366, 326, 346),
                (298, 396, 338, 378),
                (314, 424, 354, 408),
                (336, 450, 376, 434),
                (364, 474, 402, 456),
                (398, 492, 432, 472),
            ),
        )
        + _rubber(pen)
    )


def _badge(pen: Pen) -> str:
    return (
        f'<circle cx="212" cy="400" r="36" fill="{RUBBER}" stroke="#8c8474" stroke-width="1.6"/>'
        + pen.line("M 196 412 C 202 398 206 390 212 384 C 218 392 222 402 228 412", "#1f6f73", 5)
        + pen.line("M 190 418 L 234 418", "#c56a45", 4)
    )


def _rubber(pen: Pen) -> str:
    toe = "M 690 606 C 690 572 664 544 620 526 C 588 520 560 524 544 540 C 534 560 532 584 534 606 Z"
    sole = SOLE
    return pen.part(
        toe,
        RUBBER,
        pen.soft("M 560 540 C 610 536 650 556 676 590", 1.0, 26, 0.5),
        pen.line("M 552 548 C 546 566 544 586 546 606", "#b9b2a4", 2),
        edge="#8c8474",
        round_=0.9,
    ) + pen.part(
        sole,
        RUBBER,
        pen.soft("M 98 662 L 714 656", "#6f675a", 40, 0.3),
        pen.line("M 100 604 C 300 610 520 608 708 592", pen.paint.tone(0.0), 5),
        pen.line("M 98 642 C 300 648 520 646 706 630", "#b9b2a4", 2),
        edge="#8c8474",
        round_=0.4,
    )


def slip_on(pen: Pen) -> str:
    canvas = grain(pen, "canvas")
    upper = "M 116 602 C 102 556 100 510 112 476 C 118 462 136 458 152 466 C 196 486 236 480 272 462 C 320 448 380 462 440 480 C 520 500 620 512 668 556 C 688 574 692 592 690 608 L 116 608 Z"
    lining = "M 112 476 C 118 458 138 454 154 462 C 196 482 236 476 274 458 L 316 454 C 300 484 256 504 210 506 C 168 506 130 494 112 476 Z"
    gore = "M 268 474 L 336 458 C 346 500 338 546 304 566 C 280 548 268 514 268 474 Z"
    toe = "M 430 480 C 520 500 620 512 668 556 C 688 574 692 592 690 608 L 420 608 C 404 560 408 516 430 480 Z"
    sole = SOLE
    trim = "#2a7476" if sum(pen.paint.base) > PALE else "#d9a441"
    return (
        pen.fill(lining, -0.38)
        + pen.part(
            upper.replace("C 196 486 236 480 272 462", "C 180 500 226 508 268 494 C 290 486 302 474 316 458"),
            0.0,
            canvas,
            pen.soft("M 116 608 L 690 608", -0.95, 60, 0.26),
            pen.fold("M 380 470 C 392 500 396 540 390 580", 18, 0.24),
            pen.line("M 150 478 C 146 520 150 560 158 606", -0.4, 2),
            pen.stitch("M 158 480 C 154 520 158 560 166 606"),
        )
        + pen.part(
            gore,
            -0.34,
            *(
                pen.line(
                    f"M {x} 452 C {x + 6} 500 {x + 2} 540 {x + 10} 572",
                    -0.5 if not pen.paint.is_dark else 0.25,
                    2.4,
                    opacity=0.6,
                )
                for x in range(268, 344, 8)
            ),
            round_=0.6,
        )
        + pen.part(
            toe,
            0.03,
            canvas,
            pen.soft("M 500 500 C 570 512 640 530 670 566", 1.0, 40, 0.24),
            pen.stitch("M 438 488 C 418 522 414 564 428 606"),
            pen.fold("M 470 494 C 478 514 482 534 478 556", 14, 0.22),
        )
        + pen.line("M 152 470 C 180 500 226 508 268 494 C 290 486 304 472 318 456 C 360 458 400 468 436 480", -0.45, 5)
        + pen.line("M 152 470 C 180 500 226 508 268 494 C 290 486 304 472 318 456", 0.3, 2, opacity=0.5)
        + pen.part(
            sole,
            RUBBER,
            pen.soft("M 98 660 L 714 654", "#6f675a", 40, 0.3),
            pen.line("M 98 612 C 300 618 520 616 710 600", trim, 6),
            pen.line("M 98 640 C 300 646 520 644 706 628", "#b9b2a4", 2),
            edge="#8c8474",
            round_=0.4,
        )
        + pen.part("M 98 596 L 124 596 L 124 632 L 97 630 Z", trim, round_=0.3)
    )
