"""What both baskets hold, for somebody who is to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from omni_sync.carts.handoff.kept import keep
from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.handoff.take import put_together
from omni_sync.catalogue.worded import product_worded
from omni_sync.oscar.models import BasketLine


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is read: ``facts`` are its colour and size."""

    title: str
    facts: tuple[str, ...]
    quantity: int
    price: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The other device's basket, this one's own, and both together before anything is looked for on a shelf."""

    hand_off: HandOff
    theirs: tuple[Row, ...]
    mine: tuple[Row, ...]
    both: int

    @property
    def units(self) -> int:
        """How much comes."""
        return sum(row.quantity for row in self.theirs)

    @property
    def own_units(self) -> int:
        """How much is here."""
        return sum(row.quantity for row in self.mine)


def preview(hand_off: HandOff, basket: Any) -> Preview:
    """Both sides; so many queries, however long they are."""
    theirs, mine = _rows(hand_off.basket_id), _rows(basket.pk) if basket.pk else ()
    both = put_together(keep(basket)["lines"] if mine else [], keep(hand_off.basket)["lines"])
    return Preview(hand_off, theirs, mine, sum(line["quantity"] for line in both))


def _rows(basket_id: int) -> tuple[Row, ...]:
    lines: Sequence[Any] = BasketLine.objects.filter(basket=basket_id).select_related(
        "product__parent", "product__entry"
    )
    return tuple(_row(line) for line in lines)


def _row(line: Any) -> Row:
    words = product_worded(line.product)
    unit = line.price_incl_tax if line.price_incl_tax is not None else line.price_excl_tax
    return Row(
        title=words.title,
        facts=words.facts,
        quantity=line.quantity,
        price=None if unit is None else unit * line.quantity,
        currency=line.price_currency,
    )
