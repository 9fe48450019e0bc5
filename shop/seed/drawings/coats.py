# ruff: noqa: E501  (a path is one line)
"""The rain jacket and the bomber, from the front and from behind."""

from shop.seed.drawings.cloth import (
    GATHERED,
    armhole,
    drape,
    hood,
    long_sleeve,
    rib,
    wrist,
)
from shop.seed.drawings.paths import folded
from shop.seed.drawings.pen import Pen, both

STEEL = "#b9b6ae"


def zip_(pen: Pen, top: float, bottom: float, x: float = 400) -> str:
    """A closed zip with its puller hanging at the top."""
    return (
        pen.soft(f"M {x + 6} {top} L {x + 6} {bottom}", -0.9, 22, 0.3)
        + pen.line(f"M {x} {top} L {x} {bottom}", -0.55, 11)
        + pen.line(f"M {x} {top} L {x} {bottom}", STEEL, 6, dash="3 3")
        + pen.fill(
            f"M {x - 5} {top} L {x + 5} {top} L {x + 4} {top + 18} L {x - 4} {top + 18} Z", "#8f8c85", edge="#55524c"
        )
        + pen.fill(
            f"M {x - 4} {top + 18} L {x + 4} {top + 18} L {x + 5} {top + 44} L {x - 5} {top + 44} Z",
            "#c9c6be",
            edge="#55524c",
        )
    )


def _rain_sleeve(pen: Pen) -> str:
    tab = pen.part("M 634 734 L 722 722 L 726 764 L 640 780 Z", -0.08, round_=0.5) + pen.fill(
        "M 664 742 L 706 736 L 708 756 L 667 762 Z", -0.3
    )
    return long_sleeve(pen, pen.seam("M 606 236 C 652 320 668 500 690 782")) + tab


def rain_jacket(pen: Pen) -> str:
    shape = folded(
        "M 400 316 C 430 300 462 262 482 226 L 500 200 L 588 233 C 578 296 573 356 572 414 C 572 560 582 720 592 858 C 520 870 460 872 400 872"
    )
    flap = "M 436 600 L 552 592 L 556 630 L 438 640 Z"
    bag = "M 442 620 L 550 612 L 560 762 L 446 768 Z"
    storm = "M 384 300 L 424 286 L 424 872 L 384 872 Z"
    visor = folded("M 400 96 C 470 96 504 130 506 176 C 494 150 460 128 400 126")
    return (
        both(_rain_sleeve(pen))
        + hood(pen, 0.0)
        + pen.part(
            visor, 0.08, pen.stitch(folded("M 400 104 C 462 104 490 130 500 158").removesuffix(" Z")), round_=0.4
        )
        + pen.part(
            shape,
            0.0,
            drape(pen, 866),
            pen.soft("M 298 206 C 330 276 360 306 400 320 C 440 306 470 276 502 206", -0.9, 34, 0.28),
        )
        + armhole(pen)
        + both(pen.seam("M 470 262 C 500 330 560 350 572 352"), pen.stitch("M 474 270 C 504 338 560 358 572 360"))
        + both(
            pen.soft("M 444 772 L 564 766 L 556 640", -0.9, 14, 0.34),
            pen.part(bag, 0.02, round_=0.5),
            pen.soft("M 438 646 L 558 634", -0.9, 12, 0.4),
            pen.part(flap, 0.06, round_=0.3),
            pen.button(496, 618, 7, STEEL),
        )
        + pen.soft("M 427 296 L 427 868", -0.9, 20, 0.36)
        + pen.inside(
            shape,
            pen.fill(storm, 0.05, edge=-0.5),
            pen.stitch("M 391 300 L 391 880"),
            pen.stitch("M 417 290 L 417 880"),
        )
        + "".join(pen.button(404, y, 7.5, STEEL) for y in (330, 440, 550, 660, 770, 842))
        + pen.stitch("M 209 846 C 300 860 500 860 591 846")
        + both(
            pen.line("M 446 288 C 450 330 446 350 448 384", "#f4efe4", 4),
            pen.fill("M 443 384 L 453 384 L 453 402 L 443 402 Z", "#4a4843"),
        )
    )


