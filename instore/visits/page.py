"""What the page of a visit shows: the lines, what they cost here, and what they cost together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Prefetch

from omni_sync.catalogue.worded import product_worded
from omni_sync.oscar.models import StockRecord

MOST: Final = 99  # units that the page's own choice offers


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the basket; ``left`` is what this store can promise of it now, None where nobody counts."""

    pk: int
    title: str
    size: str
    colour: str
    quantity: int
    price: Decimal | None
    currency: str
    left: int | None

    @property
    def is_short(self) -> bool:
        """Whether it asks for more than there is."""
        return self.left is not None and self.quantity > self.left


@dataclass(frozen=True, slots=True)
class VisitPage:
    rows: tuple[Row, ...]

    @property
    def units(self) -> int:
        """How many articles there are, each counted."""
        return sum(row.quantity for row in self.rows)

    @property
    def total(self) -> Decimal | None:
        """What they cost together; None where one of them has no price, or they have two currencies."""
        prices = [row.price for row in self.rows if row.price is not None]
        is_one = len({row.currency for row in self.rows}) == 1 and len(prices) == len(self.rows)
        return sum(prices, Decimal(0)) if is_one else None

    @property
    def currency(self) -> str:
        return self.rows[0].currency if self.rows else ""


def page_of(basket: Any) -> VisitPage:
    """The same number of queries however long it is."""
    if not basket.pk:
        return VisitPage(())
    records = Prefetch("product__stockrecords", queryset=StockRecord.objects.order_by("pk"))
    lines = basket.lines.select_related(
        "stockrecord__partner", "product__product_class", "product__parent__product_class", "product__entry"
    )
    return VisitPage(tuple(_row(basket, line) for line in lines.prefetch_related(records).order_by("pk")))


def _row(basket: Any, line: Any) -> Row:
    line.basket = basket
    info = basket.strategy.fetch_for_line(line)
    unit = info.price.incl_tax if info.price.exists and info.price.is_tax_known else info.price.excl_tax
    words = product_worded(line.product)
    return Row(
        pk=line.pk,
        title=words.title,
        size=words.size,
        colour=words.colour,
        quantity=line.quantity,
        price=None if unit is None else unit * line.quantity,
        currency=info.price.currency,
        left=getattr(info.availability, "num_available", None),
    )
