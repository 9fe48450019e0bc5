# ruff: noqa: E501  (a path is one line)
"""The shop in Yogyakarta."""

from shop.seed.drawings.street import (
    BRICK,
    CREAM,
    INK,
    SEA,
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


def malioboro(defs: list[str]) -> str:
    """Yogyakarta: a shophouse with green shutters over an arcade, a street lamp, a becak waiting."""
    return (
        sky(defs, "#cfdfe3", "#f7ecd6")
        + _mountain()
        + _tiled_roof(defs)
        + _upper_floor(defs)
        + _arcade(defs)
        + pavement(defs, 666)
        + _street_lamp()
        + _becak()
    )


def _mountain() -> str:
    return (
        path("M 700 430 L 930 190 C 944 178 960 178 972 190 L 1200 420 L 1200 666 L 700 666 Z", "#aebdbd")
        + path("M 930 190 C 944 178 960 178 972 190 L 1000 220 L 960 232 L 940 216 L 912 222 Z", "#eef1ee")
        + leaves(70, 470, 1.5, "#6b9565", "#50794f")
        + stroke("M 70 540 L 72 666", "#6d5a45", 20)
    )


def _tiled_roof(defs: list[str]) -> str:
    return (
        path("M 176 128 L 1024 128 L 1076 182 L 124 182 Z", fade(defs, "#a9583a", "#8f452b"))
        + "".join(stroke(f"M {x} 128 L {600 + (x - 600) * 1.12} 182", "#7d3d27", 2, 0.5) for x in range(190, 1024, 28))
        + path("M 560 128 L 600 84 L 640 128 Z", "#8f452b")
    )


def _upper_floor(defs: list[str]) -> str:
    shutters = "".join(
        box(x, 206, 92, 132, "#efe4cd", radius=4)
        + box(x + 8, 214, 36, 118, "#3d7a63")
        + box(x + 48, 214, 36, 118, "#3d7a63")
        + "".join(
            stroke(f"M {x + a} {y} L {x + a + 26} {y}", "#2b5c49", 3) for a in (13, 53) for y in range(226, 330, 11)
        )
        for x in (226, 402, 706, 882)
    )
    return (
        box(160, 182, 880, 484, fade(defs, "#f7e7c4", "#ecd6a8"))
        + box(160, 182, 880, 14, "#000000", opacity=0.12)
        + shutters
        + box(528, 200, 144, 144, SEA, radius=8)
        + mark(600, 262, 76, CREAM)
        + box(132, 352, 936, 22, "#e3cc9c")
        + box(132, 374, 936, 8, "#000000", opacity=0.12)
    )


def _arcade(defs: list[str]) -> str:
    return (
        box(160, 380, 880, 286, "#d9c091")
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
    )


def _street_lamp() -> str:
    return (
        stroke("M 1108 716 L 1108 330", "#27453c", 10)
        + box(1092, 700, 32, 22, "#27453c")
        + stroke("M 1108 360 C 1070 350 1060 372 1056 392 M 1108 360 C 1146 350 1156 372 1160 392", "#27453c", 6)
        + "".join(
            path(f"M {x - 17} 392 L {x + 17} 392 L {x + 11} 434 L {x - 11} 434 Z", "#f7e3ac", edge="#27453c", width=4)
            for x in (1056, 1160)
        )
        + path("M 1090 336 L 1126 336 L 1119 288 L 1097 288 Z", "#f7e3ac", edge="#27453c", width=4)
    )


def _becak() -> str:
    def wheel(x: float, r: float) -> str:
        return (
            f'<circle cx="{x}" cy="{744 - r}" r="{r}" fill="none" stroke="{INK}" stroke-width="6"/><circle cx="{x}" cy="{744 - r}" r="5" fill="{INK}"/>'
            + stroke(f"M {x - r} {744 - r} L {x + r} {744 - r} M {x} {744 - 2 * r} L {x} 744", INK, 1.6, 0.6)
        )

    return (
        wheel(70, 44)
        + wheel(196, 44)
        + path("M 112 640 C 112 580 150 556 200 556 L 236 560 L 228 588 L 160 592 L 152 640 Z", BRICK)
        + path("M 112 640 L 238 640 C 250 660 246 690 226 700 L 128 700 C 116 684 110 664 112 640 Z", "#2f6a6d")
        + box(124, 628, 104, 14, "#f0dcae", radius=5)
        + path("M 128 672 L 236 672 L 232 684 L 130 684 Z", "#f4efe4", 0.9)
        + stroke("M 70 700 L 100 640 L 128 690 M 100 640 L 92 608 M 78 606 L 108 606", INK, 6)
        + box(82, 622, 34, 9, INK, radius=4)
    )
