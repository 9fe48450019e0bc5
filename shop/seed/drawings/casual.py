# ruff: noqa: E501  (a path is one line)
"""Shorts and joggers."""

from shop.seed.drawings.paths import folded
from shop.seed.drawings.pen import Pen, both
from shop.seed.drawings.trousers import leg_folds


def shorts(pen: Pen) -> str:
    cord = "#f4efe4"
    legs = folded(
        "M 400 290 L 552 284 C 580 390 604 520 620 690 C 560 708 500 718 440 720 C 436 640 426 570 406 500 L 400 498"
    )
    waistband = folded("M 400 246 C 460 246 510 240 546 234 L 554 292 C 510 300 460 304 400 304")
    gathers = "".join(
        pen.fold(f"M {x} 240 C {x + 2} 256 {x + 2} 280 {x + 3} 304", 10, 0.34) for x in range(266, 548, 20)
    )
    below = "".join(
        pen.fold(f"M {x} 300 C {x + s} 320 {x + s} 340 {x + 2 * s} 372", 12, 0.24)
        for x, s in ((300, -4), (336, -2), (372, 0), (430, 1), (470, 3), (506, 5))
    )
    return (
        pen.fill(folded("M 400 236 C 460 236 510 230 546 234 C 510 244 460 250 400 250"), -0.45)
        + pen.part(
            legs,
            0.0,
            below,
            both(
                pen.fold("M 408 506 C 450 486 490 480 528 466", 24, 0.3),
                pen.fold("M 500 600 C 508 640 508 680 504 716", 30, 0.22),
                pen.stitch("M 440 700 C 500 698 560 688 617 670"),
                pen.soft("M 402 500 C 424 570 434 640 438 720", -0.9, 44, 0.26),
            ),
            pen.fold("M 300 560 C 288 610 284 660 290 712", 30, 0.22),
        )
        + pen.part(waistband, 0.04, gathers, round_=0.6)
        + pen.seam("M 400 304 L 400 498")
        + pen.inside(
            legs,
            both(
                pen.soft("M 520 304 C 532 350 556 390 594 414", -0.9, 16, 0.34),
                pen.seam("M 514 300 C 526 350 552 392 590 418"),
                pen.stitch("M 506 302 C 518 356 548 400 592 428"),
            ),
        )
        + both(
            '<circle cx="422" cy="276" r="5" fill="#2d2c2c"/><circle cx="422" cy="276" r="5" fill="none" stroke="#c9c6be" stroke-width="2"/>'
        )
        + pen.soft("M 378 284 C 366 340 386 370 374 412", -0.9, 12, 0.3)
        + pen.line("M 378 276 C 362 330 382 362 368 404", cord, 6.5)
        + pen.line("M 422 276 C 440 320 424 350 436 384", cord, 6.5)
        + pen.line("M 368 404 L 366 420", "#bdb5a4", 8)
        + pen.line("M 436 384 L 440 400", "#bdb5a4", 8)
        + pen.part("M 540 606 L 584 600 L 588 632 L 543 638 Z", 0.08, round_=0.2)
        + pen.line("M 552 622 L 576 618", 0.6, 3)
    )


def joggers(pen: Pen) -> str:
    cord = "#f4efe4"
    legs = folded(
        "M 400 170 L 524 164 C 548 240 556 320 554 396 C 552 560 530 720 512 836 L 436 842 C 436 700 426 520 406 400 L 400 398"
    )
    cuff = "M 434 836 C 460 842 490 840 514 830 C 510 860 508 880 506 902 C 484 910 460 910 442 904 C 440 880 438 860 434 836 Z"
    ribs = (pen.line(f"M {438 + x} 830 L {445 + x * 0.84:.1f} 912", -0.5, 1.6, opacity=0.5) for x in range(0, 80, 6))
    waistband = folded("M 400 116 C 450 116 490 112 518 108 L 526 166 C 490 172 450 176 400 176")
    return (
        pen.fill(folded("M 400 106 C 450 106 490 104 518 108 C 490 116 450 120 400 120"), -0.45)
        + both(pen.part(cuff, -0.06, *ribs, round_=0.8))
        + pen.part(
            legs,
            0.0,
            leg_folds(pen, 400, 842, 74),
            both(
                pen.fold("M 440 800 C 450 812 470 814 488 804", 14, 0.3),
                pen.fold("M 500 770 C 490 790 480 806 478 834", 14, 0.22),
            ),
            "".join(pen.fold(f"M {x} 176 C {x} 196 {x} 210 {x} 232", 10, 0.26) for x in (310, 344, 380, 424, 458, 492)),
        )
        + pen.part(
            waistband,
            0.03,
            *(
                pen.line(f"M {400 + x} 100 L {400 + x * 1.02:.1f} 180", -0.5, 1.7, opacity=0.45)
                for x in range(-122, 123, 7)
            ),
            round_=0.6,
        )
        + pen.seam("M 400 176 L 400 396")
        + pen.inside(
            legs,
            both(
                pen.soft("M 500 176 C 504 220 524 262 550 288", -0.9, 16, 0.34),
                pen.seam("M 494 174 C 498 222 520 266 548 292"),
                pen.stitch("M 486 175 C 490 228 516 276 549 302"),
            ),
        )
        + pen.soft("M 384 152 C 374 220 388 250 380 292", -0.9, 12, 0.3)
        + pen.line("M 382 148 C 370 210 386 240 376 284", cord, 6)
        + pen.line("M 418 148 C 432 196 416 226 428 262", cord, 6)
        + pen.line("M 376 284 L 374 300", "#bdb5a4", 7.5)
        + pen.line("M 428 262 L 431 278", "#bdb5a4", 7.5)
    )
