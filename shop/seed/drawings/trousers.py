# ruff: noqa: E501  (a path is one line)
"""Trousers."""

from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.paths import folded
from shop.seed.drawings.pen import Pen, both

COPPER = "#b98a4e"


def both_legs(
    crotch: float, hem: float, *, hip: float, inner: float, outer: float, top: float = 160, side: float = 524
) -> str:
    """Both legs from the waist seam down; ``inner`` and ``outer`` are where a leg ends, from the axis."""
    return folded(
        f"M 400 {top} L {side} {top - 4} C {400 + hip - 6} {top + 90} {400 + hip} {crotch - 60} {400 + hip} {crotch} "
        f"C {400 + hip} {crotch + 180} {400 + outer + 4} {hem - 200} {400 + outer} {hem - 8} L {400 + inner} {hem} "
        f"C {400 + inner - 4} {hem - 240} {400 + 26} {crotch + 130} 406 {crotch} L 400 {crotch - 2}"
    )


def leg_folds(pen: Pen, crotch: float, hem: float, middle: float) -> str:
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


def waistband(pen: Pen, *marks: str, top: float = 112, foot: float = 160, side: float = 524) -> str:
    band = folded(
        f"M 400 {top + 6} C 450 {top + 6} 490 {top + 3} {side - 4} {top} L {side} {foot} C 490 {foot + 5} 450 {foot + 7} 400 {foot + 7}"
    )
    back = folded(
        f"M 400 {top - 10} C 450 {top - 10} 490 {top - 6} {side - 4} {top} C 490 {top + 6} 450 {top + 8} 400 {top + 8}"
    )
    return pen.fill(back, -0.45) + pen.part(band, 0.03, *marks, round_=0.5)


def belt_loops(pen: Pen, tops: float = 108, foot: float = 172) -> str:
    return both(
        *(
            pen.soft(f"M {x + 11} {tops + 6} L {x + 11} {foot}", -0.9, 8, 0.3)
            + pen.fill(f"M {x} {tops} L {x + 10} {tops} L {x + 10} {foot} L {x} {foot} Z", 0.08, edge=-0.45)
            for x in (446, 500)
        )
    )


def chinos(pen: Pen) -> str:
    twill = grain(pen, "twill")
    legs = both_legs(394, 900, hip=150, inner=34, outer=138)
    return (
        pen.part(
            legs,
            0.0,
            twill,
            leg_folds(pen, 394, 900, 92),
            both(
                pen.soft("M 492 300 C 496 500 490 700 486 900", 1.0, 10, 0.2),
                pen.line("M 492 300 C 496 500 490 700 486 900", -0.5, 1.4, opacity=0.5),
                pen.stitch("M 436 876 L 540 868"),
            ),
        )
        + waistband(pen, twill, pen.stitch("M 282 152 C 350 162 450 162 520 150"))
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
        + belt_loops(pen)
        + pen.button(400, 142, 8, "#5a4632")
    )


def jeans(pen: Pen) -> str:
    denim, thread = grain(pen, "denim"), "#d8a253"
    legs = both_legs(392, 902, hip=146, inner=46, outer=126)
    wear = both(
        pen.soft("M 476 330 C 486 440 484 560 482 680", 1.0, 84, 0.22), pen.soft("M 486 560 L 482 620", 1.0, 60, 0.16)
    )
    return (
        pen.part(
            legs,
            0.0,
            denim,
            wear,
            leg_folds(pen, 392, 902, 84),
            both(
                pen.stitch("M 448 886 L 528 880", thread),
                pen.stitch("M 448 876 L 528 870", thread),
                pen.line("M 536 300 C 536 500 530 700 522 890", -0.5, 1.6),
                pen.stitch("M 529 300 C 529 500 523 700 515 890", thread),
            ),
        )
        + waistband(
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
        + belt_loops(pen)
        + pen.button(400, 142, 9, COPPER)
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
