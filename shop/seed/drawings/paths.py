"""Paths as text: absolute M, L, C, Q and Z only, so that they can be turned over and moved."""

import re
from math import hypot, pi, sin
from typing import Final

AXIS: Final = 400
SHEET: Final = "M 0 0 L 800 0 L 800 1000 L 0 1000 Z"
LENS_STEPS: Final = 10


def folded(half: str) -> str:
    """The closed shape whose right half begins and ends on the axis."""
    steps = _steps(half)
    back: list[str] = []
    for (_, here), (command, points) in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        course = [*points[:-1][::-1], here[-1]]
        back.append(f"{command} " + " ".join(f"{2 * AXIS - x:g} {y:g}" for x, y in course))
    return f"{half} {' '.join(back)} Z"


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


def lens(path: str, width: float) -> str:
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
