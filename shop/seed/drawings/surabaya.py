"""The shop in Surabaya."""

from shop.seed.drawings.street import (
    BRICK,
    SEA,
    box,
    door,
    fade,
    good,
    mark,
    palm,
    path,
    pavement,
    sky,
    stroke,
    window,
    wordmark,
)


def darmo(defs: list[str]) -> str:
    """Surabaya: a jengki house of the fifties with its slanted walls, breeze blocks and palms."""
    return (
        sky(defs, "#c6dde4", "#fdf0d5")
        + '<circle cx="980" cy="130" r="54" fill="#f9dfa0" opacity=".9"/>'
        + palm(118, 668, 420, 30)
        + palm(1096, 668, 360, -26)
        + _gables(defs)
        + _shop_front(defs)
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


def _gables(defs: list[str]) -> str:
    blocks = "".join(
        box(x, y, 34, 34, "#e8cfa6")
        + f'<circle cx="{x + 17}" cy="{y + 17}" r="10" fill="#7d5c43"/>'
        + stroke(f"M {x + 17} {y + 4} L {x + 17} {y + 30} M {x + 4} {y + 17} L {x + 30} {y + 17}", "#e8cfa6", 4)
        for x in range(834, 1004, 36)
        for y in range(296, 400, 36)
    )
    return (
        path("M 170 666 L 210 300 L 640 300 L 640 666 Z", fade(defs, "#f6f1e6", "#e9e2d2"))
        + path("M 170 300 L 150 276 L 470 140 L 690 276 L 670 300 Z", "#9c4a34")
        + path("M 212 300 L 466 176 L 640 300 Z", "#e9b45c")
        + path("M 466 176 L 640 300 L 560 300 Z", "#d89f47")
        + mark(440, 256, 62, "#5c3a1e", accent=BRICK)
        + path("M 640 666 L 640 262 L 1060 226 L 1028 666 Z", fade(defs, "#e7c08e", "#d9ad77"))
        + path("M 620 262 L 1090 220 L 1092 238 L 620 284 Z", "#7d3d27")
        + path("M 640 284 L 1056 248 L 1054 268 L 640 306 Z", "#000000", 0.14)
        + blocks
    )


def _shop_front(defs: list[str]) -> str:
    return (
        path("M 150 392 L 1092 392 L 1110 424 L 132 424 Z", SEA)
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
    )
