"""The paper that labels are printed on, to the hundredth of a millimetre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.labels.codes import UNDER

DOT: Final = 0.125  # mm: of the usual label printers, with 8 dots to the millimetre, so that no module is 4½ dots wide


@dataclass(frozen=True, slots=True)
class Format:
    """A page and the labels on it, in millimetres; ``left``, ``top`` and ``gap`` are those of the sheets sold for it.

    ``module`` is the module of the linear code and ``bars`` its height without the digits, ``least`` what the QR symbol
    measures at least without its quiet zone. Type is set in millimetres too; ``price`` is the largest it can be.
    """

    name: str
    page: tuple[float, float]
    label: tuple[float, float]
    columns: int
    rows: int
    module: float
    bars: float
    pad: float  # left of the words
    head: float  # above them
    foot: float  # below the codes
    title: float
    kind: float
    price: float
    small: float
    left: float = 0.0
    top: float = 0.0
    gap: float = 0.0  # between columns; rows touch
    least: float = 18.0

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    @property
    def price_at(self) -> float:
        """How far above the lower edge the price stands: the linear code and a little air are under it."""
        return round(self.foot + self.bars + (UNDER + 5) * self.module, 3)

    @property
    def kind_gap(self) -> float:
        return round(self.kind / 6, 3)

    @property
    def place_size(self) -> float:
        return round(1.8 * self.small, 3)

    def place(self, number: int) -> tuple[float, float]:
        """The left upper corner of the label with this number on a page, row by row from 0."""
        row, column = divmod(number, self.columns)
        width, height = self.label
        return round(self.left + column * (width + self.gap), 3), round(self.top + row * height, 3)


A4: Final = (210.0, 297.0)
FORMATS: Final = {
    each.name: each
    for each in (
        Format("a4-3x7", A4, (63.5, 38.1), 3, 7, module=0.264, bars=9.4, pad=3.0, head=2.4, foot=1.2,
               title=3.7, kind=3.0, price=7.2, small=2.0, left=7.21, top=15.15, gap=2.54),
        Format("a4-2x4", A4, (99.1, 67.7), 2, 4, module=0.33, bars=16.0, pad=5.5, head=3.6, foot=3.0,
               title=6.2, kind=5.0, price=13.0, small=3.2, left=4.65, top=13.1, gap=2.5, least=27.0),
        Format("shelf-70x38", (70.0, 38.0), (70.0, 38.0), 1, 1, module=0.375, bars=8.6, pad=4.2, head=2.4, foot=1.2,
               title=3.7, kind=3.0, price=7.6, small=2.0),
    )
}  # fmt: skip
DEFAULT: Final = "a4-3x7"
