"""The bag for the money: both are noted in one transaction, or neither."""

from __future__ import annotations

from django.db import transaction

from instore.pickup.exceptions import WrongState
from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup, State
from instore.pickup.moves import MOVES, By, take_turn
from instore.pickup.owed import ZERO, Owed, owed
from instore.tablet.exceptions import MoneyDue
from instore.tablet.owed import Method, Paying, take, take_voucher


def collect(
    *, pickup_id: int, method: Method | None, by: By, is_friend: bool = False, paying: Paying | None = None
) -> Pickup:
    """Hand the pickup over, to its shopper or the friend they named; what is due is paid with the voucher, and what is
    left of it has just been paid by ``method``.

    Raises WrongState, or MoneyDue where money is due and nobody took it, or it was to be paid before; or what keeps
    the voucher from paying: VoucherCurrency, VoucherVoided, VoucherEnded, NotEnough. Nothing was written then.
    """
    with transaction.atomic():
        pickup = take_turn(pickup_id, with_goods=True)
        if pickup.state not in MOVES["hand_over"].starts:
            raise WrongState(pickup.state, State.COLLECTED.value)
        asked = owed(pickup)
        if asked.due:
            _settle(pickup, asked, method, by, paying)
        return hand_over(pickup_id=pickup_id, by=by, note=pickup.friend if is_friend else "")


def _settle(pickup: Pickup, asked: Owed, method: Method | None, by: By, paying: Paying | None) -> None:
    part = min(paying.amount, asked.due) if paying else ZERO
    rest = asked.due - part
    if not pickup.pay_in_store or (rest and method is None):
        raise MoneyDue(rest if pickup.pay_in_store else asked.due, asked.currency)
    if paying and part:
        take_voucher(pickup=pickup, amount=part, paying=paying, place=by.place)
    if rest and method:
        take(pickup=pickup, amount=rest, method=method, place=by.place)
