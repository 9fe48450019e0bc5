from __future__ import annotations

import time
from typing import Final

from omni_sync.poke import poke
from omni_sync.pos.outbox.models import Endpoint

AT_MOST_EVERY: Final = 0.2  # seconds: a busy till is pushed in batches
LOOK_AGAIN: Final = 5.0  # seconds after which a shop that nobody listened to is asked again


class Bell:
    """Asks for a pusher, not more often than it helps, and not at all where nobody listens."""

    def __init__(self) -> None:
        self.silent_until = 0.0

    def ring(self) -> bool:
        """Whether a worker was asked."""
        now = time.monotonic()
        if now < self.silent_until:
            return False
        self.silent_until = now + AT_MOST_EVERY
        if not Endpoint.objects.filter(stopped_at=None).exists():
            self.silent_until = now + LOOK_AGAIN
            return False
        from omni_sync.pos.outbox.tasks import push_events

        return poke(push_events)


bell = Bell()


def wake_a_pusher() -> None:
    """What a transaction that told something does after its commit."""
    bell.ring()
