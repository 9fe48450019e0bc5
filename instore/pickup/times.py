"""The slots of a store, as its checkout offers them."""

from __future__ import annotations

from datetime import datetime

from instore.pickup.slots import Slot, free_slots
from instore.stores.models import Store
from instore.stores.words import clock_words, day_words, span_words
from omni_sync.checkout.times import Time


def times_at(store: Store, now: datetime) -> list[Time]:
    """Every slot with room of the next days, for goods asked for at ``now``."""
    return [_time(slot, now) for slot in free_slots(store=store, now=now)]


def _time(slot: Slot, now: datetime) -> Time:
    words = span_words(clock_words(slot.at), clock_words(slot.until))
    return Time(slot.at, slot.until, day_words(slot.at, now), words)
