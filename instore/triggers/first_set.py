"""What this room brings."""

from __future__ import annotations

from instore.triggers import cart_left, goes_with, on_my_list
from omni_sync.messages.journeys.trigger import register


def register_all() -> None:
    """Let journeys begin with them."""
    register(cart_left.TRIGGER, goes_with.TRIGGER, on_my_list.TRIGGER)
