# ruff: noqa: E501  (a path is one line)
"""The shop in Bandung."""

from shop.seed.drawings.street import (
    CREAM,
    SEA,
    box,
    door,
    fade,
    good,
    mark,
    path,
    pavement,
    sky,
    stroke,
    window,
    wordmark,
)


def dago(defs: list[str]) -> str:
    """Bandung: a streamlined corner of the thirties, banded and rounded, the mountains behind."""
    return (
        sky(defs, "#c9dbe2", "#f3ead9")
        + _hills()
        + _round_house(defs)
        + _shop_front(defs)
        + pavement(defs, 666)
        + "".join(stroke(f"M {x} 668 L {x} 622", "#3b3f46", 5) for x in (1120, 1150))
        + stroke("M 1090 668 C 1090 600 1180 600 1180 668", "#3b3f46", 5)
    )


def _hills() -> str:
    return (
        path(
            "M 0 420 L 180 250 C 220 232 300 232 340 250 L 460 330 L 620 220 C 640 212 660 212 676 222 L 900 360 L 1060 280 L 1200 380 L 1200 700 L 0 700 Z",
            "#9fb4b4",
        )
        + path("M 0 500 C 200 400 400 440 600 420 C 840 380 1040 420 1200 470 L 1200 700 L 0 700 Z", "#86a394")
        + "".join(
            path(f"M {x} 664 L {x + 30} {y} L {x + 60} 664 Z", "#4f7a61")
            + path(f"M {x + 30} {y} L {x + 60} 664 L {x + 34} 664 Z", "#3e664f")
            for x, y in ((20, 380), (66, 440), (1090, 360), (1140, 430))
        )
    )


def _round_house(defs: list[str]) -> str:
    bands = "".join(stroke(f"M 150 {y} L 900 {y} C 990 {y} 1040 {y} 1050 {y}", "#d9cdb6", 5) for y in (176, 194, 212))
    ports = "".join(
        f'<circle cx="{x}" cy="284" r="30" fill="#4b6f7d" stroke="{CREAM}" stroke-width="9"/>'
        + path(f"M {x - 18} 300 L {x + 6} 262 L {x + 20} 268 L {x - 4} 306 Z", "#ffffff", 0.3)
        for x in (230, 330, 430)
    )
    panes = "".join(
        box(x, 252, 64, 66, "#4b6f7d")
        + path(f"M {x} 318 L {x + 34} 252 L {x + 56} 252 L {x + 22} 318 Z", "#ffffff", 0.22)
        for x in (520, 592, 664, 736, 808, 880)
    )
    return (
        path(
            "M 140 150 L 880 150 C 1000 150 1062 200 1062 300 L 1062 666 L 140 666 Z", fade(defs, "#fbf4e4", "#efe4cd")
        )
        + path(
            "M 960 168 C 1020 190 1062 230 1062 300 L 1062 666 L 990 666 L 990 260 C 990 220 980 190 960 168 Z",
            "#000000",
            0.06,
        )
        + path(
            "M 128 138 L 884 138 C 1010 138 1074 196 1074 300 L 1062 300 C 1062 206 1000 152 880 152 L 128 152 Z",
            "#c9b58d",
        )
        + bands
        + ports
        + box(508, 240, 448, 90, CREAM, radius=4)
        + panes
        + path("M 116 352 L 900 352 C 1020 352 1090 356 1098 372 L 1098 388 L 116 388 Z", "#d9cdb6")
        + path("M 116 388 L 1098 388 L 1062 410 L 140 410 Z", "#000000", 0.14)
        + box(590, 60, 34, 300, SEA)
        + box(570, 46, 74, 14, SEA)
        + mark(607, 106, 40, CREAM)
        + f'<g transform="translate(340 372)">{wordmark(0, -1, 17, SEA)}</g>'
    )


def _shop_front(defs: list[str]) -> str:
    return (
        window(
            defs,
            176,
            416,
            300,
            204,
            good(defs, "HOO", "GRY", 256, 510, 0.2),
            good(defs, "FLN", "BRK", 388, 512, 0.19),
            frame="#8c6d46",
        )
        + door(defs, 520, 424, 160, 242, "#8c6d46")
        + window(
            defs,
            724,
            416,
            300,
            204,
            good(defs, "KNT", "CRM", 806, 512, 0.19),
            good(defs, "CHB", "BRN", 934, 546, 0.15),
            frame="#8c6d46",
        )
        + box(140, 626, 922, 40, "#c9b58d")
        + door(defs, 520, 424, 160, 242, "#8c6d46")
    )
