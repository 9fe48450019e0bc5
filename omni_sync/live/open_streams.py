"""How many streams are open, over all server processes: each says its number at every heartbeat."""

from __future__ import annotations

import os
import socket
import time
from typing import Final

import redis
import redis.asyncio
from redis.exceptions import RedisError

from omni_sync.live.place import SECONDS, address, channel

FRESH: Final = 45  # seconds that a process counts after its last word


def _key() -> str:
    return f"{channel()}:open"


async def note(count: int) -> None:
    """Remember this process's number, and forget processes that say nothing any more."""
    async with redis.asyncio.Redis.from_url(
        address() or "", socket_connect_timeout=SECONDS, socket_timeout=SECONDS
    ) as client:
        who, now, key = f"{socket.gethostname()}:{os.getpid()}", int(time.time()), _key()
        said = await client.hgetall(key)
        async with client.pipeline(transaction=False) as pipe:
            pipe.hset(key, who, f"{count} {now}")
            for field, value in said.items():
                if not _is_fresh(value, now):
                    pipe.hdel(key, field)
            pipe.expire(key, 2 * FRESH)
            await pipe.execute()


def total() -> int | None:
    """All of them, as of the last heartbeats; None when nobody can say."""
    url = address()
    if url is None:
        return None
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS) as client:
            said = client.hgetall(_key())
    except (RedisError, OSError):
        return None
    now = int(time.time())
    return sum(int(value.split()[0]) for value in said.values() if _is_fresh(value, now))


def _is_fresh(value: bytes | str, now: int) -> bool:
    return now - int(value.split()[1]) < FRESH
