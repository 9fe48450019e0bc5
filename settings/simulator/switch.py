"""Whether the simulated tills sell, and when they were last heard of: kept where every process sees it."""

from __future__ import annotations

from typing import Any, Final

from django.core.cache import cache
from redis.exceptions import RedisError

OFF: Final = "simulator:off"
SEEN: Final = "simulator:seen"
SECONDS: Final = 30


def turn(*, on: bool) -> None:
    """Let the tills sell, or stop; they take notice within some seconds. Begun anew, the demo sells."""
    if on:
        cache.delete(OFF)
    else:
        cache.set(OFF, 1, timeout=None)


def is_on(*, unless_known: bool = True) -> bool:
    """Whether they are to sell; ``unless_known`` while nobody can be asked."""
    try:
        return cache.get(OFF) is None
    except (RedisError, OSError):
        return unless_known


def say_seen(figures: dict[str, Any]) -> None:
    """Be heard of for half a minute, with what was done so far; unheard while the cache is gone."""
    try:
        cache.set(SEEN, figures, SECONDS)
    except (RedisError, OSError):
        return


def seen() -> dict[str, Any] | None:
    """What the running simulator said of itself; None when none runs."""
    try:
        figures: dict[str, Any] | None = cache.get(SEEN)
    except (RedisError, OSError):
        return None
    return figures
