"""Scans are written by a thread of their own, many at once, after their shoppers have been answered."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import suppress
from typing import Final

import structlog
from django.db import connection

from kiosk.links.scans import Seen, write

log = structlog.get_logger(__name__)

MOST_WAITING: Final = 5000
MOST_AT_ONCE: Final = 500
GATHERED: Final = 0.25  # seconds


class Later:
    """A queue and the thread that empties it, begun with the first scan.

    What doesn't fit, can't be written or is still waiting when the process ends is lost, and nobody waits for it.
    """

    def __init__(self) -> None:
        self.waiting: queue.Queue[Seen] = queue.Queue(MOST_WAITING)
        self.thread: threading.Thread | None = None
        self.starting = threading.Lock()

    def add(self, seen: Seen) -> None:
        """Have it written soon; returns at once."""
        with suppress(queue.Full):
            self.waiting.put_nowait(seen)
        if self.thread is None or not self.thread.is_alive():
            self._start()

    def settle(self) -> None:
        """Wait until all that was added is written or lost."""
        self.waiting.join()

    def _start(self) -> None:
        with self.starting:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._run, name="scans", daemon=True)
                self.thread.start()

    def _run(self) -> None:
        while True:
            gathered = [self.waiting.get()]
            until = time.monotonic() + GATHERED
            with suppress(queue.Empty):
                while len(gathered) < MOST_AT_ONCE:
                    gathered.append(self.waiting.get(timeout=max(until - time.monotonic(), 0)))
            self._write(gathered)

    def _write(self, gathered: list[Seen]) -> None:
        try:
            write(gathered)
        except Exception as failure:  # whatever it is, the next ones are written
            log.warning("scans lost", scans=len(gathered), reason=type(failure).__name__)
        finally:
            connection.close()
            for _ in gathered:
                self.waiting.task_done()


later: Final = Later()
