"""What a shop's till may sell: every size with its price, and how much people like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from zlib import crc32

from django.utils import translation

from shop.seed.styles import STYLES

TAX: Final = 11  # per cent, in the price (PPN)


@dataclass(frozen=True, slots=True)
class Article:
    """One size of one style; ``liking`` is how often it is bought, against others."""

    sku: str
    gtin: str
    title: str
    price: int
    liking: float

    def sold(self, line: int, *, quantity: int = 1, discount: int = 0) -> dict[str, Any]:
        """The line of a sale; money in whole rupiah, the tax in it."""
        amount = self.price * quantity - discount
        told = {
            "line": str(line),
            "sku": self.sku,
            "gtin": self.gtin,
            "title": self.title,
            "quantity": quantity,
            "unit_price": str(self.price),
            "amount": str(amount),
            "tax": str((2 * amount * TAX + 100 + TAX) // (2 * (100 + TAX))),  # the nearest whole one
            "tax_rate": str(TAX),
        }
        return told | ({"discount": str(discount)} if discount else {})


@cache
def articles() -> dict[str, Article]:
    """Every size of the collection by SKU. Cheap things, well-known styles and middle sizes are bought more often."""
    result = {}
    with translation.override("en"):
        for style in STYLES:
            fame = 1.0 + 8.0 / (1 + crc32(style.key.encode()) % 16)
            for place, (sku, size, gtin) in enumerate(style.variants()):
                liking = fame * (300_000 / style.price) ** 0.5 * _middle(place, style.sizes)
                title = str(style.title) if size == "OS" else f"{style.title}, {size}"
                result[sku] = Article(sku, gtin, title, style.price, round(liking, 4))
    return result


def _middle(place: int, sizes: Sequence[str]) -> float:
    """1 for the size in the middle, less towards the ends."""
    half = (len(sizes) - 1) / 2
    return 1.0 if not half else 1.0 - 0.6 * abs(place - half) / half
