"""A packed bag is as good as somebody's: who takes it from them is a manager."""

from __future__ import annotations

from django.db import transaction

from instore.pickup import cancel
from instore.pickup.models import Pickup, State
from instore.pickup.moves import By, take_turn
from instore.staff.models import Role
from instore.tablet.exceptions import ManagersOnly


def cancel_here(*, pickup_id: int, role: Role, by: By) -> Pickup:
    """Call the pickup off, as who has ``role``. Raises WrongState, or ManagersOnly where the bag is ready."""
    with transaction.atomic():
        if not may_cancel(take_turn(pickup_id, with_goods=True), role):
            raise ManagersOnly
        return cancel.cancel(pickup_id=pickup_id, by=by)


def may_cancel(pickup: Pickup, role: Role) -> bool:
    """Whether ``role`` is enough, as things are."""
    return pickup.state != State.READY or role.includes(Role.MANAGER)
