# ruff: noqa: E501  (a path is one line)
"""Trousers and shorts."""

from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.pen import Pen, both, folded

COPPER = "#b98a4e"


def _legs(
    crotch: float, hem: float, *, hip: float, inner: float, outer: float, top: float = 160, side: float = 524
) -> str:
    """Both legs from the waist seam down; ``inner`` and ``outer`` are where a leg ends, from the axis."""
    return folded(
        f"M 400 {top} L {side} {top - 4} C {400 + hip - 6} {top + 90} {400 + hip} {crotch - 60} {400 + hip} {crotch} "
        f"C {400 + hip} {crotch + 180} {400 + outer + 4} {hem - 200} {400 + outer} {hem - 8} L {400 + inner} {hem} "
        f"C {400 + inner - 4} {hem - 240} {400 + 26} {crotch + 130} 406 {crotch} L 400 {crotch - 2}"
    )


def _falls(pen: Pen, crotch: float, hem: float, middle: float) -> str:
    """Folds: from the crotch outwards, and down the legs."""
    return (
        both(
            pen.fold(f"M 408 {crotch + 2} C 440 {crotch - 12} 474 {crotch - 14} 506 {crotch - 26}", 20, 0.32),
            pen.fold(f"M 412 {crotch + 46} C 440 {crotch + 40} 466 {crotch + 38} 484 {crotch + 26}", 16, 0.22),
            pen.soft(
                f"M {400 + middle} {crotch + 60} C {400 + middle + 2} {crotch + 200} {400 + middle} {hem - 160} {400 + middle} {hem}",
                1.0,
                40,
                0.14,
            ),
            pen.soft(
                f"M 402 {crotch} C 424 {crotch + 140} {400 + middle - 30} {hem - 240} {400 + middle - 34} {hem}",
                -0.9,
                44,
                0.26,
            ),
        )
        + pen.fold(f"M 470 {hem - 250} C 480 {hem - 236} 496 {hem - 236} 512 {hem - 250}", 16, 0.24)
        + pen.fold(f"M 290 {hem - 220} C 300 {hem - 206} 318 {hem - 206} 332 {hem - 218}", 16, 0.24)
    )


def _band(pen: Pen, *marks: str, top: float = 112, foot: float = 160, side: float = 524) -> str:
    band = folded(
        f"M 400 {top + 6} C 450 {top + 6} 490 {top + 3} {side - 4} {top} L {side} {foot} C 490 {foot + 5} 450 {foot + 7} 400 {foot + 7}"
    )
    back = folded(
        f"M 400 {top - 10} C 450 {top - 10} 490 {top - 6} {side - 4} {top} C 490 {top + 6} 450 {top + 8} 400 {top + 8}"
    )
    return pen.fill(back, -0.45) + pen.part(band, 0.03, *marks, round_=0.5)


def _loops(pen: Pen, tops: float = 108, foot: float = 172) -> str:
    return both(
        *(
            pen.soft(f"M {x + 11} {tops + 6} L {x + 11} {foot}", -0.9, 8, 0.3)
            + pen.fill(f"M {x} {tops} L {x + 10} {tops} L {x + 10} {foot} L {x} {foot} Z", 0.08, edge=-0.45)
            for x in (446, 500)
        )
    )


def chinos(pen: Pen) -> str:
    twill = grain(pen, "twill")
    legs = _legs(394, 900, hip=150, inner=34, outer=138)
    return (
        pen.part(
            legs,
            0.0,
            twill,
            _falls(pen, 394, 900, 92),
            both(
                pen.soft("M 492 300 C 496 500 490 700 486 900", 1.0, 10, 0.2),
                pen.line("M 492 300 C 496 500 490 700 486 900", -0.5, 1.4, opacity=0.5),
                pen.stitch("M 436 876 L 540 868"),
            ),
        )
        + _band(pen, twill, pen.stitch("M 282 152 C 350 162 450 162 520 150"))
        + pen.seam("M 400 166 L 400 392")
        + pen.stitch("M 394 168 L 394 384")
        + pen.stitch("M 426 168 C 426 290 424 330 402 352")
        + pen.inside(
            legs,
            both(
                pen.soft("M 470 166 C 486 200 508 232 541 262", -0.9, 14, 0.3),
                pen.seam("M 466 166 C 480 204 504 236 540 262"),
                pen.stitch("M 459 168 C 474 210 500 244 541 272"),
            ),
        )
        + _loops(pen)
        + pen.button(400, 142, 8, "#5a4632")
    )


