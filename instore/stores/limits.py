"""So many requests a minute from one address, counted in the shared cache."""

import time
from typing import Final

from django.core.cache import cache
from redis.exceptions import RedisError

MINUTE: Final = 60
PAUSE: Final = 5.0  # seconds without counting after the cache failed to answer


class Limit:
    """At most ``per_minute`` requests of each key in one minute of the clock.

    It fails open: while the cache does not answer everybody is let in, and it is not asked again for some seconds so
    that nobody waits for it.
    """

    def __init__(self, name: str, *, per_minute: int) -> None:
        self.name = name
        self.per_minute = per_minute
        self._silent_until = 0.0

    def refusal(self, key: str) -> int | None:
        """None when this request may pass; else the seconds after which to try again."""
        if time.monotonic() < self._silent_until:
            return None
        minute, second = divmod(int(time.time()), MINUTE)
        try:
            seen = self._count(f"limit:{self.name}:{key}:{minute}")
        except (RedisError, OSError):
            self._silent_until = time.monotonic() + PAUSE
            return None
        return MINUTE - second if seen > self.per_minute else None

    @staticmethod
    def _count(key: str) -> int:
        try:
            return cache.incr(key)
        except ValueError:  # the first of this minute
            cache.add(key, 0, timeout=2 * MINUTE)
        try:
            return cache.incr(key)
        except ValueError:  # the cache was emptied in between
            return 1
