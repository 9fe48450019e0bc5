"""How long an SMS is for whoever pays for it (3GPP TS 23.038)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED: Final = frozenset("\f^{}\\[~]|€")  # each takes two places
#: So many places in one that stands alone, and in each of several.
SEPTETS: Final = (160, 153)
UNITS: Final = (70, 67)


@dataclass(frozen=True, slots=True)
class Length:
    """``is_wide``: a letter in it makes every letter cost more than twice as much."""

    places: int
    segments: int
    is_wide: bool


def length_of(text: str) -> Length:
    """The length of ``text`` as an SMS; nothing that takes two places is split between two segments."""
    is_wide = any(letter not in BASIC and letter not in EXTENDED for letter in text)
    sizes = [len(one.encode("utf-16-le")) // 2 if is_wide else 1 + (one in EXTENDED) for one in text]
    alone, each = UNITS if is_wide else SEPTETS
    places = sum(sizes)
    return Length(places, 1 if places <= alone else _segments(sizes, each), is_wide)


def _segments(sizes: list[int], each: int) -> int:
    count, used = 1, 0
    for size in sizes:
        if used + size > each:
            count, used = count + 1, 0
        used += size
    return count
