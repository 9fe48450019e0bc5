"""Where and when an order that is collected waits."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from instore.pickup.models import Pickup
from instore.stores.known import KnownStore, known_stores
from instore.stores.models import Store
from instore.stores.promise import collect_from
from omni_sync.carts.fulfilment import fulfilment_of


@dataclass(frozen=True, slots=True)
class Collecting:
    """The place; ``store`` is None where it is not open to the public any more, ``ready`` where it never opens."""

    name: str
    code: str
    store: KnownStore | None
    ready: datetime | None


def collected(order: Any) -> Collecting | None:
    """Where ``order`` waits and what was promised; None where it is delivered."""
    place = collecting(order.basket, order.date_placed)
    pickup = Pickup.objects.select_related("store__partner__location").filter(pk=order.pk).first()
    if place is None or pickup is None:
        return place
    at = pickup.promised_at
    return replace(place, ready=at.astimezone(ZoneInfo(pickup.store.partner.location.timezone)) if at else None)


def collecting(basket: Any, at: datetime) -> Collecting | None:
    """What is promised for ``basket`` when it is asked for at ``at``; None where it is delivered."""
    chosen = fulfilment_of(basket) if basket is not None else None
    if chosen is None or chosen.partner is None:
        return None
    code = chosen.partner.code
    store = Store.objects.select_related("partner__location").filter(partner=chosen.partner).first()
    return Collecting(
        name=str(chosen.partner),
        code=code,
        store=known_stores().get(code),
        ready=collect_from(store, at) if store is not None else None,
    )
