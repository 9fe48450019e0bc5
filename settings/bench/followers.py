"""Tills that sell at a pace, and pages that are open meanwhile: how long until they hear of it."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

import redis.asyncio as redis
from django.conf import settings

from omni_sync.live.place import channel
from omni_sync.live.token import issue
from settings.bench.addresses import EMPTY
from settings.bench.load import LENGTH, get
from settings.bench.rows import percentile

Sale = tuple[str, bytes]  # the topic it changes, and the request that tells it
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]

TILLS: Final = 8  # connections; each tells one sale at a time
PATIENCE: Final = 10.0


@dataclass
class Heard:
    """When a sale of each topic was told, and how long until somebody heard of it."""

    told: dict[str, deque[float]] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    sales: int = 0
    events: int = 0
    looks: int = 0
    refused: int = 0

    @classmethod
    def of(cls, rounds: Iterable[Heard]) -> Heard:
        """All of them together."""
        total = cls()
        for one in rounds:
            total.milliseconds += one.milliseconds
            total.sales += one.sales
            total.events += one.events
            total.looks += one.looks
            total.refused += one.refused
        return total

    def tell(self, topic: str) -> None:
        self.sales += 1
        self.told.setdefault(topic, deque()).append(time.perf_counter())

    def hear(self, topic: str) -> None:
        """An event answers the oldest sale of its topic that none has answered yet."""
        self.events += 1
        if waiting := self.told.get(topic):
            self.milliseconds.append(1000 * (time.perf_counter() - waiting.popleft()))

    def percentile(self, share: int) -> float:
        """So much of a hundred were heard of within these milliseconds."""
        return percentile(self.milliseconds or [1000 * PATIENCE], share)

    async def settle(self) -> None:
        """Wait for what is still on its way."""
        until = time.monotonic() + PATIENCE
        while any(self.told.values()) and time.monotonic() < until:
            await asyncio.sleep(0.01)


async def followed(port: int, topics: Sequence[str], sales: Sequence[Sale], per_second: int) -> Heard:
    """Tell ``sales`` while every topic has a page open."""
    heard = Heard()
    begun = [asyncio.Event() for _ in topics]
    pages = [asyncio.create_task(_follow(port, topic, heard, on)) for topic, on in zip(topics, begun, strict=True)]
    try:
        await asyncio.wait_for(asyncio.gather(*(on.wait() for on in begun)), PATIENCE)
        await _tell(port, sales, per_second, heard, 202, _nothing_more)
        await heard.settle()
    finally:
        await _stop(pages)
    return heard


async def plainly(port: int, sales: Sequence[Sale], per_second: int) -> Heard:
    """The same way with nothing of ours on it: a body is taken, a word said, a word heard."""
    heard, there = Heard(), f"{channel()}:floor"
    async with redis.Redis.from_url(settings.REDIS_URL) as client, client.pubsub() as subscription:
        await subscription.subscribe(there)
        await subscription.get_message(timeout=PATIENCE)

        async def listen() -> None:
            async for message in subscription.listen():
                if message["type"] == "message":
                    heard.hear(message["data"].decode())

        async def say(topic: str) -> None:
            await client.publish(there, topic)

        listening = asyncio.create_task(listen())
        bodies = [(topic, f"POST {EMPTY}".encode() + told[told.index(b" HTTP/1.1") :]) for topic, told in sales]
        await _tell(port, bodies, per_second, heard, 200, say)
        await heard.settle()
        await _stop([listening])
    return heard


async def _follow(port: int, topic: str, heard: Heard, begun: asyncio.Event) -> None:
    """A page that is open: it reads its stream, event by event."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(get(f"/live/?t={quote(issue([topic]))}"))
    event = b""
    while line := await reader.readline():
        if line.startswith(b"event: "):
            event = line[7:].strip()
        elif line.startswith(b"data: ") and event == b"changed":
            for changed in json.loads(line[6:]):
                heard.hear(changed)
        elif line.startswith(b"data: "):
            heard.looks += begun.is_set()  # the first look is at the beginning
            begun.set()


async def _tell(
    port: int,
    sales: Sequence[Sale],
    per_second: int,
    heard: Heard,
    good: int,
    then: Callable[[str], Awaitable[None]],
) -> None:
    """Each sale at its time, whether or not those before it were answered, as long as a till is free."""
    tills: asyncio.Queue[Line] = asyncio.Queue()
    for _ in range(TILLS):
        tills.put_nowait(await asyncio.open_connection("127.0.0.1", port))

    async def tell(sale: Sale, wait: float) -> None:
        await asyncio.sleep(wait)
        topic, request = sale
        heard.tell(topic)  # waiting for a free till counts
        till = await tills.get()
        heard.refused += await _ask(till, request) != good
        tills.put_nowait(till)
        await then(topic)

    await asyncio.gather(*(tell(sale, number / per_second) for number, sale in enumerate(sales)))
    while not tills.empty():
        tills.get_nowait()[1].close()


async def _ask(till: Line, request: bytes) -> int:
    """The status of the answer."""
    reader, writer = till
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    await reader.readexactly(int(length[1]) if length else 0)
    return int(head[9:12])


async def _nothing_more(topic: str) -> None:
    """The till has its answer; who follows hears from the shop."""


async def _stop(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
