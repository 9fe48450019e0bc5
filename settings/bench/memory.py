"""What the workers of a replay take of the machine's memory, from beginning to end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from typing import Final

import psutil

EVERY_SECONDS: Final = 0.25
MEGABYTE: Final = 1024 * 1024


class Memory:
    """The resident memory of the largest worker, in megabytes, sampled."""

    def __init__(self) -> None:
        self.samples: list[float] = []

    def look(self) -> None:
        sizes = [_resident(child.pid) for child in active_children() if child.pid]
        if any(sizes):
            self.samples.append(max(sizes))

    def parts(self) -> tuple[float, float]:
        """The most in the first third of the time, and in the last."""
        third = max(len(self.samples) // 3, 1)
        return max(self.samples[:third], default=0.0), max(self.samples[-third:], default=0.0)


def _resident(pid: int) -> float:
    try:
        return float(psutil.Process(pid).memory_info().rss / MEGABYTE)
    except psutil.Error:
        return 0.0


@contextmanager
def watching() -> Iterator[Memory]:
    """Look at this process's children for as long as the block runs."""
    memory, over = Memory(), threading.Event()

    def watch() -> None:
        while not over.wait(EVERY_SECONDS):
            memory.look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield memory
    finally:
        over.set()
        watcher.join()
