"""Fabrics: what a weave looks like over everything it is put inside of."""

from typing import Final

from shop.seed.drawings.paths import SHEET, shifted
from shop.seed.drawings.pen import Pen, Tone

#: The threads of a fabric as lines: path, tone, width and opacity. A line without length is a dot.
Threads = tuple[tuple[str, Tone, float, float], ...]
FABRICS: Final[dict[str, tuple[int, int, Threads]]] = {
    "jersey": (6, 6, (("M 1 0 L 3 3 L 1 6", -0.6, 0.8, 0.1),)),
    "twill": (8, 8, (("M -1 9 L 9 -1", -0.7, 1.2, 0.26),)),
    "denim": (8, 8, (("M -1 9 L 9 -1", 0.7, 1.4, 0.12), ("M 3 9 L 11 1", -0.9, 1.2, 0.16))),
    "linen": (
        24,
        28,
        (
            ("M 0 5 L 24 5 M 7 0 L 7 28", -0.6, 0.9, 0.15),
            ("M 3 18 L 18 18 M 18 4 L 18 22", 0.7, 1.1, 0.2),
        ),
    ),
    "pique": (8, 8, (("M 2 2 L 2.1 2 M 6 6 L 6.1 6", "#000000", 2.2, 0.12),)),
    "knit": (12, 12, (("M 1 0 L 6 7 L 11 0", -0.7, 1.6, 0.3), ("M 1 6 L 6 13 L 11 6", -0.7, 1.6, 0.14))),
    "oxford": (6, 6, (("M 0 1 L 6 1", 0.8, 1.4, 0.3), ("M 1 0 L 1 6", -0.5, 0.9, 0.16))),
    "mesh": (12, 12, (("M 3 3 L 3.1 3 M 9 9 L 9.1 9", "#0b0d16", 4.2, 0.22),)),
    "canvas": (6, 6, (("M 0 1.5 L 6 1.5", -0.7, 1, 0.12), ("M 1.5 0 L 1.5 6", -0.7, 1, 0.1))),
    "rubber": (
        22,
        22,
        (("M 0 11 L 11 0 L 22 11", "#000000", 2.4, 0.22), ("M 0 22 L 11 11 L 22 22", "#ffffff", 1.6, 0.2)),
    ),
}
#: A tile of many threads drawn as one line takes a tenth of the time of many small tiles.
TILE: Final = 160


def grain(pen: Pen, kind: str) -> str:
    """The weave of ``kind`` over the whole sheet."""
    width, height, threads = FABRICS[kind]
    across, down = TILE // width, TILE // height
    corners = [(x * width, y * height) for x in range(across) for y in range(down)]
    lines = (
        pen.line(" ".join(shifted(path, *corner) for corner in corners), tone, thick, opacity=opacity)
        for path, tone, thick, opacity in threads
    )
    return pen.fill(SHEET, pen.pattern(across * width, down * height, *lines))
