from __future__ import annotations

import socketserver
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from omni_sync.payments.stub.app import Stub
from omni_sync.payments.stub.bank import Bank
from omni_sync.payments.stub.faults import Faults
from omni_sync.payments.stub.post import Post


class Server(socketserver.ThreadingMixIn, WSGIServer):
    """A thread for each request: one that is silent on purpose holds up nobody else."""

    daemon_threads = True
    stub: Stub

    def server_bind(self) -> None:
        """As WSGIServer does, without asking the network for our name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.setup_environ()

    def server_close(self) -> None:
        """As ever, and nothing of ours goes on."""
        super().server_close()
        if (stub := getattr(self, "stub", None)) is not None:  # none yet where the port was taken
            stub.post.end()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the base class
        pass


def serve(
    *,
    port: int,
    secret: str,
    webhook_secret: str,
    host: str = "127.0.0.1",
    webhook: str = "",
    address: str = "",
    keep: Path | None = None,
) -> Server:
    """A stub that listens; port 0 takes a free one. ``address`` is where browsers reach it."""
    server = Server((host, port), _Quiet)
    faults = Faults()
    post = Post(url=webhook, secret=webhook_secret, faults=faults)
    bank = Bank(faults=faults, tell=post.send, keep=keep)
    where = address or f"http://{host}:{server.server_port}"
    server.stub = Stub(bank=bank, faults=faults, post=post, secret=secret, address=where)
    server.set_app(server.stub)
    return server
