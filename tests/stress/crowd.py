"""Many at once: threads with a connection each, places to meet, and processes on the same database."""

import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from psycopg.errors import DeadlockDetected


class Meeting:
    """Holds everybody up until all have come, or until it is clear that somebody is kept away.

    Between a check and the write that follows, it makes a race certain where nothing guards; where something does, the
    others wait at the guard, and whoever came goes on alone after ``seconds``.
    """

    def __init__(self, parties: int, seconds: float = 1.0) -> None:
        self.barrier = threading.Barrier(parties)
        self.seconds = seconds

    def wait(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self.barrier.wait(self.seconds)

    def before(self, function: Callable) -> Callable:
        """``function``, called when everybody is here."""

        def call(*args, **kwargs):
            self.wait()
            return function(*args, **kwargs)

        return call

    @property
    def failed(self) -> bool:
        """Somebody did not come in time."""
        return self.barrier.broken


class Pause:
    """Stops whoever comes first, in the middle of something, until it is told to go on or ``seconds`` are over."""

    def __init__(self, seconds: float = 30) -> None:
        self.seconds = seconds
        self.reached = threading.Event()
        self.over = threading.Event()

    def before(self, function: Callable) -> Callable:
        """``function``, with the pause before its first call."""

        def call(*args, **kwargs):
            if not self.reached.is_set():
                self.reached.set()
                self.over.wait(self.seconds)
            return function(*args, **kwargs)

        return call


def at_once(*tasks: Callable[[], object]) -> list[object]:
    """Run every task in a thread of its own, all starting together; what each returned or raised."""
    start = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        try:
            start.wait(30)
            return task()
        except Exception as failure:
            return failure
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def deadlocks(outcomes: Sequence[object]) -> int:
    """How many of these ended in a deadlock."""
    return sum(isinstance(getattr(o, "__cause__", None), DeadlockDetected) for o in outcomes)


def failures(outcomes: Sequence[object], *but: type[Exception]) -> list[object]:
    """What went wrong, refusals of the kinds ``but`` apart."""
    return [o for o in outcomes if isinstance(o, Exception) and not isinstance(o, but)]


def eventually(happens: Callable[[], object], seconds: float = 60, pause: float = 0.02) -> None:
    """Wait until something is so; AssertionError when it never is."""
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, f"it did not happen within {seconds} s"
        time.sleep(pause)


def database_url() -> str:
    """The address of the database this test uses, for other processes."""
    own = connection.settings_dict
    who = quote(own["USER"], safe="") + (f":{quote(own['PASSWORD'], safe='')}" if own["PASSWORD"] else "")
    port = f"&port={own['PORT']}" if own["PORT"] else ""
    return f"postgresql://{who}@/{own['NAME']}?host={quote(own['HOST'], safe='')}{port}"


def environ() -> dict[str, str]:
    """The environment of another process on this test's database."""
    return {**os.environ, "DATABASE_URL": database_url(), "REDIS_URL": settings.REDIS_URL}


def python(module: str, *arguments: object) -> list[str]:
    """The command that runs one of our modules."""
    return [sys.executable, "-m", module, *map(str, arguments)]
