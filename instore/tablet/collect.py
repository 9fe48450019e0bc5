"""The bag for the money: both are noted in one transaction, or neither."""

from __future__ import annotations

from django.db import transaction

from instore.pickup.exceptions import WrongState
from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup, State
from instore.pickup.moves import MOVES, By, take_turn
from instore.pickup.owed import owed
from instore.tablet.exceptions import MoneyDue
from instore.tablet.owed import Method, take


def collect(*, pickup_id: int, method: Method | None, by: By, is_friend: bool = False) -> Pickup:
    """Hand the pickup over, to its shopper or the friend they named; what is due has just been paid by ``method``.

    Raises WrongState, or MoneyDue where money is due and nobody took it, or it was to be paid before.
    """
    with transaction.atomic():
        pickup = take_turn(pickup_id, with_goods=True)
        if pickup.state not in MOVES["hand_over"].starts:
            raise WrongState(pickup.state, State.COLLECTED.value)
        asked = owed(pickup)
        if asked.due:
            if method is None or not pickup.pay_in_store:
                raise MoneyDue(asked.due, asked.currency)
            take(pickup=pickup, amount=asked.due, method=method, place=by.place)
        return hand_over(pickup_id=pickup_id, by=by, note=pickup.friend if is_friend else "")
