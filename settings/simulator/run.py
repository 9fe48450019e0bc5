"""The loop: one thing happens, is told until it was taken, and then some seconds pass. Nothing ever queues up."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Final, Protocol

import structlog
from django.db import DatabaseError, close_old_connections

from settings.simulator import switch
from settings.simulator.door import Later, Refused
from settings.simulator.kept import Kept

log = structlog.get_logger(__name__)

FASTEST: Final = 4.0
SLOWEST: Final = 8.0
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
Event = dict[str, Any]


class Takes(Protocol):
    """Whom events are told."""

    def send(self, event: Event) -> None:
        """Return when it was taken. Raises Later and Refused."""


class Simulator:
    """Tells what ``happens`` to ``door``, one event at a time.

    ``wait`` waits so many seconds and says whether to end. After an outage it goes on at its own pace: what was not
    sold meanwhile was never sold.
    """

    def __init__(
        self,
        *,
        door: Callable[[], Takes],
        happens: Callable[[], Event | None],
        kept: Kept,
        wait: Callable[[float], bool],
        chance: random.Random | None = None,
    ) -> None:
        self._open = door
        self._door: Takes | None = None
        self._happens = happens
        self._kept = kept
        self._wait = wait
        self._chance = chance or random.Random()  # noqa: S311  no secret
        self._failures = 0
        self._on = True
        self.taken = 0
        self.refused = 0

    def run(self) -> None:
        """Go on until ``wait`` says to end."""
        event = self._kept.read()
        while True:
            event, pause = self._turn(event)
            switch.say_seen({"taken": self.taken, "refused": self.refused, "failures": self._failures})
            if self._wait(pause):
                return

    def _turn(self, event: Event | None) -> tuple[Event | None, float]:
        """Tell ``event``, or what happens now, once: what is still to be told, and the seconds until the next turn."""
        try:
            event = event or self._next()
            if event is not None:
                self._tell(event)
        except Later as refusal:
            return event, self._after(str(refusal), refusal.seconds or 0.0)
        except (DatabaseError, OSError) as trouble:
            return event, self._after(type(trouble).__name__)
        self._failures = 0
        return None, self._chance.uniform(FASTEST, SLOWEST)

    def _next(self) -> Event | None:
        """What happens now, written down; None while the switch is off or nothing can happen."""
        self._on = switch.is_on(unless_known=self._on)
        close_old_connections()
        event = self._happens() if self._on else None
        if event is not None:
            self._kept.write(event)
        return event

    def _tell(self, event: Event) -> None:
        self._door = self._door or self._open()
        try:
            self._door.send(event)
            self.taken += 1
        except Refused as refusal:
            log.error("an event was refused", event_id=event["id"], type=event["type"], reason=str(refusal))
            self.refused += 1
        self._kept.strike()

    def _after(self, reason: str, asked: float = 0.0) -> float:
        """Longer each time, with jitter, and never sooner than the door asked for. The secret may be a new one."""
        self._failures += 1
        self._door = None
        log.warning("not taken, will be told again", reason=reason, failures=self._failures)
        longest = min(FIRST_WAIT * 2.0 ** min(self._failures - 1, 10), LONGEST_WAIT)
        return max(asked, longest * self._chance.uniform(0.5, 1.0))
