"""The shop in Denpasar."""

from shop.seed.drawings.street import (
    CREAM,
    SEA,
    box,
    door,
    fade,
    good,
    leaves,
    mark,
    palm,
    path,
    pavement,
    sky,
    stroke,
    window,
    wordmark,
)


def sanur(defs: list[str]) -> str:
    """Bali: a thatched roof behind a split gate of brick, frangipani, and the sea."""
    return (
        sky(defs, "#bfe0e6", "#fbf1dc")
        + _beach(defs)
        + _pavilion(defs)
        + _frangipani()
        + _split_gate()
        + pavement(defs, 666, "#bfb39a")
        + "".join(
            path(f"M {x} 668 L {x + 34} 668 L {x + 30} 650 L {x + 4} 650 Z", "#4a4741")
            + path(f"M {x + 6} 650 C {x + 8} 636 {x + 26} 636 {x + 28} 650 Z", "#f0c04f")
            for x in (470, 696)
        )
    )


def _beach(defs: list[str]) -> str:
    return (
        box(0, 470, 1200, 90, fade(defs, "#6fb3b5", "#a5d3cd"))
        + "".join(
            stroke(f"M {x} {y} L {x + 70} {y}", "#ffffff", 3, 0.5)
            for x, y in ((30, 490), (1090, 500), (150, 520), (1010, 530))
        )
        + box(0, 556, 1200, 120, fade(defs, "#efdcb2", "#e6cf9f"))
        + palm(1010, 640, 380, 40)
        + palm(230, 640, 330, -30)
    )


def _pavilion(defs: list[str]) -> str:
    thatch = "".join(
        stroke(f"M {x} {210 + abs(x - 600) * 0.1:.0f} L {600 + (x - 600) * 1.28:.0f} 384", "#7d6441", 2.4, 0.45)
        for x in range(300, 910, 13)
    )
    return (
        path(
            "M 330 190 C 420 150 780 150 870 190 L 990 384 C 800 404 400 404 210 384 Z",
            fade(defs, "#b2956a", "#8f7248"),
        )
        + thatch
        + path("M 330 190 C 420 150 780 150 870 190 L 850 206 C 760 172 440 172 350 206 Z", "#7d6441")
        + path("M 210 384 C 400 404 800 404 990 384 L 984 402 C 800 420 400 420 216 402 Z", "#6b5436")
        + box(270, 404, 660, 262, fade(defs, "#f3e6cc", "#e6d3ae"))
        + box(270, 404, 660, 30, "#000000", opacity=0.16)
        + "".join(box(x, 404, 18, 262, "#7d5c3c") for x in (270, 912))
        + window(defs, 416, 446, 100, 170, good(defs, "DRS", "SEA", 466, 536, 0.15), frame="#6d4a2c")
        + window(defs, 684, 446, 100, 170, good(defs, "SHO", "BRK", 734, 540, 0.17), frame="#6d4a2c")
        + door(defs, 528, 440, 144, 226, "#7d5c3c")
    )


def _frangipani() -> str:
    blossom = "".join(
        f'<circle cx="{x}" cy="{y}" r="7" fill="#fffaf0"/><circle cx="{x}" cy="{y}" r="3" fill="#f0c04f"/>'
        for x, y in (
            (86, 330),
            (130, 296),
            (170, 340),
            (60, 380),
            (200, 384),
            (120, 372),
            (1050, 340),
            (1092, 300),
            (1136, 350),
            (1010, 384),
            (1100, 380),
        )
    )
    return (
        leaves(120, 350, 1.6, "#6ea36f", "#4f8156")
        + stroke("M 120 440 C 116 520 130 580 122 666", "#8b7a68", 20)
        + leaves(1080, 350, 1.6, "#6ea36f", "#4f8156")
        + stroke("M 1080 440 C 1086 520 1070 580 1078 666", "#8b7a68", 20)
        + blossom
    )


def _split_gate() -> str:
    def gate(side: int) -> str:
        steps = ((0, 300, 64), (0, 360, 78), (0, 420, 94), (0, 500, 112), (0, 590, 132))
        edge = 404 if side < 0 else 796
        drawn = "".join(
            box(edge - wide if side < 0 else edge, top, wide, 666 - top, tone)
            + box((edge - wide - 8) if side < 0 else edge, top, wide + 8, 12, "#d9cdb6")
            for (_, top, wide), tone in zip(steps, ("#b4613f", "#ad5b3a", "#b4613f", "#a85636", "#b4613f"), strict=True)
        )
        crown = path(
            f"M {edge} 300 L {edge} 226 L {edge + side * 26} 262 L {edge + side * 52} 270 L {edge + side * 60} 300 Z",
            "#a85636",
        )
        courses = "".join(
            stroke(f"M {edge} {y} L {edge + side * 62} {y}", "#8f452b", 1.6, 0.6) for y in range(326, 660, 22)
        )
        stone = box(edge - 60 if side < 0 else edge + 12, 452, 48, 30, "#d9cdb6", radius=4) + stroke(
            f"M {edge + side * 24} 468 C {edge + side * 30} 458 {edge + side * 42} 458 {edge + side * 48} 468",
            "#8c7a5c",
            3,
        )
        return crown + drawn + courses + stone

    return (
        gate(-1)
        + gate(1)
        + "".join(
            box(x, 574, w, 92, "#b4613f")
            + box(x, 566, w, 12, "#d9cdb6")
            + "".join(stroke(f"M {x} {y} L {x + w} {y}", "#8f452b", 1.6, 0.5) for y in range(596, 664, 20))
            for x, w in ((0, 274), (926, 274))
        )
        + box(60, 590, 180, 56, SEA, radius=6)
        + wordmark(150, 619, 13, CREAM)
        + box(960, 590, 180, 56, SEA, radius=6)
        + mark(1050, 614, 34, CREAM)
    )
