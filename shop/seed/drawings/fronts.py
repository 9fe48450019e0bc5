# ruff: noqa: E501  (a path is one line)
"""The five shops from across the street, each as its city builds; 1200 by 800."""

from collections.abc import Callable
from typing import Final

from shop.seed.drawings.street import (
    BRICK,
    CREAM,
    INK,
    SEA,
    awning,
    box,
    door,
    fade,
    good,
    leaves,
    mark,
    palm,
    path,
    pavement,
    stroke,
    window,
    wordmark,
)


def _sky(defs: list[str], top: str = "#d5e3e6", foot: str = "#f6efe1") -> str:
    return box(0, 0, 1200, 800, fade(defs, top, foot))


def menteng(defs: list[str]) -> str:
    """Jakarta: a white bungalow of the garden city under a hipped roof, old trees beside it."""
    tiles = "".join(
        stroke(f"M {250 - n * 18} {206 + n * 20} L {950 + n * 18} {206 + n * 20}", "#8f4630", 2.5, 0.5)
        for n in range(1, 6)
    )
    return (
        _sky(defs)
        + leaves(96, 300, 2.1, "#5f8d66", "#47724f")
        + stroke("M 96 380 L 100 664", "#6d5a45", 26)
        + leaves(1110, 270, 2.3, "#558460", "#3f694a")
        + stroke("M 1108 360 L 1104 664", "#6d5a45", 28)
        + path("M 250 196 L 950 196 L 1060 326 L 140 326 Z", fade(defs, "#b9623f", "#a1502f"))
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
        + box(160, 334, 880, 332, fade(defs, "#fdfaf3", "#f0eadd"))
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
        + pavement(defs, 666)
        + "".join(
            box(x, 624, 54, 46, BRICK, radius=6) + leaves(x + 27, 606, 0.5, "#6a9a70", "#4d7a57") for x in (472, 674)
        )
        + box(520, 664, 160, 10, "#a49b89")
    )


