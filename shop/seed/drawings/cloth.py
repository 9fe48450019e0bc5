# ruff: noqa: E501  (a path is one line)
"""What tops, knitwear and outerwear share: bodies, sleeves, necks, collars, pockets, ribs and fabrics."""

from typing import Final

from shop.seed.drawings.paths import folded
from shop.seed.drawings.pen import Pen, Tone, both

SHORT: Final = (
    "M 584 231 C 618 243 644 266 660 298 L 726 436 C 698 460 664 476 630 484 L 572 404 C 570 350 574 290 584 232 Z"
)
ELBOW: Final = (
    "M 584 231 C 620 244 646 284 660 344 L 706 548 C 680 568 648 578 616 580 L 572 414 C 570 350 574 290 584 232 Z"
)
LONG: Final = (
    "M 584 231 C 620 244 648 288 662 356 L 718 768 C 696 782 668 788 642 787 L 572 424 C 570 350 574 290 584 232 Z"
)
#: A long sleeve that a knitted cuff goes on with.
GATHERED: Final = (
    "M 584 231 C 620 244 648 288 662 356 L 714 722 C 690 738 660 744 632 740 L 572 424 C 570 350 574 290 584 231 Z"
)
NECK: Final = "M 331 189 C 338 228 362 252 400 252 C 438 252 462 228 469 189"


def body(neck: float = 252, hem: float = 826, *, wide: float = 0, round_hem: bool = False) -> str:
    """The front of a top; ``neck`` is how deep its neckline reaches."""
    top = f"M 400 {neck} C 438 {neck} 462 {neck - 26} 469 191 L 588 233 C 578 296 573 356 572 414"
    if round_hem:
        foot = f"C 570 540 574 640 {580 + wide} {hem - 70} C {548 + wide} {hem - 4} 470 {hem + 14} 400 {hem + 14}"
    else:
        foot = f"C 570 560 {573 + wide} 700 {580 + wide} {hem} C 520 {hem + 9} 460 {hem + 12} 400 {hem + 12}"
    return folded(f"{top} {foot}")


def inside_neck(pen: Pen, depth: float = 252) -> str:
    """The back of the neck, seen through the opening, with the brand's label."""
    hole = folded(f"M 400 178 C 440 178 466 182 472 192 C 464 {depth - 26} 440 {depth + 4} 400 {depth + 4}")
    label = pen.fill("M 384 196 L 416 196 L 416 214 L 384 214 Z", "#f4efe4") + pen.line(
        "M 391 205 L 409 205", "#1f6f73", 2.4
    )
    return pen.fill(hole, -0.42) + pen.line("M 340 184 C 366 192 434 192 460 184", -0.15, 9) + label


def rib(pen: Pen, path: str, width: float, tone: Tone = -0.08, *, edge: bool = True) -> str:
    """A knitted band along ``path``."""
    return (
        (pen.line(path, -0.5, width + 2.6).replace("round", "butt") if edge else "")
        + pen.band(path, tone, width)
        + pen.line(path, -0.5, width - 1, dash="1.6 4.4", opacity=0.45)
    )


def wrist(pen: Pen) -> str:
    """A knitted cuff, narrower than the sleeve it ends."""
    shape = "M 632 736 C 662 742 690 735 713 720 C 715 744 713 764 711 784 C 692 796 668 799 649 795 C 643 774 638 754 632 736 Z"
    ribs = (pen.line(f"M {640 + x} 730 L {646 + x * 0.86:.1f} 800", -0.5, 1.6, opacity=0.5) for x in range(0, 84, 6))
    above = pen.soft("M 628 734 C 662 740 692 734 718 718", -0.9, 16, 0.3)
    return pen.inside(GATHERED, above) + pen.part(shape, -0.06, *ribs, round_=0.8)


def waist_rib(pen: Pen, top: float = 784) -> str:
    """A knitted hem, drawn in a little."""
    shape = folded(
        f"M 400 {top + 12} C 460 {top + 12} 520 {top + 9} 579 {top} C 577 {top + 20} 572 {top + 36} 566 {top + 52} C 510 {top + 63} 450 {top + 65} 400 {top + 65}"
    )
    ribs = (
        pen.line(f"M {400 + x} {top - 4} L {400 + x * 0.975:.1f} {top + 70}", -0.5, 1.7, opacity=0.5)
        for x in range(-180, 181, 7)
    )
    return pen.part(shape, -0.06, *ribs, round_=0.8)


def collar_rib(pen: Pen, width: float = 19, path: str = NECK) -> str:
    """The knitted band round the neck, cut off where the shoulders begin."""
    front = folded("M 400 120 C 430 150 446 172 456 186 L 600 238 L 600 420 L 400 420")
    return pen.inside(front, rib(pen, path, width))


def drape(pen: Pen, hem: float = 826) -> str:
    """The folds of a body lying flat: from the armpits, and down to the hem."""
    return (
        pen.fold("M 574 428 C 540 446 510 462 474 468", 20, 0.3)
        + pen.fold("M 226 428 C 262 448 286 458 318 462", 18, 0.26)
        + pen.fold(f"M 506 560 C 516 650 510 730 500 {hem + 8}", 34, 0.2)
        + pen.fold(f"M 300 620 C 290 690 300 760 312 {hem + 8}", 30, 0.2)
        + pen.fold(f"M 420 690 C 414 740 418 790 424 {hem + 8}", 24, 0.12)
    )


