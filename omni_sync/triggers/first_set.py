"""What this room brings."""

from __future__ import annotations

from omni_sync.messages.journeys.trigger import register
from omni_sync.triggers import how_was_it, welcome


def register_all() -> None:
    """Let journeys begin with them."""
    register(welcome.TRIGGER, how_was_it.TRIGGER)
