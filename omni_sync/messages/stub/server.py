from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from omni_sync.messages.stub.providers import Accounts, answer_of
from omni_sync.messages.stub.tell import Teller

#: So many are remembered, the newest.
KEPT: Final = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """One request that was carried out, as it came."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the next request instead: an answer, silence for some seconds, or a wire that is cut.

    ``is_taken``: it is carried out all the same.
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    silent: float = 0.0
    is_taken: bool = False


class Stub(ThreadingHTTPServer):
    """Listens on this machine; port 0 takes a free one. ``faults`` strike in turn, then everything works."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *, port: int, accounts: Accounts, tell: Teller | None = None, host: str = "127.0.0.1") -> None:
        super().__init__((host, port), _Door)
        self.accounts = accounts
        self.tell = tell
        self.faults: deque[Fault] = deque()
        self.taken: deque[Taken] = deque(maxlen=KEPT)
        self.answers: dict[str, tuple[int, Mapping[str, str], bytes]] = {}
        self.lock = threading.Lock()
        self.let_go = threading.Event()

    def server_bind(self) -> None:
        """As ever, without asking the network for our name."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    @property
    def address(self) -> str:
        return f"http://{self.server_name}:{self.server_port}"

    def fault(self) -> Fault | None:
        """The fault whose turn it is."""
        with self.lock:
            return self.faults.popleft() if self.faults else None

    def take(self, request: Taken) -> tuple[int, Mapping[str, str], bytes]:
        """Carry it out; a key that was there before is answered as the first time, and nothing is carried out."""
        key = request.headers.get("i-twilio-idempotency-token", "")
        with self.lock:
            if key in self.answers:
                return self.answers[key]
            answer = answer_of(request.path, request.headers, request.body, self.accounts)
            if answer.is_taken:
                self.taken.append(request)
                if key:
                    self.answers[key] = answer.as_http
        if answer.is_taken and self.tell is not None:
            self.tell.of(answer)
        return answer.as_http

    def server_close(self) -> None:
        self.let_go.set()
        super().server_close()


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Stub
    timeout = 30

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Taken(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        fault = self.server.fault()
        if fault is None:
            self._answer(*self.server.take(request))
            return
        if fault.is_taken:
            self.server.take(request)
        if fault.silent:
            self.server.let_go.wait(fault.silent)
        if fault.status:
            self._answer(fault.status, fault.headers, fault.body)
        else:
            self.close_connection = True

    def _answer(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the base class
        pass
