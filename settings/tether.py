"""Run a command that must not outlive us: ``python -m settings.tether COMMAND …``.

The parent holds the other end of our standard input. When that closes, because the parent let go or was killed, the
command and everything it started gets TERM, and KILL if that is not enough.
"""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress

from settings.embedded.account import dies_with_parent

PATIENCE_SECONDS = 10


class Tether:
    """One command in a process group of its own."""

    def __init__(self, command: list[str]) -> None:
        self.child = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs yet
        )

    def send(self, number: signal.Signals) -> None:
        """To the whole group, whoever of it is left."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.child.pid, number)

    def end(self) -> None:
        """Ask, wait, insist."""
        self.send(signal.SIGTERM)
        try:
            self.child.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.send(signal.SIGKILL)

    def end_with_parent(self) -> None:
        while os.read(0, 1):
            pass
        self.end()

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: threading.Thread(target=self.end).start())
        threading.Thread(target=self.end_with_parent, daemon=True).start()
        code = self.child.wait()
        self.send(signal.SIGKILL)
        return code


if __name__ == "__main__":
    sys.exit(Tether(sys.argv[1:]).run())
