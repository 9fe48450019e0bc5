# ruff: noqa: E501  (a path is one line)
"""What the shops' pictures share: sky, pavement, windows, the sign, awnings and trees."""

from typing import Final

from shop.seed.drawings.designs import DRAWINGS, PAINTS
from shop.seed.drawings.pen import Paint, Pen, placed

SEA: Final = "#23676a"
BRICK: Final = "#b85c3e"
CREAM: Final = "#f4efe4"
INK: Final = "#2b3040"
#: Letters as strokes on a body of 20 units; above it reach l, k and h, below it g.
_LETTERS: Final = {
    "l": ("M 0 -12 L 0 20", 0),
    "a": ("M 18 0 L 18 20 M 18 10 A 9 10 0 1 0 0 10 A 9 10 0 1 0 18 10", 18),
    "n": ("M 0 0 L 0 20 M 0 9 A 8.5 9 0 0 1 17 9 L 17 20", 17),
    "g": ("M 18 0 L 18 21 A 9 8 0 0 1 1 24 M 18 10 A 9 10 0 1 0 0 10 A 9 10 0 1 0 18 10", 18),
    "k": ("M 0 -12 L 0 20 M 14 0 L 1 11 M 5 8 L 15 20", 15),
    "h": ("M 0 -12 L 0 20 M 0 9 A 8.5 9 0 0 1 17 9 L 17 20", 17),
}


def path(d: str, fill: str, opacity: float = 1, *, edge: str = "", width: float = 2) -> str:
    line = f' stroke="{edge}" stroke-width="{width}" stroke-linejoin="round"' if edge else ""
    return f'<path d="{d}" fill="{fill}" opacity="{opacity}"{line}/>'


def box(
    x: float, y: float, width: float, height: float, fill: str, *, opacity: float = 1, radius: float = 0, edge: str = ""
) -> str:
    line = f' stroke="{edge}" stroke-width="2"' if edge else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{fill}" opacity="{opacity}"{line}/>'


def stroke(d: str, colour: str, width: float, opacity: float = 1) -> str:
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round" opacity="{opacity}"/>'


def fade(defs: list[str], *stops: str, across: bool = False) -> str:
    """A fill from the first of ``stops`` to the last, downwards or ``across``."""
    name = f"c{len(defs)}"
    steps = "".join(
        f'<stop offset="{place / (len(stops) - 1):.3f}" stop-color="{stop}"/>' for place, stop in enumerate(stops)
    )
    defs.append(
        f'<linearGradient id="{name}" x1="0" y1="0" x2="{int(across)}" y2="{int(not across)}">{steps}</linearGradient>'
    )
    return f"url(#{name})"


def wordmark(x: float, y: float, height: float, colour: str) -> str:
    """The brand's name, the middle of its letters' bodies at ``x``, ``y``, their bodies ``height`` high."""
    drawn, at = "", 0.0
    for letter in "langkah":
        course, wide = _LETTERS[letter]
        drawn += f'<path transform="translate({at} 0)" d="{course}"/>'
        at += wide + 8
    scale = height / 20
    return (
        f'<g transform="translate({x - (at - 8) * scale / 2} {y - 10 * scale}) scale({scale})" fill="none" stroke="{colour}" '
        f'stroke-width="4.2" stroke-linecap="round" stroke-linejoin="round">{drawn}</g>'
    )


def mark(x: float, y: float, size: float, colour: str, accent: str = "#d07a52") -> str:
    """The brand's sail."""
    return (
        f'<g transform="translate({x} {y}) scale({size / 100})" fill="none" stroke-width="9" stroke-linecap="round" stroke-linejoin="round">'
        f'<path stroke="{colour}" d="M -40 30 C -22 -10 -12 -34 0 -54 C 12 -34 22 -10 40 30"/><path stroke="{colour}" d="M -52 48 L 52 48"/>'
        f'<path stroke="{accent}" d="M -34 64 L 34 64"/></g>'
    )


def good(defs: list[str], code: str, shade: str, x: float, y: float, scale: float, turn: float = 0) -> str:
    """A piece of the range as it hangs or stands in a window."""
    return placed(DRAWINGS[code][0](Pen(Paint(PAINTS[shade]), defs)), x, y, scale, turn)


def window(defs: list[str], x: float, y: float, width: float, height: float, *inside: str, frame: str = INK) -> str:
    """A shop window: warm light, a floor, what stands ``inside``, and the street in its glass."""
    name = f"c{len(defs)}"
    defs.append(f'<clipPath id="{name}"><rect x="{x}" y="{y}" width="{width}" height="{height}"/></clipPath>')
    wall = fade(defs, "#fbeccb", "#f0d9ae")
    glass = "".join(
        path(
            f"M {x + at} {y} L {x + at + thick} {y} L {x + at + thick - height * 0.5} {y + height} L {x + at - height * 0.5} {y + height} Z",
            "#ffffff",
            0.16,
        )
        for at, thick in ((width * 0.62, width * 0.16), (width * 0.9, width * 0.06))
    )
    return (
        f'<g clip-path="url(#{name})">{box(x, y, width, height, wall)}'
        f"{box(x, y + height - 26, width, 26, '#c9a877')}{box(x, y + height - 30, width, 5, '#a98755')}"
        f"{''.join(inside)}{glass}{box(x, y, width, 14, '#2b2018', opacity=0.25)}</g>"
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="none" stroke="{frame}" stroke-width="9"/>'
    )


