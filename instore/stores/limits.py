"""Counting requests without asking the cache about each."""

from typing import Final

from django.core.cache import cache

from omni_sync.limits import Limit

STEP: Final = 20
MOST_KEYS: Final = 10_000


class SampledLimit(Limit):
    """A Limit that tells the shared cache of every twentieth request of a key, and counts those between in the process.

    The first request of a stretch is told at once. A process may let nineteen more pass than the limit says; in return
    a request does not wait for the cache.
    """

    def __init__(self, name: str, *, most: int, seconds: int) -> None:
        super().__init__(name, most=most, seconds=seconds)
        self._seen: dict[str, tuple[int, int]] = {}  # by key: what the cache said, and what it was not told yet

    def _count(self, key: str) -> int:
        said, untold = self._seen.get(key, (0, 0))
        untold += 1
        if not said or untold >= STEP:
            said, untold = self._tell(key, untold, is_first=not said), 0
            if len(self._seen) > MOST_KEYS:
                self._seen.clear()
        self._seen[key] = said, untold
        return said + untold

    def _tell(self, key: str, requests: int, *, is_first: bool) -> int:
        if is_first:
            cache.add(key, 0, timeout=2 * self.seconds)
        try:
            return cache.incr(key, requests)
        except ValueError:  # the cache was emptied in between
            cache.add(key, requests, timeout=2 * self.seconds)
            return requests
