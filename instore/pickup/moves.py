"""The life of a pickup: every way from one state to another is in ``MOVES``, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model
from django.dispatch import Signal
from django.utils import timezone

from instore.pickup.exceptions import WrongState
from instore.pickup.models import OPEN, Pickup, PickupLine, PickupStep, State
from instore.pickup.signals import pickup_cancelled, pickup_collected, pickup_expired, pickup_ready
from omni_sync.oscar.models import OrderLine
from omni_sync.stock import ledger
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class By:
    """Who did it, by account or by name, and from where: a device, the web, a till."""

    place: str
    user: AbstractBaseUser | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A way to ``to`` from any of ``starts``; ``sends`` tells of it."""

    starts: frozenset[State]
    to: State
    sends: Signal | None = None


MOVES: Final = {
    "begin": Move(frozenset({State.PLACED}), State.PICKING),
    "mark_ready": Move(frozenset({State.PICKING}), State.READY, pickup_ready),
    "hand_over": Move(frozenset({State.READY}), State.COLLECTED, pickup_collected),
    # What a till handed over is a fact, wherever we believed the goods to be.
    "follow_till": Move(
        frozenset({State.PLACED, State.PICKING, State.READY, State.EXPIRED}), State.COLLECTED, pickup_collected
    ),
    "cancel": Move(frozenset({State.PLACED, State.PICKING, State.READY}), State.CANCELLED, pickup_cancelled),
    "expire": Move(frozenset({State.READY}), State.EXPIRED, pickup_expired),
    "put_back": Move(frozenset({State.EXPIRED}), State.PUT_BACK),
}


@inside_transaction
def take_turn(pickup_id: int, *, with_goods: bool = False) -> Pickup:
    """Wait until nobody else changes the pickup, and read it as it is now.

    ``with_goods`` locks the levels of its goods first, as a till does: whoever ends promises waits there, and nobody
    has the pickup while waiting for a level.
    """
    if with_goods:
        records = OrderLine.objects.filter(order=pickup_id).exclude(stockrecord=None)
        ledger.lock(set(records.values_list("stockrecord_id", flat=True)))
    # no_key: a step that is being written refers to this row, and must not have to wait for us.
    rows = Pickup.objects.select_for_update(no_key=True, of=("self",)).select_related("order", "store__partner")
    return rows.get(pk=pickup_id)


@inside_transaction
def move(pickup: Pickup, verb: str, *, by: By, note: str = "", **fields: Any) -> PickupStep:
    """Take ``pickup`` where ``verb`` leads, note the step and tell of it.

    One conditional UPDATE: of two at once one wins. Raises WrongState for the other; nothing is changed then.
    """
    way = MOVES[verb]
    before = pickup.state
    if way.to not in OPEN:
        fields["ended_at"] = timezone.now()
    won = before in way.starts and Pickup.objects.filter(pk=pickup.pk, state=before).update(state=way.to, **fields)
    if not won:
        raise WrongState(Pickup.objects.values_list("state", flat=True).get(pk=pickup.pk), way.to.value)
    pickup.state = way.to.value
    for name, value in fields.items():
        setattr(pickup, name, value)
    step = note_step(pickup, before=before, by=by, note=note)
    if way.sends:
        way.sends.send(sender=Pickup, pickup=pickup, step=step)
    return step


def note_step(pickup: Pickup, *, before: str, by: By, note: str = "", line: PickupLine | None = None) -> PickupStep:
    """Add to the history that ``pickup`` came from ``before`` to where it is."""
    assert by.user is None or isinstance(by.user, Model)
    return PickupStep.objects.create(
        pickup=pickup,
        before=before,
        after=pickup.state,
        user_id=by.user.pk if by.user else None,
        who=by.who[:255],
        place=by.place[:128],
        line=line,
        note=note[:255],
    )
