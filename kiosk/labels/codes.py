"""The two codes of a label, as paths of modules: vector drawings stay sharp on every printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import qrcode  # type: ignore[import-untyped]
import zxingcpp
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]

QUIET: Final = 4  # modules around a QR symbol (ISO/IEC 18004)
UNDER: Final = 9.5  # modules below the bars: the digits, and what the guard bars are longer
GUARDS: Final = 5  # modules by which the guard bars are longer than the others (GS1 General Specifications, 5.2.1)


@dataclass(frozen=True, slots=True)
class Square:
    """A QR symbol: its dark modules as strokes one wide, and how many it is wide without its quiet zone."""

    path: str
    modules: int


@dataclass(frozen=True, slots=True)
class Digits:
    """Some of the digits under the bars: where they begin and how wide they are, in modules."""

    text: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A linear symbol, all in modules: its bars as a path, its size with the quiet zones and the digits."""

    name: str
    path: str
    width: int
    height: float
    left: int  # the quiet zone
    digits: tuple[Digits, ...]


def square(text: str) -> Square:
    """``text`` as QR, error correction M; in alphanumeric mode where it has nothing but its characters."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)
    rows = code.get_matrix()
    strokes = (f"M{start} {y}.5h{width}" for y, row in enumerate(rows) for start, width in _runs(row))
    return Square("".join(strokes), len(rows))


def bars(gtin: str, height: float) -> Bars | None:
    """The linear code, its bars ``height`` modules high, of 14 digits: EAN-8 for a GTIN-8, else EAN-13,
    whose bars for a GTIN-12 are those of UPC-A.

    None for a GTIN-14 of its own, a case or a bundle: it has no symbol that a till reads.
    """
    if gtin.startswith("000000"):
        shown, kind, quiet = gtin[6:], zxingcpp.BarcodeFormat.EAN8, (7, 7)
    elif gtin.startswith("0"):
        shown, kind, quiet = gtin[1:], zxingcpp.BarcodeFormat.EAN13, (11, 7)
    else:
        return None
    drawn = zxingcpp.create_barcode(shown, kind).to_image(scale=1, add_hrt=False, add_quiet_zones=False)
    rows: Any = memoryview(drawn).tolist()  # type: ignore[arg-type]
    short, long = ([not shade for shade in row] for row in (rows[0], rows[-1]))
    path = _rectangles(short, 0, height, quiet[0]) + _rectangles(long, height, GUARDS, quiet[0])
    return Bars(
        name="EAN-8" if len(shown) == 8 else "EAN-13",  # noqa: PLR2004
        path=path, width=sum(quiet) + len(short), height=height + UNDER, left=quiet[0], digits=_digits(shown, quiet[0]),
    )  # fmt: skip


def _digits(shown: str, left: int) -> tuple[Digits, ...]:
    """Each half stands under its bars; the first of thirteen digits, which no bar has, in the quiet zone."""
    half = len(shown) // 2
    first, halves = shown[: len(shown) % 2], (shown[-2 * half : -half], shown[-half:])
    wide = 7 * half
    spots = (left + 3, left + 3 + wide + 5)
    alone = (Digits(first, left - 8, 6),) if first else ()
    return (*alone, *(Digits(text, spot + 1, wide - 2) for text, spot in zip(halves, spots, strict=True)))


def _rectangles(row: Sequence[bool], y: float, height: float, left: int) -> str:
    return "".join(f"M{left + start} {y:g}h{width}v{height:g}h-{width}z" for start, width in _runs(row))


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin, and how many there are in a row."""
    for is_dark, run in groupby(enumerate(row), key=itemgetter(1)):
        if is_dark:
            places = [place for place, _ in run]
            yield places[0], len(places)
