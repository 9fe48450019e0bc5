"""Processes that work off the inbox while a replay feeds it, so that no broker and no web server is needed."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event

NAP = 0.02


@contextmanager
def at_work(count: int) -> Iterator[None]:
    """Keep ``count`` workers draining for as long as the block runs, and until nothing is left after it."""
    context = multiprocessing.get_context("spawn")
    done = context.Event()
    crew = [context.Process(target=_work, args=(done,), daemon=True) for _ in range(count)]
    for worker in crew:
        worker.start()
    try:
        yield
    finally:
        done.set()
        for worker in crew:
            worker.join()
    if any(worker.exitcode for worker in crew):
        raise RuntimeError("a worker of this replay died; what it left is in the inbox")


def _work(done: Event) -> None:
    import django

    django.setup()
    from omni_sync.pos.drain import drain

    while True:
        last_round = done.is_set()
        if not drain():
            if last_round:
                return
            time.sleep(NAP)
