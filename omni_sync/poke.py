"""A nudge to a worker: quick, and never felt when the broker is gone. Whatever it asks for, beat does anyway."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

import redis
import structlog
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from omni_sync.live.place import address, channel

log = structlog.get_logger(__name__)

PATIENCE: Final = 0.2  # seconds
FORGOTTEN: Final = 1000  # milliseconds after which a task that was asked for may be asked for again


def poke(task: Any, *args: Any) -> bool:
    """Ask a worker to run ``task`` soon; False when nobody could be asked."""
    try:
        task.apply_async(args=args, retry=False, expires=300)
    except Exception as failure:  # whatever kind of error the broker's client raises, the work itself is safe
        log.warning("poke lost", task=task.name, reason=str(failure))
        return False
    return True


def poke_once(task: Any) -> bool:
    """``poke`` for a task that looks for its work by itself: while one is asked for and has not begun, it is enough.

    Such a task says ``begin`` before it looks, so that it sees whatever was written before a poke that was left out.
    """
    url = address()
    try:
        is_first = url is None or _server(url).set(_mark(task), 1, nx=True, px=FORGOTTEN)
    except (RedisError, OSError) as failure:
        log.warning("poke lost", task=task.name, reason=str(failure))
        return False
    return poke(task) if is_first else True


def begin(task: Any) -> None:
    """From here on the task may be asked for again."""
    url = address()
    if url is not None:
        with suppress(RedisError, OSError):
            _server(url).delete(_mark(task))


def _mark(task: Any) -> str:
    return f"{channel()}:asked:{task.name}"


@lru_cache(maxsize=4)
def _server(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )
