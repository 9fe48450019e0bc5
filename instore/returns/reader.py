"""Who hears of what came back: the address of the order, in the language of its human."""

from __future__ import annotations

from typing import NamedTuple

from instore.pickup.models import Pickup
from omni_sync.messages.preferences.preferred import language_of
from omni_sync.messages.words import spoken
from omni_sync.oscar.models import Order


class Reader(NamedTuple):
    to: str
    language: str


def reader_of(*, order: Order, person_id: int | None) -> Reader | None:
    """The address of the order or its account; None where there is none.

    The language is the one that the human chose, else that in which they ordered, else the shop's.
    """
    collected = Pickup.objects.filter(pk=order.pk).only("email", "language").first()
    to = (collected.email if collected else "") or order.email or ""
    if not to:
        return None
    return Reader(to, spoken(language_of(person_id) or (collected.language if collected else "")))
