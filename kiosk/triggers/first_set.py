"""What this room brings."""

from __future__ import annotations

from kiosk.triggers import kiosk_list_left
from omni_sync.messages.journeys.trigger import register


def register_all() -> None:
    """Let journeys begin with it."""
    register(kiosk_list_left.TRIGGER)
