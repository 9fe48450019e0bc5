"""What nobody collected is on its shelf again."""

from __future__ import annotations

from django.db import transaction

from instore.pickup.cancel import let_go
from instore.pickup.models import Pickup
from instore.pickup.moves import By, move, take_turn
from omni_sync.oscar.promise import holder_of_order
from omni_sync.stock.hold import release
from omni_sync.stock.models import Hold


def put_back(*, pickup_id: int, by: By) -> Pickup:
    """Confirm that the goods lie on the shelf: only now may they be promised to somebody else.

    Raises WrongState, as when a till sold them to their shopper after all.
    """
    with transaction.atomic():
        pickup = take_turn(pickup_id, with_goods=True)
        move(pickup, "put_back", by=by)
        release(holder=holder_of_order(pickup.order), reason=Hold.Reason.EXPIRED)
        let_go(pickup)
    return pickup
