# ruff: noqa: E501  (a path is one line)
"""What every drawing is made of: paints with tones, shapes with shade inside them, lines, seams and patterns.

Drawings are SVG on a sheet of 800 by 1000; the light comes from the upper left. Paths are absolute and know M, L, C, Q
and Z only, so that they can be turned over the sheet's axis.
"""

import re
from dataclasses import dataclass, field
from math import hypot, pi, sin
from typing import Final

Colour = tuple[int, int, int]
#: A tone of the goods' own colour (-1 darkest, 0 the colour, 1 white), or a colour of its own.
Tone = float | str
AXIS: Final = 400
WHITE: Final = (255, 253, 248)
SOFT_STEPS: Final = 6
LENS_STEPS: Final = 10
DARK: Final = 84  # of 255; from here down seams are lighter than their cloth


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


@dataclass(frozen=True, slots=True)
class Paint:
    """The colour of the goods and what light makes of it."""

    base: Colour

    @property
    def is_dark(self) -> bool:
        return sum(self.base) / 3 < DARK

    def tone(self, tone: Tone) -> str:
        if isinstance(tone, str):
            return tone
        if tone > 0:
            return _hex(_mix(self.base, WHITE, tone))
        shadow = _mix(
            (round(self.base[0] * 0.3), round(self.base[1] * 0.3), round(self.base[2] * 0.34)), (30, 34, 54), 0.3
        )
        return _hex(_mix(self.base, shadow, min(1.0, -tone * (1.5 if self.is_dark else 1.0))))

    def ink(self, tone: Tone) -> str:
        """The colour of a seam: darker than the cloth, but lighter on dark cloth."""
        if isinstance(tone, str) or tone > 0 or not self.is_dark:
            return self.tone(tone)
        return self.tone(-tone * 0.5)


@dataclass(slots=True)
class Pen:
    """Draws with one paint. Every method gives a piece of SVG; the pen keeps the definitions the pieces refer to."""

    paint: Paint
    defs: list[str] = field(default_factory=list)

    def fill(self, path: str, tone: Tone = 0.0, *, opacity: float = 1, edge: Tone | None = None) -> str:
        stroke = (
            f' stroke="{self.paint.ink(edge)}" stroke-width="1.6" stroke-linejoin="round"' if edge is not None else ""
        )
        return f'<path d="{path}" fill="{self.paint.tone(tone)}"{_opacity(opacity)}{stroke}/>'

    def line(self, path: str, tone: Tone = -0.45, width: float = 2, *, opacity: float = 1, dash: str = "") -> str:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        return (
            f'<path d="{path}" fill="none" stroke="{self.paint.ink(tone)}" stroke-width="{width}" '
            f'stroke-linecap="{"butt" if dash else "round"}" stroke-linejoin="round"{_opacity(opacity)}{dashes}/>'
        )

    def band(self, path: str, tone: Tone, width: float, *, opacity: float = 1) -> str:
        """A stripe with square ends, in the very tone."""
        return (
            f'<path d="{path}" fill="none" stroke="{self.paint.tone(tone)}" stroke-width="{width}" '
            f'stroke-linejoin="round"{_opacity(opacity)}/>'
        )

    def stitch(self, path: str, tone: Tone = -0.3, width: float = 1.6) -> str:
        return self.line(path, tone, width, dash="6 4")

    def seam(self, path: str) -> str:
        """A seam as one sees it: a fine line, and the light on the edge beside it."""
        return self.line(path, 0.5, 1.4, opacity=0.35).replace("<path", '<path transform="translate(2 1)"') + self.line(
            path, -0.42, 1.8
        )

    def soft(self, path: str, tone: Tone, width: float, strength: float) -> str:
        """A stroke that fades to both sides: many thin ones on each other, for a blur would take ten times as long."""
        share = 1 - (1 - strength) ** (1 / SOFT_STEPS)
        return "".join(
            f'<path d="{path}" fill="none" stroke="{self.paint.tone(tone)}" stroke-opacity="{share:.4f}" '
            f'stroke-width="{width * step / SOFT_STEPS:.1f}" stroke-linecap="round" stroke-linejoin="round"/>'
            for step in range(SOFT_STEPS, 0, -1)
        )

    def sliver(self, path: str, tone: Tone, width: float, strength: float) -> str:
        """A soft streak along a curve that runs out at both ends."""
        share = 1 - (1 - strength) ** (1 / SOFT_STEPS)
        colour = self.paint.tone(tone)
        return "".join(
            f'<path d="{_lens(path, width * step / SOFT_STEPS)}" fill="{colour}" fill-opacity="{share:.4f}"/>'
            for step in range(SOFT_STEPS, 0, -1)
        )

    def fold(self, path: str, width: float = 22, strength: float = 0.34) -> str:
        """A crease in cloth that runs out at both ends: shade in the valley, light on the ridge beside it."""
        ridge = self.sliver(path, 0.9, width, strength * (0.3 if self.paint.is_dark else 0.6))
        aside = f"translate({-width * 0.52:.1f} {-width * 0.16:.1f})"
        return self.sliver(path, -1.0, width, strength) + f'<g transform="{aside}">{ridge}</g>'

    def inside(self, path: str, *pieces: str) -> str:
        """``pieces``, as far as they lie within ``path``."""
        name = f"c{len(self.defs)}"
        self.defs.append(f'<clipPath id="{name}"><path d="{path}"/></clipPath>')
        return f'<g clip-path="url(#{name})">{"".join(pieces)}</g>'

    def part(self, path: str, tone: Tone, *pieces: str, round_: float = 1.0, edge: Tone = -0.5) -> str:
        """A piece of the goods: its colour, ``pieces`` on it, the roundness of its edges and a fine outline."""
        form = (
            self.soft(path, -0.9, 64, 0.24 * round_)
            + self.soft(path, 1.0, 16, 0.14 * round_).replace("<path", '<path transform="translate(4 4)"')
            if round_
            else ""
        )
        return self.fill(path, tone) + self.inside(path, *pieces, form) + self.line(path, edge, 1.5, opacity=0.75)

    def pattern(self, width: float, height: float, *pieces: str, turn: str = "") -> str:
        """A fill of ``pieces`` repeated; ``turn`` is a transform. Give the answer to ``fill`` as its tone."""
        name = f"p{len(self.defs)}"
        turned = f' patternTransform="{turn}"' if turn else ""
        self.defs.append(
            f'<pattern id="{name}" width="{width}" height="{height}" patternUnits="userSpaceOnUse"{turned}>'
            f"{''.join(pieces)}</pattern>"
        )
        return f"url(#{name})"

    def button(self, x: float, y: float, size: float = 7, tone: Tone = "#efe6d4") -> str:
        return (
            f'<circle cx="{x + 1.2}" cy="{y + 1.8}" r="{size}" fill="#1c2030" opacity=".28"/>'
            f'<circle cx="{x}" cy="{y}" r="{size}" fill="{self.paint.tone(tone)}" stroke="#2a2622" stroke-opacity=".45"/>'
            f'<circle cx="{x - 1.6}" cy="{y}" r="1.1" fill="#2a2622" opacity=".7"/>'
            f'<circle cx="{x + 1.6}" cy="{y}" r="1.1" fill="#2a2622" opacity=".7"/>'
        )