def door(defs: list[str], x: float, y: float, width: float, height: float, colour: str) -> str:
    """Two glazed leaves, one standing open a little."""
    light = fade(defs, "#fbeccb", "#e3c796")
    half = width / 2
    leaves = "".join(
        box(left, y, half, height, colour)
        + box(left + 12, y + 14, half - 24, height - 92, light)
        + box(left + 12, y + height - 64, half - 24, 48, "#000000", opacity=0.14)
        for left in (x, x + half)
    )
    return (
        leaves
        + stroke(f"M {x + half} {y} L {x + half} {y + height}", "#00000055", 3)
        + "".join(box(x + half + at, y + height * 0.5, 5, 44, "#d9c08a", radius=2.5) for at in (-13, 8))
    )


def awning(x: float, y: float, width: float, height: float, colour: str, other: str = CREAM, strips: int = 10) -> str:
    """A striped awning with a scalloped edge and the shade it throws."""
    step = (width + 40) / strips
    drawn = path(
        f"M {x - 6} {y + height} L {x + width + 6} {y + height} L {x + width + 6} {y + height + 60} L {x - 6} {y + height + 60} Z",
        "#1c2030",
        0.16,
    )
    for strip in range(strips):
        top, low = x + width / strips * strip, x - 20 + step * strip
        fill = colour if strip % 2 == 0 else other
        drawn += path(
            f"M {top} {y} L {top + width / strips} {y} L {low + step} {y + height} A {step / 2} 14 0 0 1 {low} {y + height} Z",
            fill,
        )
    return (
        drawn
        + path(
            f"M {x} {y} L {x + width} {y} L {x + width + 12} {y + height * 0.5} L {x - 12} {y + height * 0.5} Z",
            "#ffffff",
            0.1,
        )
        + path(
            f"M {x - 20} {y + height - 14} L {x + width + 20} {y + height - 14} L {x + width + 20} {y + height} L {x - 20} {y + height} Z",
            "#000000",
            0.1,
        )
    )


def leaves(x: float, y: float, size: float, colour: str, shade: str) -> str:
    """A round tree's crown."""
    blobs = ((0, 0, 60), (-52, 22, 44), (50, 20, 46), (-28, -36, 42), (30, -38, 40), (0, 34, 52))
    dark = "".join(
        f'<circle cx="{x + a * size + 8 * size}" cy="{y + b * size + 10 * size}" r="{r * size}" fill="{shade}"/>'
        for a, b, r in blobs
    )
    return dark + "".join(
        f'<circle cx="{x + a * size}" cy="{y + b * size}" r="{r * size * 0.92}" fill="{colour}"/>' for a, b, r in blobs
    )


def palm(x: float, y: float, height: float, lean: float = 20) -> str:
    """A coconut palm, its foot at ``x``, ``y``."""
    top_x, top_y = x + lean, y - height
    trunk = stroke(
        f"M {x} {y} C {x - 6} {y - height * 0.4} {top_x - lean * 0.9} {y - height * 0.7} {top_x} {top_y}", "#8b7355", 13
    ) + stroke(
        f"M {x - 3} {y} C {x - 9} {y - height * 0.4} {top_x - lean * 0.9 - 3} {y - height * 0.7} {top_x - 3} {top_y}",
        "#a58c6a",
        4,
    )
    fronds = "".join(
        path(
            f"M {top_x} {top_y} C {top_x + a * 0.4} {top_y + b - 46} {top_x + a * 0.8} {top_y + b - 30} {top_x + a} {top_y + b + 26} C {top_x + a * 0.7} {top_y + b - 4} {top_x + a * 0.4} {top_y + b - 14} {top_x} {top_y} Z",
            tone,
        )
        for a, b, tone in (
            (-96, 14, "#3d6b4c"),
            (96, 10, "#4a7d59"),
            (-70, 50, "#4a7d59"),
            (72, 50, "#3d6b4c"),
            (-60, -26, "#578c65"),
            (64, -30, "#578c65"),
            (6, -52, "#4a7d59"),
        )
    )
    return (
        trunk
        + fronds
        + "".join(f'<circle cx="{top_x + a}" cy="{top_y + b}" r="8" fill="#7d6240"/>' for a, b in ((-8, 8), (6, 11)))
    )


def pavement(defs: list[str], top: float, kerb: str = "#cfc8ba") -> str:
    """The ground from ``top`` down: flags, kerb and street."""
    flags = "".join(
        stroke(f"M {x} {top} L {600 + (x - 600) * 1.25} {top + 62}", "#b9b1a1", 2, 0.7) for x in range(-120, 1400, 96)
    )
    return (
        box(0, top, 1200, 64, fade(defs, "#d8d1c3", "#e2dccf"))
        + flags
        + stroke(f"M 0 {top + 26} L 1200 {top + 26}", "#b9b1a1", 2, 0.7)
        + box(0, top + 62, 1200, 16, kerb)
        + box(0, top + 78, 1200, 800 - top - 78, fade(defs, "#8b8a88", "#9d9b97"))
        + box(0, top + 78, 1200, 8, "#000000", opacity=0.12)
    )


def sky(defs: list[str], top: str = "#d5e3e6", foot: str = "#f6efe1") -> str:
    return box(0, 0, 1200, 800, fade(defs, top, foot))
