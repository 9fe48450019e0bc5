"""The goods change hands, by the tablet or at the till. Whoever is first: they leave the books once."""

from __future__ import annotations

from django.db import transaction

from instore.pickup.models import Pickup
from instore.pickup.moves import MOVES, By, move, take_turn
from omni_sync.oscar.models import Order
from omni_sync.oscar.promise import holder_of_order
from omni_sync.sales.documents import SaleToRecord
from omni_sync.sales.handover import hand_over_all
from omni_sync.stock.models import Hold
from omni_sync.transactions import inside_transaction


def hand_over(*, pickup_id: int, by: By, note: str = "") -> Pickup:
    """Give the shopper the bag: its goods leave the books, the promise ends, the order is a sale of this store.

    What is owed must have been paid before.
    ``note`` is the friend's name where one came instead. Raises WrongState, as when a till handed it over a moment ago.
    """
    with transaction.atomic():
        pickup = take_turn(pickup_id, with_goods=True)
        move(pickup, "hand_over", by=by, note=note)
        hand_over_all(order=pickup.order, store_id=pickup.store_id, associate=by.who, register=by.place)
    return pickup


@inside_transaction
def follow_till(*, order: Order, sale: SaleToRecord) -> None:
    """A till handed over goods of ``order``: once nothing of it is promised any more, its pickup is collected.

    The till has locked the levels of what it sold. Nothing happens to an order without a pickup, or one that is over.
    """
    holder = holder_of_order(order)
    if Hold.objects.open().of(holder.kind, holder.key).exists():
        return
    if not Pickup.objects.filter(pk=order.pk).exists():
        return
    pickup = take_turn(order.pk)
    if pickup.state in MOVES["follow_till"].starts:
        till = f"{sale.where.source} {sale.register}".strip()
        move(pickup, "follow_till", by=By(place=till, who=sale.associate), note=sale.number)
