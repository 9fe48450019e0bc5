"""When an order may be collected: stretches of opening hours, each for so many pickups as the store can prepare.

Stretches are counted from when a span of hours begins, ``slot_minutes`` long; the last one ends with its span. The
first that can be reached begins when the goods can be there: what the shopper was told before choosing the store.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from instore.pickup.exceptions import SlotFull, SlotGone
from instore.pickup.models import Pickup
from instore.stores.models import Store
from instore.stores.promise import HORIZON_DAYS, collect_from
from omni_sync.transactions import inside_transaction

DAYS: Final = 3
NO_LIMIT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch in which the goods can be collected, in the store's own zone.

    ``left`` is how many more pickups it takes, NO_LIMIT where the store sets none.
    """

    at: datetime
    until: datetime
    left: int


@dataclass(frozen=True, slots=True)
class _Stretch(Slot):
    """A slot whose goods come later than it begins has begun ``since`` then."""

    since: datetime


def free_slots(*, store: Store, now: datetime, days: int = DAYS) -> list[Slot]:
    """The slots with room, in order, for goods asked for at ``now``: one query.

    ``days`` are counted from the first on which they can be collected. Empty where the store never opens within two
    months, or has no room on any of those days.
    """
    return [Slot(slot.at, slot.until, slot.left) for slot in _slots(store, now, days) if slot.left]


@inside_transaction
def take_slot(*, store: Store, asked: datetime | None, now: datetime) -> datetime | None:
    """What to promise a pickup that is placed in this transaction. Others of the store wait until it is over.

    ``asked`` is any instant of a slot; where the goods come later in that slot, they are promised for then. None asks
    for the first slot with room; the answer is None where the store does not open.
    Raises SlotGone where ``asked`` is in no slot any more, and SlotFull where its slot, or every one, is full; both
    name the next that is free.
    """
    store = _in_turn(store)
    slots = _slots(store, now, HORIZON_DAYS)
    if asked is None:
        return _first(slots, store)
    slot = next((slot for slot in slots if asked < slot.until), None)
    if slot is None or asked < slot.since:
        free = free_slots(store=store, now=now, days=HORIZON_DAYS)
        raise SlotGone(store, asked, free[0].at if free else None)
    if not slot.left:
        raise SlotFull(store, asked, next((later.at for later in slots if later.left), None))
    return max(asked, slot.at)


def _in_turn(store: Store) -> Store:
    """``store`` as it is now, which nobody else places a pickup at before we are done.

    Whoever places an order has locked its levels before.
    """
    # no_key: rows that refer to the store need not wait.
    rows = Store.objects.select_for_update(no_key=True, of=("self",)).select_related("partner__location")
    return rows.get(pk=store.pk)


def _first(slots: Iterator[_Stretch], store: Store) -> datetime | None:
    slot = None
    for slot in slots:
        if slot.left:
            return slot.at
    if slot is not None:
        raise SlotFull(store, None, None)
    return None


def _slots(store: Store, now: datetime, days: int) -> Iterator[_Stretch]:
    ready = collect_from(store, now)
    if ready is None:
        return
    zone = ZoneInfo(store.partner.location.timezone)
    length = timedelta(minutes=store.slot_minutes)
    taken: list[datetime] | None = None
    for start, end in store.hours.spans(after=ready, zone=zone, days=days):
        since = start + max((ready - start) // length, 0) * length
        if taken is None:
            taken = _taken(store, since)
        while since < end:
            until = min(since + length, end)
            left = NO_LIMIT
            if store.pickup_capacity is not None:
                there = bisect_left(taken, until) - bisect_left(taken, since)
                left = max(store.pickup_capacity - there, 0)
            yield _Stretch(max(since, ready).astimezone(zone), until.astimezone(zone), left, since)
            since = until


def _taken(store: Store, since: datetime) -> list[datetime]:
    """When those who are expected from ``since`` on were promised their goods."""
    rows = Pickup.objects.open().filter(store=store.pk, promised_at__gte=since).order_by("promised_at")
    return [at for at in rows.values_list("promised_at", flat=True) if at]
