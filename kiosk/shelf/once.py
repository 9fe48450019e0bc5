"""A form that is sent twice, by a second tap on a slow line, acts once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.core.cache import cache
from redis.exceptions import RedisError

NONCE: Final = re.compile(r"[\w-]{16,64}", re.ASCII)
KEPT: Final = 60 * 60  # seconds, longer than a page lies open


@contextmanager
def once(nonce: str) -> Iterator[bool]:
    """Whether what has this nonce is done now for the first time; it is not done where the block raises.

    It fails open: while the cache does not answer, and for a form without a nonce, every time is the first.
    """
    key = f"shelf-form:{nonce}"
    if not NONCE.fullmatch(nonce):
        yield True
        return
    try:
        is_first = cache.add(key, 1, timeout=KEPT)
    except (RedisError, OSError):
        is_first = True
    try:
        yield is_first
    except BaseException:
        if is_first:
            _forget(key)
        raise


def _forget(key: str) -> None:
    try:
        cache.delete(key)
    except (RedisError, OSError):
        return
