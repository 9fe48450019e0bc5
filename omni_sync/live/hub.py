"""All streams of one server process, and the one subscription that feeds them."""

from __future__ import annotations

import asyncio
import json
import random
import time
from contextlib import suppress
from typing import Any, Final

import redis.asyncio as redis
import structlog
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from omni_sync.live.open_streams import note
from omni_sync.live.place import SECONDS, address, channel

log = structlog.get_logger(__name__)

HEARTBEAT: Final = 15.0
ASK: Final = 5.0  # seconds of silence after which the server is asked whether it is still there
SILENT: Final = 12.0  # seconds of silence after which it is not
PAUSES: Final = (0.1, 2.0)
AGAIN: Final = 0.5  # seconds until who did not hear that it is over is told again


class Stream:
    """One reader and what it has not been told yet: never more than its topics, however slow it is."""

    __slots__ = ("bell", "changed", "has_left", "must_look", "topics")

    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics
        self.changed: set[str] = set()
        self.must_look = True
        self.has_left = False
        self.bell = asyncio.Event()

    def tell(self, topic: str) -> None:
        self.changed.add(topic)
        self.bell.set()

    def look(self) -> None:
        """Anything may have changed."""
        self.must_look = True
        self.bell.set()

    def leave(self) -> None:
        self.has_left = True
        self.bell.set()

    def take(self) -> tuple[bool, list[str]]:
        """Whether to look at everything, else at which topics; afterwards there is nothing to tell."""
        self.bell.clear()
        must_look, self.must_look = self.must_look, False
        changed, self.changed = sorted(self.changed), set()
        return must_look, changed


class Hub:
    """Who follows what. It lives in one event loop."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.followers: dict[str, set[Stream]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._is_down = False

    def begin(self) -> None:
        """Listen, if nobody does yet."""
        if not self._tasks and address() is not None:
            self._tasks = [asyncio.create_task(self._listen_on()), asyncio.create_task(self._count_on())]

    async def end(self) -> None:
        """Let everybody go.

        A task that was just sending may not hear that it is cancelled: up to Python 3.11 ``asyncio.wait_for``, by which
        the client of Redis sends, answers instead if what it waited for is done by then.
        """
        for stream in self.streams:
            stream.leave()
        left = set(self._tasks)
        while left:
            for task in left:
                task.cancel()
            _, left = await asyncio.wait(left, timeout=AGAIN)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    def add(self, stream: Stream) -> None:
        self.streams.add(stream)
        for topic in stream.topics:
            self.followers.setdefault(topic, set()).add(stream)

    def remove(self, stream: Stream) -> None:
        self.streams.discard(stream)
        for topic in stream.topics:
            following = self.followers.get(topic)
            if following is not None:
                following.discard(stream)
                if not following:
                    del self.followers[topic]

    def hear(self, message: dict[str, Any]) -> None:
        """One message of the channel; (re)subscribed means that others may have been missed."""
        if message["type"] == "subscribe":
            self._look_all()
        elif message["type"] == "message":
            said = json.loads(message["data"])
            if said.get("everything"):
                self._look_all()
            for topic in said.get("topics", ()):
                for stream in self.followers.get(topic, ()):
                    stream.tell(topic)

    def _look_all(self) -> None:
        for stream in self.streams:
            stream.look()

    async def _listen_on(self) -> None:
        """For ever; streams stay open while the server is away."""
        shortest, longest = PAUSES
        pause = shortest
        while True:
            began = time.monotonic()
            try:
                await self._listen()
            except (RedisError, OSError, ValueError) as reason:
                self._note_down(reason)
            pause = shortest if time.monotonic() - began > longest else min(2 * pause, longest)
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - servers don't all come at once

    async def _listen(self) -> None:
        client = redis.Redis.from_url(
            address() or "", socket_connect_timeout=SECONDS, socket_timeout=SECONDS, retry=Retry(NoBackoff(), 0)
        )
        async with client, client.pubsub() as subscription:
            await subscription.subscribe(channel())
            heard = time.monotonic()
            while True:
                message = await subscription.get_message(timeout=ASK)
                if message is not None:
                    heard = time.monotonic()
                    self._note_up()
                    self.hear(message)
                elif time.monotonic() - heard > SILENT:
                    raise TimeoutError("no answer")
                else:
                    await subscription.ping()

    async def _count_on(self) -> None:
        """Say how many streams are open here, for the metrics."""
        while True:
            with suppress(RedisError, OSError):
                await note(len(self.streams))
            await asyncio.sleep(HEARTBEAT)

    def _note_down(self, reason: Exception) -> None:
        if not self._is_down:
            log.warning("live updates are not heard", reason=str(reason) or type(reason).__name__)
        self._is_down = True

    def _note_up(self) -> None:
        if self._is_down:
            log.info("live updates are heard again")
        self._is_down = False
