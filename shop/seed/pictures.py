"""Product pictures, drawn by code: flat shapes, one light from the upper left, one soft shadow, WebP.

A drawing is a list of layers (see ``drawings.py``) on a sheet of 720 by 900; it is drawn larger and scaled down, which
smooths every edge.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final, Literal

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SHEET: Final = (720, 900)
SIZE: Final = (900, 1125)
SCALE: Final = 2.0  # sheet to canvas, 1.6 times the final size
PAPER: Final = (239, 235, 228)
STEPS: Final = 16  # points of a curve
AXIS: Final = 360  # a mirrored layer is drawn again on the other side of it

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Layer:
    """One shape: ``path`` is absolute M, L, C and Z as in SVG.

    ``tone`` is a fixed colour, or the garment's own made darker (below 0) or lighter (above 0). ``fold`` closes a half
    over the axis, ``twin`` draws the shape again on the other side. ``width`` strokes instead of filling.
    """

    path: str
    tone: float | Colour = 0.0
    how: Literal["", "fold", "twin"] = ""
    width: float = 0


def draw(layers: Sequence[Layer], colour: Colour, *, at: Sequence[tuple[float, float]] = ((0, 0),)) -> bytes:
    """``layers`` in ``colour`` as WebP, once at every offset of ``at`` (a pair of shoes is two), the first behind."""
    canvas = Image.new("RGB", _scaled(SHEET), PAPER)
    for offset in at:
        thing = _thing(layers, colour, offset)
        canvas.paste((60, 52, 44), (0, 0), _shadow(thing))
        canvas.paste(thing, (0, 0), thing)
    written = BytesIO()
    canvas.resize(SIZE, Image.Resampling.LANCZOS).save(written, "WEBP", quality=92, method=2)
    return written.getvalue()


def _thing(layers: Sequence[Layer], colour: Colour, offset: Point) -> Image.Image:
    flat = Image.new("RGBA", _scaled(SHEET), (0, 0, 0, 0))
    pen = ImageDraw.Draw(flat)
    for layer in layers:
        ink = layer.tone if isinstance(layer.tone, tuple) else shade(colour, layer.tone)
        for outline in _outlines(layer):
            points = [((x + offset[0]) * SCALE, (y + offset[1]) * SCALE) for x, y in outline]
            if layer.width:
                _stroke(pen, points, ink, layer.width * SCALE)
            else:
                pen.polygon(points, fill=ink)
    return _lit(flat)


def _stroke(pen: ImageDraw.ImageDraw, points: Sequence[Point], ink: Colour, width: float) -> None:
    pen.line(points, fill=ink, width=round(width), joint="curve")
    for x, y in (points[0], points[-1]):
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=ink)


def _lit(flat: Image.Image) -> Image.Image:
    """``flat`` with the light of the room on it: a little brighter to the upper left, darker to the lower right."""
    shaded = ImageChops.multiply(flat.convert("RGB"), _light())
    return Image.merge("RGBA", (*shaded.split(), flat.getchannel("A")))


@cache
def _light() -> Image.Image:
    fall = Image.linear_gradient("L").resize(_scaled(SHEET))
    side = Image.linear_gradient("L").rotate(90).resize(_scaled(SHEET))
    down = fall.point(lambda level: 255 - level // 9)
    across = side.point(lambda level: 236 + level // 14)
    return Image.merge("RGB", [ImageChops.multiply(down, across)] * 3)


def _shadow(thing: Image.Image) -> Image.Image:
    """Where the thing's soft shadow falls: small, low and to the right; worked out on a small copy."""
    small = thing.getchannel("A").resize((SHEET[0] // 3, SHEET[1] // 3), Image.Resampling.BOX)
    soft = ImageChops.offset(small, 4, 7).filter(ImageFilter.GaussianBlur(7)).point(lambda level: level * 2 // 9)
    return soft.resize(thing.size, Image.Resampling.BILINEAR)


def shade(colour: Colour, tone: float) -> Colour:
    """``colour`` towards black (tone -1) or white (tone 1)."""
    goal = 255 if tone > 0 else 0
    red, green, blue = (round(part + (goal - part) * abs(tone)) for part in colour)
    return red, green, blue


def _outlines(layer: Layer) -> Iterator[list[Point]]:
    points = list(_flattened(layer.path))
    mirrored = [(2 * AXIS - x, y) for x, y in points]
    if layer.how == "fold":
        yield points + mirrored[::-1]
        return
    yield points
    if layer.how == "twin":
        yield mirrored


def _flattened(path: str) -> Iterator[Point]:
    """The points of a path, its curves cut into short lines."""
    here: Point = (0, 0)
    for command, numbers in re.findall(r"([MLC])([^MLCZ]*)", path):
        flat = [float(number) for number in numbers.split()]
        points = list(zip(flat[::2], flat[1::2], strict=True))
        if command == "C":
            for first, second, end in zip(points[::3], points[1::3], points[2::3], strict=True):
                yield from (_bezier(here, first, second, end, step / STEPS) for step in range(1, STEPS + 1))
                here = end
        else:
            yield from points
            here = points[-1]


def _bezier(start: Point, first: Point, second: Point, end: Point, t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    corners = (start, first, second, end)
    return (
        sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
        sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
    )


def _scaled(sheet: tuple[int, int]) -> tuple[int, int]:
    return round(sheet[0] * SCALE), round(sheet[1] * SCALE)
