"""Devices as a benchmark plays them: browsers that ask for pages, and pages that follow what they show."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from settings.bench.load import LENGTH

IsThere = Callable[[bytes], bool]

PATIENCE: Final = 10.0
SPREAD: Final = 0.1  # seconds: live.js reads what many follow at a random instant of these, so that not all ask at once
CROWD: Final = b" data-crowd "
TOKEN: Final = re.compile(rb'data-live="([^"]+)"')
PLACE: Final = re.compile(rb"\r\nlocation: *(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: ``body`` is the page, ``location`` where it sends one instead."""

    body: bytes
    location: str = ""


class Refused(Exception):
    """What is asked here is never refused: something is wrong."""


class Browser:
    """One device: its cookies, and one connection that asks for one page at a time."""

    def __init__(self, port: int, *, cookie: str = "") -> None:
        self.port = port
        self.cookie = cookie
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, **headers: str) -> Page:
        return await self._ask(f"GET {path}", b"", headers)

    async def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Page:
        """A form."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._ask(f"POST {path}", urlencode(fields).encode(), form | headers)

    async def send(self, path: str, body: bytes, **headers: str) -> Page:
        """Bytes as they are."""
        return await self._ask(f"POST {path}", body, headers)

    async def follow(self, page: Page) -> Page:
        """Where ``page`` sends one; the page itself where it sends one nowhere."""
        return await self.get(page.location) if page.location else page

    async def listen(self, path: str) -> asyncio.StreamReader:
        """An answer that has no end."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._line = reader, writer
        writer.write(self._request(f"GET {path}", b"", {}))
        return reader

    def close(self) -> None:
        if self._line is not None:
            self._line[1].close()

    async def _ask(self, what: str, body: bytes, headers: Mapping[str, str]) -> Page:
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._line
        writer.write(self._request(what, body, headers))
        head = await reader.readuntil(b"\r\n\r\n")
        length, place = LENGTH.search(head), PLACE.search(head)
        whole = await reader.readexactly(int(length[1]) if length else 0)
        if head[9:10] not in b"23":
            raise Refused(what, int(head[9:12]), whole.decode())
        return Page(whole, place[1].decode() if place else "")

    def _request(self, what: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        said = {"Host": "localhost", "Accept": "text/html", "Accept-Language": "en"}
        said |= {"Cookie": self.cookie} if self.cookie else {}
        said |= {"Content-Length": str(len(body))} if body else {}
        lines = [f"{what} HTTP/1.1", *(f"{name}: {value}" for name, value in (said | dict(headers)).items())]
        return "\r\n".join([*lines, "", ""]).encode() + body


class Screen:
    """A page that is open. It hears what changed and reads itself again, as ``live.js`` and htmx do."""

    def __init__(self, port: int, path: str, *, every: float, cookie: str = "", **headers: str) -> None:
        self.path = path
        self.reads = 0
        self._every = every
        self._spread = 0.0
        self._headers = headers
        self._browser, self._stream = Browser(port, cookie=cookie), Browser(port, cookie=cookie)
        self._waiting: list[tuple[IsThere, asyncio.Future[float]]] = []
        self._bell = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Screen:
        """It is read, and follows."""
        page = await self._browser.get(self.path)
        token = TOKEN.search(page.body)
        if token is None:
            raise RuntimeError(f"{self.path} follows nothing")
        self._spread = SPREAD if CROWD in page.body else 0.0
        stream = await self._stream.listen(f"/live/?t={quote(token[1])}")
        await asyncio.wait_for(stream.readuntil(b"event: refresh\n"), PATIENCE)
        self._tasks = [asyncio.create_task(self._hear(stream)), asyncio.create_task(self._read_on())]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self._browser.close()
        self._stream.close()

    def shows(self, is_there: IsThere) -> Awaitable[float]:
        """When the page has it."""
        seen: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append((is_there, seen))
        return seen

    async def _hear(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            if line.startswith(b"data: ") and json.loads(line[6:]):
                self._bell.set()

    async def _read_on(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), self._every)
            await asyncio.sleep(random.uniform(0, self._spread))  # noqa: S311 - only spreads them
            self._bell.clear()  # what changes while it is read is read after it
            page = await self._browser.get(self.path, **{"HX-Request": "true"}, **self._headers)
            self._show(page)

    def _show(self, page: Page) -> None:
        self.reads += 1
        now = time.perf_counter()
        for is_there, seen in [*self._waiting]:
            if not seen.done() and is_there(page.body):
                seen.set_result(now)
        self._waiting = [(is_there, seen) for is_there, seen in self._waiting if not seen.done()]
