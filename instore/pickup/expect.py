"""What the shopper lets the store know: that they have come, and who may come for them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from instore.pickup.exceptions import WrongState
from instore.pickup.models import FRIEND, Pickup, State
from instore.pickup.signals import pickup_expects


def say_here(*, pickup_id: int) -> bool:
    """The shopper is at the store: said again, the first time counts; whether this was it.

    Raises WrongState where nobody is expected any more.
    """
    return _write(pickup_id, only_where={"here_at": None}, here_at=timezone.now())


def name_friend(*, pickup_id: int, name: str) -> bool:
    """Somebody called ``name`` may come; empty: nobody is named. Raises WrongState where it is over."""
    return _write(pickup_id, only_where={}, friend=" ".join(name.replace("\0", "").split())[:FRIEND])


def _write(pickup_id: int, *, only_where: dict[str, Any], **fields: Any) -> bool:
    with transaction.atomic():
        row = Pickup.objects.filter(pk=pickup_id)
        if row.open().filter(**only_where).update(**fields):
            pickup_expects.send(sender=Pickup, pickup=row.select_related("order").get())
            return True
        pickup = row.get()
    if not pickup.is_open:
        raise WrongState(pickup.state, State.READY.value)
    return False
