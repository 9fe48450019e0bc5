"""So many requests in a stretch of time, counted in the shared cache."""

import ipaddress
import time
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

PAUSE: Final = 5.0  # seconds without counting after the cache failed to answer
HOME: Final = 64  # bits of an IPv6 address that one household shares: it may use all the others


def caller(request: HttpRequest) -> str:
    """Whom to count a request for: the address it came from, of IPv6 the network; empty where there is none.

    It is what the web server says. That believes X-Forwarded-For only from the proxies it was told to trust.
    """
    said = str(request.META.get("REMOTE_ADDR") or "")
    try:
        address = ipaddress.ip_address(said.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, HOME), strict=False).network_address)


class Limit:
    """At most ``most`` requests of each key in ``seconds`` of the clock.

    It fails open: while the cache does not answer everybody is let in, and it is not asked again for some seconds so
    that nobody waits for it.
    """

    def __init__(self, name: str, *, most: int, seconds: int) -> None:
        self.name = name
        self.most = most
        self.seconds = seconds
        self._silent_until = 0.0

    def refusal(self, key: str, *, of: str = "") -> int | None:
        """None when this request may pass; else the seconds after which to try again.

        ``of``: what it asks for; who may have that may have it again in the same stretch without being counted.
        """
        if time.monotonic() < self._silent_until:
            return None
        window, passed = divmod(int(time.time()), self.seconds)
        counted = f"limit:{self.name}:{key}:{window}"
        try:
            if of and cache.get(f"{counted}:{of}"):
                return None
            is_over = self._count(counted) > self.most
            if of and not is_over:
                cache.set(f"{counted}:{of}", 1, timeout=2 * self.seconds)
        except (RedisError, OSError):
            self._silent_until = time.monotonic() + PAUSE
            return None
        return self.seconds - passed if is_over else None

    def _count(self, key: str) -> int:
        try:
            return cache.incr(key)
        except ValueError:  # the first of this stretch
            cache.add(key, 0, timeout=2 * self.seconds)
        try:
            return cache.incr(key)
        except ValueError:  # the cache was emptied in between
            return 1
