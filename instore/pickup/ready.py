"""The bag is packed: the shopper may come."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from instore.pickup.deadline import kept_for
from instore.pickup.exceptions import NothingPicked, NotPicked, WrongState
from instore.pickup.models import Pickup, State
from instore.pickup.moves import MOVES, By, move, take_turn
from omni_sync.oscar.promise import holder_of_order
from omni_sync.stock.hold import reassign


def mark_ready(*, pickup_id: int, by: By) -> Pickup:
    """Say that the goods wait at the counter; a store that was late keeps them longer.

    Raises WrongState, NotPicked with the lines of which nobody has said what is in the bag, or NothingPicked.
    """
    with transaction.atomic():
        pickup = take_turn(pickup_id, with_goods=True)
        if pickup.state not in MOVES["mark_ready"].starts:
            raise WrongState(pickup.state, State.READY.value)
        _look_into_the_bag(pickup)
        now = timezone.now()
        until = max(pickup.deadline, now + kept_for())
        if pickup.pay_in_store and until != pickup.deadline:
            holder = holder_of_order(pickup.order)
            reassign(holder=holder, to=holder, until=until)
        move(pickup, "mark_ready", by=by, ready_at=now, deadline=until)
    return pickup


def _look_into_the_bag(pickup: Pickup) -> None:
    lines = list(pickup.lines.order_by("pk"))
    unsettled = [line.pk for line in lines if not line.is_settled]
    if unsettled:
        raise NotPicked(unsettled)
    if not any(line.picked for line in lines):
        raise NothingPicked
