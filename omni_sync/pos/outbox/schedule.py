"""When to try again (Standard Webhooks): ten times within about three days, later where the receiver asks for it."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Final

from omni_sync.outside import LONGEST_WISH

#: The pause after the first failure, the second, …; the first attempt of all is at once.
PAUSES: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
JITTER: Final = 0.2  # of the pause, up or down: those who failed together don't come back together


def pause_after(failures: int, *, wished: timedelta | None = None) -> timedelta | None:
    """How long to leave a receiver alone after so many failures of one event; None when it was tried often enough.

    ``wished`` is what it asked for itself: never earlier than that, though a day at most.
    """
    if failures > len(PAUSES):
        return None
    pause = PAUSES[failures - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    return max(pause, min(wished or timedelta(0), LONGEST_WISH))
