"""The demo's Celery worker, for as long as something is measured."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings

from settings.demonstration.crew import Crew, Member, commands
from settings.health import NotReady, check_worker

SECONDS: Final = 60


@contextmanager
def working() -> Iterator[None]:
    """It has taken its first task when the block begins."""
    log = settings.DATA / "log" / "bench-worker.log"
    worker = Member("worker", commands(port=0, data=settings.DATA)["worker"], log, os.environ)
    with Crew([worker]) as crew:
        until = time.monotonic() + SECONDS
        while not _works():
            crew.check()
            if time.monotonic() > until:
                raise RuntimeError(f"the worker did not start, see {log}")
            time.sleep(0.1)
        yield


def _works() -> bool:
    try:
        check_worker()
    except NotReady:
        return False
    return True