def jeans(pen: Pen) -> str:
    denim, thread = grain(pen, "denim"), "#d8a253"
    legs = _legs(392, 902, hip=146, inner=46, outer=126)
    wear = both(
        pen.soft("M 476 330 C 486 440 484 560 482 680", 1.0, 84, 0.22), pen.soft("M 486 560 L 482 620", 1.0, 60, 0.16)
    )
    return (
        pen.part(
            legs,
            0.0,
            denim,
            wear,
            _falls(pen, 392, 902, 84),
            both(
                pen.stitch("M 448 886 L 528 880", thread),
                pen.stitch("M 448 876 L 528 870", thread),
                pen.line("M 536 300 C 536 500 530 700 522 890", -0.5, 1.6),
                pen.stitch("M 529 300 C 529 500 523 700 515 890", thread),
            ),
        )
        + _band(
            pen,
            denim,
            pen.stitch("M 282 152 C 350 162 450 162 520 150", thread),
            pen.stitch("M 282 124 C 350 132 450 132 518 122", thread),
        )
        + pen.seam("M 400 166 L 400 390")
        + pen.stitch("M 393 168 L 393 384", thread)
        + pen.stitch("M 428 168 C 428 290 426 330 402 356", thread)
        + pen.stitch("M 421 168 C 421 286 420 322 402 344", thread)
        + pen.inside(
            legs,
            both(
                pen.fill("M 452 163 C 454 214 480 248 541 252 L 528 162 Z", -0.12),
                pen.seam("M 452 163 C 454 214 480 248 541 252"),
                pen.stitch("M 445 164 C 448 222 478 258 542 262", thread),
                pen.stitch("M 437 164 C 440 230 474 268 542 272", thread),
            ),
        )
        + pen.inside(
            legs,
            pen.line("M 486 212 C 506 224 522 228 540 228", -0.5, 1.8),
            pen.stitch("M 484 220 C 504 231 522 236 540 236", thread),
        )
        + "".join(
            f'<circle cx="{x}" cy="{y}" r="3.6" fill="{COPPER}" stroke="#6d4826"/>'
            for x, y in ((456, 176), (530, 244), (344, 176), (270, 244))
        )
        + _loops(pen)
        + pen.button(400, 142, 9, COPPER)
    )


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
            _falls(pen, 400, 842, 74),
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


def wide_trousers(pen: Pen) -> str:
    linen = grain(pen, "linen")
    legs = folded(
        "M 400 176 L 500 172 C 534 250 552 330 560 420 C 574 580 596 740 606 888 C 540 902 480 906 428 904 C 424 740 416 560 404 420 L 400 418"
    )
    waistband = folded("M 400 112 C 440 112 470 110 494 106 L 500 172 C 470 178 440 180 400 180")
    return (
        pen.fill(folded("M 400 102 C 440 102 470 100 494 106 C 470 114 440 118 400 118"), -0.45)
        + pen.part(
            legs,
            0.0,
            linen,
            both(
                pen.fold("M 408 424 C 440 410 480 404 516 392", 20, 0.26),
                pen.line("M 452 180 C 470 300 492 520 508 900", -0.5, 1.8, opacity=0.6),
                pen.soft("M 460 190 C 480 320 504 560 522 900", -0.9, 30, 0.24),
                pen.soft("M 446 190 C 462 320 484 560 500 900", 1.0, 22, 0.3),
                pen.fold("M 462 178 C 470 220 478 260 484 300", 16, 0.4),
                pen.fold("M 434 178 C 440 214 446 240 450 270", 14, 0.36),
                pen.soft("M 404 420 C 416 560 424 740 428 904", -0.9, 50, 0.3),
            ),
            pen.fold("M 556 560 C 566 680 572 780 570 890", 36, 0.24),
            pen.fold("M 250 560 C 240 680 236 780 240 890", 36, 0.24),
            pen.fold("M 330 640 C 320 740 324 820 326 900", 28, 0.2),
            both(pen.stitch("M 428 882 C 480 884 540 880 604 866")),
        )
        + pen.part(waistband, 0.04, linen, round_=0.5)
        + pen.stitch("M 302 164 C 340 172 460 172 498 164")
        + pen.seam("M 400 180 L 400 416")
        + pen.stitch("M 424 182 C 424 300 420 330 402 350")
        + pen.inside(
            legs,
            both(
                pen.seam("M 498 186 C 512 240 528 280 542 320"),
                pen.soft("M 504 196 C 518 246 532 286 546 322", -0.9, 12, 0.3),
            ),
        )
        + pen.button(392, 146, 8, "#6b4a33")
        + pen.button(420, 146, 8, "#6b4a33")
    )
