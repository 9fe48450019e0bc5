"""Nobody came in time: the code stops working. The goods stay promised until somebody puts them back."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from instore.pickup.exceptions import WrongState
from instore.pickup.models import Pickup, State
from instore.pickup.moves import By, move, take_turn

CLOCK: Final = By(place="clock")


def expire(*, pickup_id: int, by: By = CLOCK) -> Pickup:
    """Stop waiting for the shopper. Raises WrongState, also where their time is not over yet."""
    with transaction.atomic():
        pickup = take_turn(pickup_id)
        if pickup.state == State.READY and pickup.deadline >= timezone.now():
            raise WrongState(pickup.state, State.EXPIRED.value)
        move(pickup, "expire", by=by)
    return pickup


def expire_overdue() -> int:
    """Stop waiting for everybody whose time is over, the longest overdue first; for how many."""
    expired = 0
    for pickup_id in list(Pickup.objects.overdue().order_by("deadline", "pk").values_list("pk", flat=True)):
        try:
            expire(pickup_id=pickup_id)
        except WrongState:  # collected, or given more time, a moment ago
            continue
        expired += 1
    return expired