SHEET: Final = "M 0 0 L 800 0 L 800 1000 L 0 1000 Z"


def both(*pieces: str) -> str:
    """``pieces``, and again on the other side of the axis."""
    drawn = "".join(pieces)
    return f'{drawn}<g transform="matrix(-1 0 0 1 {2 * AXIS} 0)">{drawn}</g>'


def moved(piece: str, x: float = 0, y: float = 0, *, scale: float = 1, turn: float = 0, about: str = "400 500") -> str:
    """``piece`` elsewhere, larger or turned."""
    there = about.split()
    centre, back = " ".join(there), f"-{there[0]} -{there[1]}"
    return f'<g transform="translate({x} {y}) translate({centre}) rotate({turn}) scale({scale}) translate({back})">{piece}</g>'


def folded(half: str) -> str:
    """The closed shape whose right half begins and ends on the axis."""
    steps = _steps(half)
    back: list[str] = []
    for (_, here), (command, points) in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        course = [*points[:-1][::-1], here[-1]]
        back.append(f"{command} " + " ".join(f"{2 * AXIS - x:g} {y:g}" for x, y in course))
    return f"{half} {' '.join(back)} Z"


def mirrored(path: str) -> str:
    """``path`` on the other side of the axis."""
    return " ".join(
        f"{command} " + " ".join(f"{2 * AXIS - x:g} {y:g}" for x, y in points) for command, points in _steps(path)
    ) + (" Z" if path.rstrip().endswith("Z") else "")


def shifted(path: str, x: float, y: float) -> str:
    """``path`` further right and down."""
    return " ".join(
        f"{command} " + " ".join(f"{a + x:g} {b + y:g}" for a, b in points) for command, points in _steps(path)
    )


def _steps(path: str) -> list[tuple[str, list[tuple[float, float]]]]:
    steps = []
    for command, numbers in re.findall(r"([MLCQ])([^MLCQZ]*)", path):
        flat = [float(number) for number in numbers.split()]
        points = list(zip(flat[::2], flat[1::2], strict=True))
        reach = {"M": 1, "L": 1, "C": 3, "Q": 2}[command]
        steps += [(command, points[at : at + reach]) for at in range(0, len(points), reach)]
    return steps


def _lens(path: str, width: float) -> str:
    """A sliver along a curve ("M … C …"), nothing wide at its ends and ``width`` in the middle."""
    (_, [start]), (_, course) = _steps(path)[:2]
    corners = [start, *course]
    one, other = [], []
    for step in range(LENS_STEPS + 1):
        t = step / LENS_STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        slopes = (-3 * (1 - t) ** 2, 3 * (1 - t) ** 2 - 6 * t * (1 - t), 6 * t * (1 - t) - 3 * t * t, 3 * t * t)
        x, y = (sum(w * corner[axis] for w, corner in zip(weights, corners, strict=True)) for axis in (0, 1))
        dx, dy = (sum(s * corner[axis] for s, corner in zip(slopes, corners, strict=True)) for axis in (0, 1))
        reach = width / 2 * sin(pi * t) ** 0.7 / (hypot(dx, dy) or 1)
        one.append(f"{x - dy * reach:.1f} {y + dx * reach:.1f}")
        other.append(f"{x + dy * reach:.1f} {y - dx * reach:.1f}")
    return f"M {' L '.join(one + other[::-1])} Z"


def placed(piece: str, x: float, y: float, scale: float, turn: float = 0) -> str:
    """A drawing of a whole sheet, its middle at ``x``, ``y``."""
    return f'<g transform="translate({x} {y}) rotate({turn}) scale({scale}) translate({-AXIS} -500)">{piece}</g>'


def _opacity(opacity: float) -> str:
    return "" if opacity == 1 else f' opacity="{opacity}"'