def armhole(pen: Pen) -> str:
    """The seams of both sleeves, on the body."""
    return both(pen.seam("M 587 236 C 577 296 572 356 571 412"))


def short_sleeve(pen: Pen, *marks: str) -> str:
    hem = pen.stitch("M 618 470 C 654 462 690 446 717 422", -0.35)
    creases = pen.fold("M 580 400 C 610 396 634 388 652 372", 18, 0.26) + pen.soft(
        "M 574 240 C 566 300 566 360 572 414", -0.9, 30, 0.2
    )
    return pen.part(SHORT, -0.03, *marks, creases, hem)


def long_sleeve(pen: Pen, *marks: str, shape: str = LONG) -> str:
    creases = (
        pen.fold("M 596 470 C 626 466 650 452 666 430", 20, 0.28)
        + pen.fold("M 618 560 C 640 566 664 560 686 540", 18, 0.24)
        + pen.fold("M 640 640 C 656 648 676 646 694 634", 14, 0.18)
        + pen.soft("M 574 240 C 566 300 566 360 572 424", -0.9, 34, 0.2)
    )
    return pen.part(shape, -0.03, *marks, creases)


def elbow_sleeve(pen: Pen, *marks: str) -> str:
    creases = pen.fold("M 590 450 C 622 446 646 434 660 416", 20, 0.28) + pen.soft(
        "M 574 240 C 566 300 566 360 572 414", -0.9, 34, 0.2
    )
    return pen.part(ELBOW, -0.03, *marks, creases)


def placket(pen: Pen, top: float, bottom: float, *, buttons: int, button: Tone = "#efe6d4", tone: Tone = 0.1) -> str:
    """The strip down the front with its buttons."""
    step = (bottom - top - 60) / max(1, buttons - 1)
    return (
        pen.soft(f"M 419 {top} L 419 {bottom}", -0.9, 18, 0.3)
        + pen.fill(f"M 383 {top} L 417 {top} L 417 {bottom} L 383 {bottom} Z", tone, edge=-0.4)
        + pen.stitch(f"M 388 {top} L 388 {bottom}")
        + pen.stitch(f"M 412 {top} L 412 {bottom}")
        + "".join(pen.button(400, top + 26 + step * place, 6.5, button) for place in range(buttons))
    )


def pocket(pen: Pen, x: float, y: float, width: float = 92, height: float = 104, *, point: float = 16) -> str:
    """A patch pocket, its upper left corner at ``x``, ``y``."""
    right, foot = x + width, y + height
    path = f"M {x} {y} L {right} {y} L {right} {foot - point} L {x + width / 2} {foot} L {x} {foot - point} Z"
    return (
        pen.soft(
            f"M {x + 3} {foot - point + 4} L {x + width / 2} {foot + 3} L {right + 2} {foot - point + 2} L {right + 2} {y + 6}",
            -0.9,
            10,
            0.3,
        )
        + pen.fill(path, 0.04, edge=-0.42)
        + pen.stitch(f"M {x + 5} {y + 18} L {right - 5} {y + 18}")
        + pen.stitch(
            f"M {x + 5} {y + 6} L {x + 5} {foot - point - 4} L {x + width / 2} {foot - 6} L {right - 5} {foot - point - 4} L {right - 5} {y + 6}"
        )
    )


def shirt_collar(pen: Pen, *marks: str, open_: float = 0, tone: Tone = 0.06) -> str:
    """A turned-down collar; ``open_`` draws its points apart and down."""
    stand = folded("M 400 184 C 436 184 462 178 470 170 L 474 196 C 452 214 428 222 400 224")
    leaf = f"M 400 {240 + open_} C 424 228 452 204 472 168 C 484 176 494 190 500 206 L {462 + open_ * 0.3} {312 + open_ * 0.2} C 440 290 420 268 400 {240 + open_} Z"
    edge = f"M 404 {246 + open_} C 424 272 440 290 {460 + open_ * 0.3} {303 + open_ * 0.2} L 493 207"
    return pen.fill(stand, -0.3, edge=-0.5) + both(
        pen.soft(f"M {464 + open_ * 0.3} {316 + open_ * 0.2} L 503 210", -0.9, 14, 0.3),
        pen.part(leaf, tone, *marks, round_=0.5),
        pen.stitch(edge),
    )


def hood(pen: Pen, tone: Tone = -0.04) -> str:
    """A hood lying up behind the neck, open to the front."""
    outer = folded("M 400 84 C 470 84 516 122 516 178 C 516 226 478 276 430 306 L 400 316")
    hole = folded("M 400 128 C 448 128 474 154 472 190 C 468 228 436 258 400 272")
    return (
        pen.part(
            outer,
            tone,
            pen.fold("M 478 130 C 494 160 490 196 474 226", 18, 0.24),
            pen.fold("M 322 134 C 308 160 312 190 322 216", 16, 0.2),
        )
        + pen.fill(hole, -0.5)
        + pen.inside(hole, pen.soft(hole, -1, 50, 0.4), pen.seam("M 400 120 L 400 214"))
        + pen.stitch(folded("M 400 116 C 458 116 486 148 484 190 C 480 236 446 270 404 286").removesuffix(" Z"))
    )
