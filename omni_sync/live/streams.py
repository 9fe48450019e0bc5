"""``GET /live/?t=TOKEN``: server-sent events, answered before Django; no database, no session, no thread.

Events are ``changed`` (data: ``["stock-7", …]``), ``refresh`` (anything may have changed: sent at the beginning and
whenever the subscription was renewed) and ``expired`` (get a fresh token by reading your fragments, then come back).
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qs

from omni_sync.live.asgi import Application, Header, Message, Receive, Scope, Send, gone, part, refuse, start
from omni_sync.live.hub import HEARTBEAT, Hub, Stream
from omni_sync.live.token import Token, TokenRefused, read

PATH: Final = "/live/"
MOST_STREAMS: Final = 2_000  # of one process
MOST_TOKENS: Final = 20  # of one page
STUCK: Final = 10.0  # seconds that a reader may keep us waiting
RETRY: Final = (1_000, 4_000)  # milliseconds until a browser comes back
BEAT: Final = b": still here\n\n"
HEADERS: Final[list[Header]] = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Stuck(Exception):
    """The reader takes nothing."""


class Streams:
    """The ASGI application that answers ``PATH``."""

    def __init__(self, *, most: int = MOST_STREAMS) -> None:
        self.hub = Hub()
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await refuse(send, 405, "Not allowed", "Streams are read with GET.", (b"allow", b"GET"))
            return
        if len(self.hub.streams) >= self.most:
            seconds = str(random.randint(5, 30)).encode()  # noqa: S311 - only spreads them
            await refuse(send, 503, "Busy", "Too many streams are open here.", (b"retry-after", seconds))
            return
        try:
            tokens = _tokens(scope)
        except TokenRefused as refusal:
            await refuse(send, 403, "Refused", f"{type(refusal).__name__}: read the page again for a fresh token.")
            return
        await self._stream(tokens, receive, send)

    async def _stream(self, tokens: list[Token], receive: Receive, send: Send) -> None:
        self.hub.begin()
        stream = Stream(frozenset().union(*(token.topics for token in tokens)))
        departure = asyncio.ensure_future(gone(receive))
        departure.add_done_callback(lambda _: stream.leave())
        self.hub.add(stream)
        try:
            await _tell(stream, min(token.expires_at for token in tokens), send)
        except Stuck:
            await _abandon(send)
        finally:
            self.hub.remove(stream)
            departure.cancel()


def with_streams(application: Application, **limits: Any) -> Application:
    """``application`` with the streams before it; it answers every other address."""
    streams = Streams(**limits)

    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(streams.hub, receive, send)
        elif scope["type"] == "http" and scope["path"] == PATH:
            await streams(scope, receive, send)
        else:
            await application(scope, receive, send)

    return both


async def _live(hub: Hub, receive: Receive, send: Send) -> None:
    """From the server's start to its end; the hub begins to listen with its first stream."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            await hub.end()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _tokens(scope: Scope) -> list[Token]:
    given = parse_qs(scope["query_string"].decode("latin-1")).get("t", [])[:MOST_TOKENS]
    if not given:
        raise TokenRefused
    return [read(token) for token in given]


async def _tell(stream: Stream, expires_at: datetime, send: Send) -> None:
    """Until the reader leaves, or its time is over."""
    await _within(send, start(200, HEADERS))
    end = time.monotonic() + (expires_at - datetime.now(UTC)).total_seconds()
    words = f"retry: {random.randint(*RETRY)}\n\n".encode()  # noqa: S311 - only spreads them
    while (left := end - time.monotonic()) > 0:
        words += b"".join(_events(stream))
        await _within(send, part(words or BEAT, more=True))
        try:
            async with asyncio.timeout(min(HEARTBEAT, left)):
                await stream.bell.wait()
        except TimeoutError:
            pass
        if stream.has_left:
            await _within(send, part(b"", more=False))  # the server ends; somebody who hung up hears nothing
            return
        words = b""
    await _within(send, part(b"event: expired\ndata: {}\n\n", more=False))


def _events(stream: Stream) -> Iterator[bytes]:
    must_look, changed = stream.take()
    if must_look:
        yield b"event: refresh\ndata: {}\n\n"
    elif changed:
        yield b"event: changed\ndata: " + json.dumps(changed).encode() + b"\n\n"


async def _within(send: Send, message: Message) -> None:
    try:
        async with asyncio.timeout(STUCK):
            await send(message)
    except TimeoutError:
        raise Stuck from None


async def _abandon(send: Send) -> None:
    """Hang up on who reads nothing: a polite end would wait in the same queue."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0)  # the server hears of it
