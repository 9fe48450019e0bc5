"""What every drawing is made of: paints with tones, shapes with shade inside them, lines, seams and patterns.

Drawings are SVG on a sheet of 800 by 1000; the light comes from the upper left.
"""

from dataclasses import dataclass, field
from typing import Final

from shop.seed.drawings.paths import AXIS, lens

Colour = tuple[int, int, int]
#: A tone of the goods' own colour (-1 darkest, 0 the colour, 1 white), or a colour of its own.
Tone = float | str
WHITE: Final = (255, 253, 248)
#: Strokes on each other that look like one that fades; a narrow one needs fewer.
SOFT_STEPS: Final = 6
NARROW_STEPS: Final = 4
NARROW: Final = 24
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
        steps = _steps(width)
        share = 1 - (1 - strength) ** (1 / steps)
        return "".join(
            f'<path d="{path}" fill="none" stroke="{self.paint.tone(tone)}" stroke-opacity="{share:.4f}" '
            f'stroke-width="{width * step / steps:.1f}" stroke-linecap="round" stroke-linejoin="round"/>'
            for step in range(steps, 0, -1)
        )

    def sliver(self, path: str, tone: Tone, width: float, strength: float) -> str:
        """A soft streak along a curve that runs out at both ends."""
        steps = _steps(width)
        share = 1 - (1 - strength) ** (1 / steps)
        colour = self.paint.tone(tone)
        return "".join(
            f'<path d="{lens(path, width * step / steps)}" fill="{colour}" fill-opacity="{share:.4f}"/>'
            for step in range(steps, 0, -1)
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
            f'<circle cx="{x}" cy="{y}" r="{size}" fill="{self.paint.tone(tone)}" '
            'stroke="#2a2622" stroke-opacity=".45"/>'
            f'<circle cx="{x - 1.6}" cy="{y}" r="1.1" fill="#2a2622" opacity=".7"/>'
            f'<circle cx="{x + 1.6}" cy="{y}" r="1.1" fill="#2a2622" opacity=".7"/>'
        )


def both(*pieces: str) -> str:
    """``pieces``, and again on the other side of the axis."""
    drawn = "".join(pieces)
    return f'{drawn}<g transform="matrix(-1 0 0 1 {2 * AXIS} 0)">{drawn}</g>'


def moved(piece: str, x: float = 0, y: float = 0, *, scale: float = 1, turn: float = 0, about: str = "400 500") -> str:
    """``piece`` elsewhere, larger or turned."""
    there = about.split()
    centre, back = " ".join(there), f"-{there[0]} -{there[1]}"
    there_and_back = f"translate({centre}) rotate({turn}) scale({scale}) translate({back})"
    return f'<g transform="translate({x} {y}) {there_and_back}">{piece}</g>'


def placed(piece: str, x: float, y: float, scale: float, turn: float = 0) -> str:
    """A drawing of a whole sheet, its middle at ``x``, ``y``."""
    return f'<g transform="translate({x} {y}) rotate({turn}) scale({scale}) translate({-AXIS} -500)">{piece}</g>'


def _steps(width: float) -> int:
    return NARROW_STEPS if width <= NARROW else SOFT_STEPS


def _opacity(opacity: float) -> str:
    """Of fill and stroke each: ``opacity`` itself would have every shape drawn on a whole sheet of its own."""
    return "" if opacity == 1 else f' fill-opacity="{opacity}" stroke-opacity="{opacity}"'
