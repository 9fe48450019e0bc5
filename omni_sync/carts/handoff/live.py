from __future__ import annotations

from django.db import transaction

from omni_sync.live.place import address
from omni_sync.live.publish import publish


def hand_off_topic(hand_off_id: int) -> str:
    """One hand-off: the giving device waits for it."""
    return f"hand-off-{hand_off_id}"


def tell_giver(hand_off_id: int) -> None:
    """It was taken, or is back: told after commit."""
    if address() is not None:
        transaction.on_commit(lambda: publish([hand_off_topic(hand_off_id)]), robust=True)
