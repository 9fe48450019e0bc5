"""Django's pages behind ASGI: the WSGI application in worker threads that stay, and keep their connections.

Django's own ASGI handler goes from the loop to a thread and back several times a request, and answered an empty view
at a quarter of its WSGI speed. Here a request enters a thread once, with its whole body, and leaves it once. Neither a
slow upload nor a slow download keeps a thread; only a stream that a view makes bit by bit does.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Final

import structlog

from omni_sync.live.asgi import Message, Receive, Scope, Send, gone, part, refuse, start
from settings.exchange import WSGI, Answer, Environ, File, environ_of

log = structlog.get_logger("lintas.pages")

IN_MEMORY: Final = 1 << 20  # bytes of a body; a larger one is kept in a temporary file
MOST_BODY: Final = 64 << 20
MOST_WAITING: Final = 500
BLOCK: Final = 1 << 18
STALLED: Final = 60.0  # seconds that a reader may take for one part of a stream


class Vanished(Exception):
    """The client hung up."""


class TooLarge(Exception):
    """The body has more bytes than anybody is asked for."""


class Pages:
    """An ASGI application that answers by a WSGI one, in ``threads`` threads."""

    def __init__(self, application: WSGI, *, threads: int) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # a web socket that nobody accepts is closed by the server
        if self.waiting >= MOST_WAITING:
            await refuse(send, 503, "Busy", "Too many requests are waiting.", (b"retry-after", b"1"))
            return
        self.waiting += 1
        try:
            with SpooledTemporaryFile(IN_MEMORY) as body:
                await _receive_all(receive, body)
                await self._answer(environ_of(scope, body), receive, send)
        except Vanished:
            return
        except TooLarge:
            await refuse(send, 413, "Too large", f"At most {MOST_BODY} bytes.", (b"connection", b"close"))
        finally:
            self.waiting -= 1

    async def _answer(self, environ: Environ, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        reader = _Reader(loop, receive, send)
        answer, body = await loop.run_in_executor(self.pool, self._run, environ, reader)
        if isinstance(body, bytes):
            await send(start(answer.status, answer.headers))
            await send(part(body, more=False))
        elif body is not None:
            await self._send_file(answer, body, send)

    def _run(self, environ: Environ, reader: _Reader) -> tuple[Answer, bytes | File | None]:
        """In a worker thread: run the application; its answer and the body, None for one that was sent already."""
        answer = Answer(self.application, environ)
        if answer.is_whole:
            return answer, answer.whole()
        if isinstance(answer.body, File):
            return answer, answer.body
        reader.pass_on(answer)
        return answer, None

    async def _send_file(self, answer: Answer, file: File, send: Send) -> None:
        """Block after block as the reader takes them; a thread is needed to read one, not to wait."""
        loop = asyncio.get_running_loop()
        try:
            await send(start(answer.status, answer.headers))
            while block := await loop.run_in_executor(self.pool, file.read, BLOCK):
                await send(part(block, more=True))
            await send(part(b"", more=False))
        finally:
            await loop.run_in_executor(self.pool, answer.close)


class _Reader:
    """Who gets an answer, as seen from a worker thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Receive, send: Send) -> None:
        self.loop = loop
        self.receive = receive
        self.send = send

    def pass_on(self, answer: Answer) -> None:
        """What a view makes bit by bit, all in this thread with its connections, until it ends or nobody reads."""
        departure = asyncio.run_coroutine_threadsafe(gone(self.receive), self.loop)
        try:
            self._say(start(answer.status, answer.headers))
            for block in answer.body:
                if departure.done():
                    raise Vanished
                self._say(part(block, more=True))
            self._say(part(b"", more=False))
        finally:
            departure.cancel()
            answer.close()

    def _say(self, message: Message) -> None:
        asyncio.run_coroutine_threadsafe(self.send(message), self.loop).result(STALLED)


async def _receive_all(receive: Receive, body: IO[bytes]) -> None:
    """The whole body, before a thread is asked for."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Vanished
        body.write(message.get("body", b""))
        if body.tell() > MOST_BODY:
            raise TooLarge
        more = message.get("more_body", False)
