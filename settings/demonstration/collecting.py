"""What the tour shows of click-and-collect: an order to follow, and who may be at the tablet of its store."""

from __future__ import annotations

from typing import Final, NamedTuple

from instore.pickup.address import path_of
from instore.pickup.models import Pickup, State
from instore.stores.models import Store
from shop.seed import example, staff

#: What one would most like to find: a bag that is still to be packed.
WAITING: Final = (State.PLACED, State.PICKING, State.READY)


class Colleague(NamedTuple):
    """A name on the tablet; the PIN only while it is the one that everybody knows."""

    name: str
    pin: str


class Collecting(NamedTuple):
    """A store where somebody works, and an order that waits there: no ``path`` where none does."""

    store: str
    number: str
    path: str
    colleagues: list[Colleague]
    has_tablet: bool


def collecting() -> Collecting | None:
    """None where the demo's people don't work."""
    store = Store.objects.select_related("partner").filter(partner__code=example.STORE).first()
    if store is None or not staff.are_hired():
        return None
    pickup = _waiting(store)
    return Collecting(
        store=str(store),
        number=str(pickup.order.number) if pickup else "",
        path=path_of(pickup) if pickup else "",
        colleagues=[Colleague(each.name, staff.known_pin(each)) for each in staff.of_store(example.STORE)],
        has_tablet=staff.has_visitor(),
    )


def _waiting(store: Store) -> Pickup | None:
    """The newest in the first state that there is."""
    for state in WAITING:
        rows = Pickup.objects.select_related("order").filter(store=store, state=state)
        found = rows.order_by("-placed_at", "pk").first()
        if found is not None:
            return found
    return None
