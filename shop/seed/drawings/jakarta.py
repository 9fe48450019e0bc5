"""The shop in Jakarta."""

from shop.seed.drawings.street import (
    BRICK,
    CREAM,
    SEA,
    awning,
    box,
    door,
    fade,
    good,
    leaves,
    mark,
    path,
    pavement,
    sky,
    stroke,
    window,
    wordmark,
)


def menteng(defs: list[str]) -> str:
    """Jakarta: a white bungalow of the garden city under a hipped roof, old trees beside it."""
    return (
        sky(defs)
        + _trees()
        + _roof(defs)
        + _shop_front(defs)
        + pavement(defs, 666)
        + "".join(
            box(x, 624, 54, 46, BRICK, radius=6) + leaves(x + 27, 606, 0.5, "#6a9a70", "#4d7a57") for x in (472, 674)
        )
        + box(520, 664, 160, 10, "#a49b89")
    )


def _trees() -> str:
    return (
        leaves(96, 300, 2.1, "#5f8d66", "#47724f")
        + stroke("M 96 380 L 100 664", "#6d5a45", 26)
        + leaves(1110, 270, 2.3, "#558460", "#3f694a")
        + stroke("M 1108 360 L 1104 664", "#6d5a45", 28)
    )


def _roof(defs: list[str]) -> str:
    tiles = "".join(
        stroke(f"M {250 - n * 18} {206 + n * 20} L {950 + n * 18} {206 + n * 20}", "#8f4630", 2.5, 0.5)
        for n in range(1, 6)
    )
    return (
        path("M 250 196 L 950 196 L 1060 326 L 140 326 Z", fade(defs, "#b9623f", "#a1502f"))
        + tiles
        + path("M 470 196 L 600 116 L 730 196 Z", "#a9572f")
        + path("M 500 196 L 600 134 L 700 196 Z", CREAM)
        + mark(600, 172, 34, SEA)
        + "".join(
            path(f"M {x - 12} 250 L {x + 52} 206 L {x + 116} 250 Z", "#8f4630")
            + box(x, 248, 104, 62, CREAM)
            + box(x + 12, 258, 36, 52, "#4b6f7d")
            + box(x + 56, 258, 36, 52, "#4b6f7d")
            + path(f"M {x + 14} 308 L {x + 34} 260 L {x + 46} 260 L {x + 26} 308 Z", "#ffffff", 0.25)
            for x in (300, 548, 796)
        )
        + box(128, 320, 944, 16, "#7d3d27")
    )


def _shop_front(defs: list[str]) -> str:
    return (
        box(160, 334, 880, 332, fade(defs, "#fdfaf3", "#f0eadd"))
        + box(160, 334, 880, 26, "#1c2030", opacity=0.12)
        + box(160, 622, 880, 44, "#b9b1a1")
        + stroke("M 160 622 L 1040 622", "#a49b89", 3)
        + box(392, 352, 416, 62, SEA, radius=6)
        + wordmark(600, 384, 19, CREAM)
        + window(
            defs,
            206,
            424,
            262,
            190,
            good(defs, "OXF", "SKY", 284, 512, 0.19),
            good(defs, "DRS", "BRK", 388, 516, 0.19),
            frame="#2f5f62",
        )
        + window(
            defs,
            732,
            424,
            262,
            190,
            good(defs, "RAI", "MUS", 812, 508, 0.19),
            good(defs, "BPK", "OLV", 918, 534, 0.14),
            frame="#2f5f62",
        )
        + awning(196, 400, 282, 40, SEA, strips=11)
        + awning(722, 400, 282, 40, SEA, strips=11)
        + door(defs, 528, 432, 144, 234, "#2f5f62")
        + box(508, 424, 184, 12, "#dcd4c4")
    )