def rain_jacket_back(pen: Pen) -> str:
    shape = folded(
        "M 400 210 C 440 210 470 200 486 188 L 588 233 C 578 296 573 356 572 414 C 572 560 582 720 592 858 C 520 870 460 872 400 872"
    )
    hanging = folded("M 400 168 C 450 168 486 180 500 204 C 512 260 470 330 400 388")
    cape = folded("M 400 420 C 470 424 540 420 573 404 L 588 233 L 486 188 L 400 200")
    return (
        both(_rain_sleeve(pen))
        + pen.part(shape, 0.0, drape(pen, 866), pen.seam("M 400 400 L 400 872"))
        + armhole(pen)
        + pen.soft("M 228 412 C 300 432 500 432 572 412", -0.9, 24, 0.36)
        + pen.part(cape, 0.03, pen.stitch("M 228 396 C 300 410 500 410 572 396"), round_=0.7)
        + pen.soft("M 302 214 C 300 270 340 340 400 396 C 460 340 500 270 502 214", -0.9, 34, 0.4)
        + pen.part(
            hanging,
            0.0,
            pen.seam("M 400 160 L 400 390"),
            pen.fold("M 330 220 C 350 270 370 310 396 330", 26, 0.3),
            pen.fold("M 470 220 C 452 270 432 300 408 326", 24, 0.3),
        )
        + pen.line("M 312 186 C 350 214 450 214 488 186", -0.5, 3)
        + pen.stitch("M 209 846 C 300 860 500 860 591 846")
        + pen.fill("M 356 452 L 444 452 L 444 458 L 356 458 Z", "#dcdad2")
    )


def _bomber_sleeve(pen: Pen) -> str:
    return long_sleeve(pen, pen.seam("M 584 252 C 610 300 640 330 660 340"), shape=GATHERED) + wrist(pen)


def bomber(pen: Pen) -> str:
    shape = folded(
        "M 400 216 C 440 214 462 204 474 190 L 588 233 C 578 296 573 356 572 414 C 574 560 584 680 586 770 C 570 790 560 796 556 800 L 400 806"
    )
    slant = (
        pen.line("M 520 560 L 470 690", -0.5, 12)
        + pen.line("M 520 560 L 470 690", STEEL, 5, dash="3 3")
        + pen.fill("M 520 556 L 530 560 L 524 584 L 515 580 Z", "#c9c6be", edge="#55524c")
    )
    collar = folded("M 400 186 C 440 184 462 174 470 160 C 486 170 494 182 496 198 C 470 226 436 236 400 238")
    arm = "M 632 430 L 662 424 L 678 500 L 648 506 Z"
    return (
        pen.fill(folded("M 400 156 C 440 156 460 156 468 162 C 458 182 430 192 400 194"), -0.5)
        + both(_bomber_sleeve(pen))
        + pen.part(arm, 0.05, round_=0.4)
        + pen.line("M 640 432 L 656 502", STEEL, 4, dash="3 3")
        + pen.part(
            shape,
            0.0,
            drape(pen, 800),
            pen.fold("M 300 740 C 304 760 306 780 310 800", 18, 0.3),
            pen.fold("M 480 736 C 484 760 486 780 484 804", 18, 0.3),
            pen.fold("M 250 730 C 250 760 254 780 258 800", 16, 0.3),
            pen.fold("M 540 720 C 544 750 542 780 540 804", 16, 0.3),
        )
        + armhole(pen)
        + both(slant)
        + rib(pen, "M 240 816 C 300 828 500 828 560 816", 52)
        + zip_(pen, 224, 842)
        + pen.part(
            collar,
            -0.06,
            *(pen.line(f"M {400 + x} 150 L {400 + x * 1.06} 245", -0.5, 1.6, opacity=0.5) for x in range(-104, 105, 7)),
            round_=0.7,
        )
        + pen.line("M 400 188 L 400 238", -0.6, 3)
    )


def bomber_back(pen: Pen) -> str:
    shape = folded(
        "M 400 206 C 440 206 462 200 474 190 L 588 233 C 578 296 573 356 572 414 C 574 560 584 680 586 770 C 570 790 560 796 556 800 L 400 806"
    )
    collar = folded("M 400 164 C 440 164 466 164 476 172 C 484 182 488 190 488 200 C 462 218 436 222 400 222")
    return (
        both(_bomber_sleeve(pen))
        + pen.part(
            shape,
            0.0,
            drape(pen, 800),
            pen.seam("M 228 330 C 300 346 500 346 572 330"),
            *(pen.fold(f"M {x} 730 C {x + 2} 750 {x + 4} 780 {x + 3} 802", 16, 0.3) for x in range(262, 560, 46)),
        )
        + armhole(pen)
        + rib(pen, "M 240 816 C 300 828 500 828 560 816", 52)
        + pen.part(
            collar,
            -0.06,
            *(pen.line(f"M {400 + x} 150 L {400 + x * 1.06} 245", -0.5, 1.6, opacity=0.5) for x in range(-98, 99, 7)),
            round_=0.7,
        )
        + pen.line("M 392 236 L 392 252 L 408 252 L 408 236", -0.5, 4)
    )
