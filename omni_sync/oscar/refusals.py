"""Our refusals, as Oscar's checkout understands them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext
from oscar.core.loading import get_class

from omni_sync.catalogue.wording import own_title
from omni_sync.stock.exceptions import SoldOut

__all__ = ["BasketChanged", "BasketSoldOut", "BasketTaken", "Missing", "PaymentAway", "UnableToPlaceOrder", "sold_out"]

if TYPE_CHECKING:
    from oscar.apps.order.exceptions import UnableToPlaceOrder
else:
    UnableToPlaceOrder = get_class("order.exceptions", "UnableToPlaceOrder")


@dataclass(frozen=True, slots=True)
class Missing:
    """A product of which fewer can be had than the basket wants."""

    title: str
    wanted: int
    available: int

    def __str__(self) -> str:
        if not self.available:
            return gettext("“%(title)s” is sold out.") % {"title": self.title}
        return ngettext(
            "Of “%(title)s” only %(available)d is left.", "Of “%(title)s” only %(available)d are left.", self.available
        ) % {"title": self.title, "available": self.available}


class BasketSoldOut(UnableToPlaceOrder):
    """Nothing was promised and nothing was ordered, because ``missing`` can't be had in full."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(missing)
        self.missing = list(missing)

    def __str__(self) -> str:
        return " ".join([*map(str, self.missing), gettext("Nothing was ordered: please change the quantities.")])


class BasketTaken(UnableToPlaceOrder):
    """This basket is no longer open: it is being paid for, or has been ordered, in another window."""

    def __str__(self) -> str:
        return gettext("This order is already being placed. Please look at your orders before you try again.")


class BasketChanged(UnableToPlaceOrder):
    """The basket is not what the shopper was looking at when they ordered."""

    def __str__(self) -> str:
        return gettext("Your basket was changed in another window. Nothing was ordered: please look at it once more.")


class PaymentAway(UnableToPlaceOrder):
    """The payment provider has no page for us now."""

    def __str__(self) -> str:
        return gettext(
            "The card payment cannot be reached just now. Nothing was charged: try again, or choose another way to pay."
        )


def sold_out(basket: Any, refused: SoldOut) -> BasketSoldOut:
    """``refused`` with the names of the products in ``basket``."""
    titles = {line.stockrecord_id: own_title(line.product.get_title()) for line in basket.all_lines()}
    return BasketSoldOut(
        [Missing(titles.get(short.stockrecord_id, ""), short.wanted, short.available) for short in refused.lines]
    )
