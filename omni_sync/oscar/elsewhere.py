"""A line of a basket that the chosen place does not carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from oscar.core.loading import get_class

from omni_sync.carts.models import Fulfilment

if TYPE_CHECKING:
    from oscar.apps.partner.availability import Unavailable
else:
    Unavailable = get_class("partner.availability", "Unavailable")


class NotThere(Unavailable):
    """Cannot be had where the basket is to be collected, or cannot be sent."""

    code = "not-there"

    def __init__(self, place: Fulfilment) -> None:
        self.place = place

    @property
    def message(self) -> str:
        if self.place.is_collected:
            return gettext("not at %(place)s") % {"place": self.place.partner}
        return gettext("only in our shops")

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        return False, self.message


def not_there(place: Fulfilment) -> Any:
    """The policy of a line that ``place`` does not carry."""
    return NotThere(place)
