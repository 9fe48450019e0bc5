"""A load generator that takes little of the machine: keep-alive connections, one request at a time on each.

It parses no more of an answer than its status and its length, so that what it costs hardly dilutes a comparison.
"""

from __future__ import annotations

import gc
import re
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

CONNECTIONS: Final = 8
LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Answers:
    """How often which status was answered, in so many seconds; ``waited`` is how long each took."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    waited: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.statuses.total() / self.seconds

    def slowest(self, share: float = 0.05) -> float:
        """Seconds that all but ``share`` of the answers took at most."""
        ranked = sorted(self.waited)
        return ranked[min(int(len(ranked) * (1 - share)), len(ranked) - 1)] if ranked else 0.0


class _Line:
    """One connection and the answer that is on its way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer = b""
        self.asked = 0.0

    def read(self) -> int | None:
        """The status once the answer is complete."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("the server hung up")
        self.answer += part
        head = self.answer.find(b"\r\n\r\n")
        if head < 0:
            return None
        length = LENGTH.search(self.answer, 0, head + 2)
        if length is None:
            raise ConnectionError("an answer without its length")
        if len(self.answer) < head + 4 + int(length[1]):
            return None
        status = int(self.answer[9:12])
        self.answer = b""
        return status


def get(path: str, *, cookie: str = "", accept: str = "application/json") -> bytes:
    """A request as it goes over the wire."""
    kept = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n{kept}\r\n".encode()


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A request with a JSON body."""
    given = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{given}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def drive(port: int, requests: Iterator[bytes], *, seconds: float, connections: int = CONNECTIONS) -> Answers:
    """Send ``requests`` for so many seconds, or until there are no more, and wait for the last answer."""
    answers = Answers()
    lines = [_Line(port) for _ in range(connections)]
    with selectors.DefaultSelector() as selector:
        gc.disable()
        began = time.perf_counter()
        for line in lines:
            _next(line, requests, selector, first=True)
        while selector.get_map():
            for key, _ in selector.select():
                status = key.data.read()
                if status is not None:
                    now = time.perf_counter()
                    answers.statuses[status] += 1
                    answers.waited.append(now - key.data.asked)
                    late = now - began >= seconds
                    _next(key.data, iter(()) if late else requests, selector)
        answers.seconds = time.perf_counter() - began
        gc.enable()
    for line in lines:
        line.socket.close()
    return answers


def _next(line: _Line, requests: Iterator[bytes], selector: selectors.BaseSelector, *, first: bool = False) -> None:
    request = next(requests, None)
    if request is not None:
        line.asked = time.perf_counter()
        line.socket.sendall(request)
        if first:
            selector.register(line.socket, selectors.EVENT_READ, line)
    elif not first:
        selector.unregister(line.socket)
