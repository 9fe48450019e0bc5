"""Nobody will come: the goods are anybody's again."""

from __future__ import annotations

from django.db import transaction

from instore.pickup.models import Pickup
from instore.pickup.moves import MOVES, By, move, take_turn
from omni_sync import conf
from omni_sync.oscar import allocations
from omni_sync.oscar.models import Order
from omni_sync.transactions import inside_transaction


def cancel(*, pickup_id: int, by: By, note: str = "") -> Pickup:
    """Call the pickup off, and its order with it. Raises WrongState, as when the goods were handed over already."""
    with transaction.atomic():
        pickup = take_turn(pickup_id, with_goods=True)
        move(pickup, "cancel", by=by, note=note)
        let_go(pickup)
    return pickup


@inside_transaction
def follow_order(*, order: Order, by: By) -> None:
    """The order was cancelled by another path: so is its pickup, unless that is over."""
    if Pickup.objects.filter(pk=order.pk).exists():
        pickup = take_turn(order.pk)
        if pickup.state in MOVES["cancel"].starts:
            move(pickup, "cancel", by=by)


@inside_transaction
def let_go(pickup: Pickup) -> None:
    """Promise nothing of the order any more, and show in Oscar that it is called off. The levels are locked."""
    allocations.cancel_all(pickup.order)
    Order.objects.filter(pk=pickup.order_id).update(status=conf.voided_status())