def dago(defs: list[str]) -> str:
    """Bandung: a streamlined corner of the thirties, banded and rounded, the mountains behind."""
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
        _sky(defs, "#c9dbe2", "#f3ead9")
        + path(
            "M 0 420 L 180 250 C 220 232 300 232 340 250 L 460 330 L 620 220 C 640 212 660 212 676 222 L 900 360 L 1060 280 L 1200 380 L 1200 700 L 0 700 Z",
            "#9fb4b4",
        )
        + path("M 0 500 C 200 400 400 440 600 420 C 840 380 1040 420 1200 470 L 1200 700 L 0 700 Z", "#86a394")
        + "".join(
            path(f"M {x} 664 L {x + 30} {y} L {x + 60} 664 Z", "#4f7a61")
            + path(f"M {x + 30} {y} L {x + 60} 664 L {x + 34} 664 Z", "#3e664f")
            for x, y in ((20, 380), (66, 440), (1090, 360), (1140, 430))
        )
        + path(
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
        + window(
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
        + pavement(defs, 666)
        + "".join(stroke(f"M {x} 668 L {x} 622", "#3b3f46", 5) for x in (1120, 1150))
        + stroke("M 1090 668 C 1090 600 1180 600 1180 668", "#3b3f46", 5)
    )


def malioboro(defs: list[str]) -> str:
    """Yogyakarta: a shophouse with green shutters over an arcade, a street lamp, a becak waiting."""
    shutters = "".join(
        box(x, 206, 92, 132, "#efe4cd", radius=4)
        + box(x + 8, 214, 36, 118, "#3d7a63")
        + box(x + 48, 214, 36, 118, "#3d7a63")
        + "".join(
            stroke(f"M {x + a} {y} L {x + a + 26} {y}", "#2b5c49", 3) for a in (13, 53) for y in range(226, 330, 11)
        )
        for x in (226, 402, 706, 882)
    )
    lamp = (
        stroke("M 1108 716 L 1108 330", "#27453c", 10)
        + box(1092, 700, 32, 22, "#27453c")
        + stroke("M 1108 360 C 1070 350 1060 372 1056 392 M 1108 360 C 1146 350 1156 372 1160 392", "#27453c", 6)
        + "".join(
            path(f"M {x - 17} 392 L {x + 17} 392 L {x + 11} 434 L {x - 11} 434 Z", "#f7e3ac", edge="#27453c", width=4)
            for x in (1056, 1160)
        )
        + path("M 1090 336 L 1126 336 L 1119 288 L 1097 288 Z", "#f7e3ac", edge="#27453c", width=4)
    )

    def wheel(x: float, r: float) -> str:
        return (
            f'<circle cx="{x}" cy="{744 - r}" r="{r}" fill="none" stroke="{INK}" stroke-width="6"/><circle cx="{x}" cy="{744 - r}" r="5" fill="{INK}"/>'
            + stroke(f"M {x - r} {744 - r} L {x + r} {744 - r} M {x} {744 - 2 * r} L {x} 744", INK, 1.6, 0.6)
        )

    becak = (
        wheel(70, 44)
        + wheel(196, 44)
        + path("M 112 640 C 112 580 150 556 200 556 L 236 560 L 228 588 L 160 592 L 152 640 Z", BRICK)
        + path("M 112 640 L 238 640 C 250 660 246 690 226 700 L 128 700 C 116 684 110 664 112 640 Z", "#2f6a6d")
        + box(124, 628, 104, 14, "#f0dcae", radius=5)
        + path("M 128 672 L 236 672 L 232 684 L 130 684 Z", "#f4efe4", 0.9)
        + stroke("M 70 700 L 100 640 L 128 690 M 100 640 L 92 608 M 78 606 L 108 606", INK, 6)
        + box(82, 622, 34, 9, INK, radius=4)
    )
    return (
        _sky(defs, "#cfdfe3", "#f7ecd6")
        + path("M 700 430 L 930 190 C 944 178 960 178 972 190 L 1200 420 L 1200 666 L 700 666 Z", "#aebdbd")
        + path("M 930 190 C 944 178 960 178 972 190 L 1000 220 L 960 232 L 940 216 L 912 222 Z", "#eef1ee")
        + leaves(70, 470, 1.5, "#6b9565", "#50794f")
        + stroke("M 70 540 L 72 666", "#6d5a45", 20)
        + path("M 176 128 L 1024 128 L 1076 182 L 124 182 Z", fade(defs, "#a9583a", "#8f452b"))
        + "".join(stroke(f"M {x} 128 L {600 + (x - 600) * 1.12} 182", "#7d3d27", 2, 0.5) for x in range(190, 1024, 28))
        + path("M 560 128 L 600 84 L 640 128 Z", "#8f452b")
        + box(160, 182, 880, 484, fade(defs, "#f7e7c4", "#ecd6a8"))
        + box(160, 182, 880, 14, "#000000", opacity=0.12)
        + shutters
        + box(528, 200, 144, 144, SEA, radius=8)
        + mark(600, 262, 76, CREAM)
        + box(132, 352, 936, 22, "#e3cc9c")
        + box(132, 374, 936, 8, "#000000", opacity=0.12)
        + box(160, 380, 880, 286, "#d9c091")
        + box(160, 380, 880, 46, "#000000", opacity=0.2)
        + window(
            defs,
            236,
            440,
            256,
            180,
            good(defs, "BTK", "BRN", 310, 524, 0.19),
            good(defs, "BTK", "NVY", 422, 524, 0.19),
            frame="#6d4a2c",
        )
        + window(
            defs,
            708,
            440,
            256,
            180,
            good(defs, "LIN", "SND", 782, 522, 0.18),
            good(defs, "TOT", "CRM", 892, 532, 0.15),
            frame="#6d4a2c",
        )
        + door(defs, 530, 446, 140, 220, "#6d4a2c")
        + box(160, 620, 880, 46, "#c4a870")
        + door(defs, 530, 446, 140, 220, "#6d4a2c")
        + "".join(
            box(x, 380, 34, 292, fade(defs, "#fbf1d8", "#e6d2a4", across=True))
            + box(x - 8, 380, 50, 14, "#e3cc9c")
            + box(x - 8, 652, 50, 20, "#cbb27c")
            for x in (166, 494, 672, 1000)
        )
        + "".join(
            path(f"M {a} 394 L {b} 394 L {b} 420 C {b} 402 {a} 402 {a} 420 Z", "#f0dcae")
            for a, b in ((200, 494), (528, 672), (706, 1000))
        )
        + box(400, 346, 400, 50, "#6d4a2c", radius=6)
        + wordmark(600, 371, 16, "#f4e3ba")
        + pavement(defs, 666)
        + lamp
        + becak
    )


def darmo(defs: list[str]) -> str:
    """Surabaya: a jengki house of the fifties with its slanted walls, breeze blocks and palms."""
    blocks = "".join(
        box(x, y, 34, 34, "#e8cfa6")
        + f'<circle cx="{x + 17}" cy="{y + 17}" r="10" fill="#7d5c43"/>'
        + stroke(f"M {x + 17} {y + 4} L {x + 17} {y + 30} M {x + 4} {y + 17} L {x + 30} {y + 17}", "#e8cfa6", 4)
        for x in range(834, 1004, 36)
        for y in range(296, 400, 36)
    )
    return (
        _sky(defs, "#c6dde4", "#fdf0d5")
        + '<circle cx="980" cy="130" r="54" fill="#f9dfa0" opacity=".9"/>'
        + palm(118, 668, 420, 30)
        + palm(1096, 668, 360, -26)
        + path("M 170 666 L 210 300 L 640 300 L 640 666 Z", fade(defs, "#f6f1e6", "#e9e2d2"))
        + path("M 170 300 L 150 276 L 470 140 L 690 276 L 670 300 Z", "#9c4a34")
        + path("M 212 300 L 466 176 L 640 300 Z", "#e9b45c")
        + path("M 466 176 L 640 300 L 560 300 Z", "#d89f47")
        + mark(440, 256, 62, "#5c3a1e", accent=BRICK)
        + path("M 640 666 L 640 262 L 1060 226 L 1028 666 Z", fade(defs, "#e7c08e", "#d9ad77"))
        + path("M 620 262 L 1090 220 L 1092 238 L 620 284 Z", "#7d3d27")
        + path("M 640 284 L 1056 248 L 1054 268 L 640 306 Z", "#000000", 0.14)
        + blocks
        + path("M 150 392 L 1092 392 L 1110 424 L 132 424 Z", SEA)
        + path("M 150 392 L 1092 392 L 1094 398 L 148 398 Z", "#ffffff", 0.25)
        + path("M 176 424 L 1046 424 L 1044 446 L 178 446 Z", "#000000", 0.18)
        + box(430, 342, 340, 58, "#fbf4e4", radius=6, edge="#5c3a1e")
        + wordmark(600, 374, 19, SEA)
        + window(
            defs,
            226,
            452,
            300,
            172,
            good(defs, "DNM", "IND", 306, 534, 0.18),
            good(defs, "TEE", "SEA", 432, 538, 0.18),
            frame="#5c3a1e",
        )
        + door(defs, 566, 456, 148, 210, "#2f6f5a")
        + window(
            defs,
            752,
            452,
            258,
            172,
            good(defs, "RUN", "SEA", 826, 556, 0.18),
            good(defs, "HIT", "BRK", 938, 552, 0.17),
            frame="#5c3a1e",
        )
        + path("M 176 628 L 566 628 L 566 666 L 172 666 Z", "#a8674a")
        + path("M 714 628 L 1031 628 L 1028 666 L 714 666 Z", "#a8674a")
        + "".join(stroke(f"M {x} 428 L {x - 26} 668", "#2b3040", 7) for x in (214, 1046))
        + pavement(defs, 666)
        + "".join(
            box(x, 628, 44, 42, "#d9d2c4", radius=5)
            + "".join(
                stroke(f"M {x + 22} 630 C {x + 22} 600 {x + 22 + a * 0.5} 590 {x + 22 + a} {b}", "#4a7d59", 6)
                for a, b in ((-22, 584), (-8, 572), (8, 570), (24, 586))
            )
            for x in (528, 712)
        )
    )


def sanur(defs: list[str]) -> str:
    """Bali: a thatched roof behind a split gate of brick, frangipani, and the sea."""

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

    thatch = "".join(
        stroke(f"M {x} {210 + abs(x - 600) * 0.1:.0f} L {600 + (x - 600) * 1.28:.0f} 384", "#7d6441", 2.4, 0.45)
        for x in range(300, 910, 13)
    )
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
        _sky(defs, "#bfe0e6", "#fbf1dc")
        + box(0, 470, 1200, 90, fade(defs, "#6fb3b5", "#a5d3cd"))
        + "".join(
            stroke(f"M {x} {y} L {x + 70} {y}", "#ffffff", 3, 0.5)
            for x, y in ((30, 490), (1090, 500), (150, 520), (1010, 530))
        )
        + box(0, 556, 1200, 120, fade(defs, "#efdcb2", "#e6cf9f"))
        + palm(1010, 640, 380, 40)
        + palm(230, 640, 330, -30)
        + path(
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
        + leaves(120, 350, 1.6, "#6ea36f", "#4f8156")
        + stroke("M 120 440 C 116 520 130 580 122 666", "#8b7a68", 20)
        + leaves(1080, 350, 1.6, "#6ea36f", "#4f8156")
        + stroke("M 1080 440 C 1086 520 1070 580 1078 666", "#8b7a68", 20)
        + blossom
        + gate(-1)
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
        + pavement(defs, 666, "#bfb39a")
        + "".join(
            path(f"M {x} 668 L {x + 34} 668 L {x + 30} 650 L {x + 4} 650 Z", "#4a4741")
            + path(f"M {x + 6} 650 C {x + 8} 636 {x + 26} 636 {x + 28} 650 Z", "#f0c04f")
            for x in (470, 696)
        )
    )


FRONTS: Final[dict[str, Callable[[list[str]], str]]] = {
    "menteng": menteng,
    "dago": dago,
    "malioboro": malioboro,
    "darmo": darmo,
    "sanur": sanur,
}
