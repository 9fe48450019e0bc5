"""A provider that takes messages over HTTP and needs a moment for each: a process that knows nothing of ours."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from typing import Final

MOMENT: Final = 0.02  # seconds that a provider near by takes


def serve(pipe: Connection) -> None:
    """Serve until killed; the port is told through ``pipe``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Taker)
    pipe.send(server.server_address[1])
    server.serve_forever()


class _Taker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(MOMENT)
        number = self.path.strip("/").encode()
        self.send_response(201)
        self.send_header("Content-Length", str(len(number)))
        self.end_headers()
        self.wfile.write(number)

    def log_message(self, *_: object) -> None:
        """It says nothing."""
