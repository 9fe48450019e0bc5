"""When goods may be collected, as the checkout's last page offers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from omni_sync.checkout.signals import times_asked


@dataclass(frozen=True, slots=True)
class Time:
    """A stretch in which somebody may come, in the zone of the place; ``day`` and ``words`` are the reader's."""

    at: datetime
    until: datetime
    day: str
    words: str

    @property
    def value(self) -> str:
        """What the form says of it."""
        return self.at.isoformat()


def times_of(basket: Any) -> Sequence[Time]:
    """What there is to choose from, the soonest first; empty where there is nothing to choose."""
    answers: Sequence[tuple[object, Any]] = times_asked.send(sender=type(basket), basket=basket)
    return next((times for _, times in answers if times), ())
