"""An order that is collected becomes a pickup, in the transaction that places it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language

from instore.pickup.code import code_hashes, code_of, put_code
from instore.pickup.deadline import kept_for
from instore.pickup.exceptions import SlotFull, SlotGone
from instore.pickup.models import Pickup, PickupLine
from instore.pickup.moves import By, note_step
from instore.pickup.signals import pickup_placed
from instore.pickup.slots import take_slot
from instore.stores.models import Store
from omni_sync.oscar.models import Order
from omni_sync.oscar.promise import holder_of_order
from omni_sync.stock.hold import reassign
from omni_sync.transactions import inside_transaction

WEB: Final = "web"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the shopper asked for beside the goods.

    ``promised_at`` is the time they were promised; None: as soon as the store can.
    """

    promised_at: datetime | None = None
    pay_in_store: bool = True
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""


@inside_transaction
def place(*, order: Order, store: Store, asked: Asked, by: By) -> Pickup:
    """The pickup of ``order`` at ``store``, the same however often it is asked for.

    What is paid in the store is promised until the pickup's deadline, what is paid already until somebody ends it.
    Raises SlotFull, and SlotGone, where nothing can be promised for the time that was asked for.
    """
    try:
        pickup = _planned(order, store, asked)
    except (SlotFull, SlotGone):
        known = _known(order)
        if known is None:
            raise
        return known  # it has its place in the slot already
    while not _written(pickup):
        known = _known(order)
        if known:
            return known
        put_code(pickup)  # another open pickup of the store has this code
    lines = order.lines.values_list("pk", "quantity").order_by("pk")
    PickupLine.objects.bulk_create(
        [PickupLine(order_line_id=pk, pickup=pickup, quantity=quantity) for pk, quantity in lines if quantity]
    )
    if pickup.pay_in_store:
        holder = holder_of_order(order)
        reassign(holder=holder, to=holder, until=pickup.deadline)
    step = note_step(pickup, before="", by=by)
    pickup_placed.send(sender=Pickup, pickup=pickup, step=step)
    return pickup


def asked_for(order: Order, said: Mapping[str, Any]) -> Asked:
    """What a checkout said, with what the order knows where it said nothing."""
    user: Any = order.user
    known: dict[str, Any] = {
        "name": user.get_full_name() if user else "",
        "email": order.email or "",
        "language": get_language() or "",
    }
    return Asked(**known | {key: said[key] for key in said if key in Asked.__dataclass_fields__})


def _known(order: Order) -> Pickup | None:
    return Pickup.objects.select_related("store__partner").filter(pk=order.pk).first()


def _planned(order: Order, store: Store, asked: Asked) -> Pickup:
    now = timezone.now()
    promised_at = take_slot(store=store, asked=asked.promised_at, now=now)
    pickup = Pickup(
        order=order,
        store=store,
        pay_in_store=asked.pay_in_store,
        placed_at=now,
        promised_at=promised_at,
        deadline=(promised_at or now) + kept_for(),
        name=asked.name[:255],
        email=asked.email,
        phone=asked.phone[:32],
        language=asked.language[:16],
    )
    put_code(pickup)
    return pickup


def _written(pickup: Pickup) -> bool:
    """Write it unless its order has one or its code is taken; whether it was written."""
    if _taken_before(pickup):
        return False
    Pickup.objects.bulk_create([pickup], ignore_conflicts=True)
    mine = Pickup.objects.filter(pk=pickup.pk, token_hash=pickup.token_hash).exists()
    pickup._state.adding = not mine
    return mine


def _taken_before(pickup: Pickup) -> bool:
    """Whether the store gave this code under an older key: the constraint sees one key's hashes only."""
    older = code_hashes(code_of(pickup))[1:]
    return bool(older) and Pickup.objects.open().filter(store=pickup.store_id, code_hash__in=older).exists()
