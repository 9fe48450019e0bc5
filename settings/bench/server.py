"""The demo's web server, on a free port, for as long as something is measured."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings

from settings import environment
from settings.bench.addresses import EMPTY
from settings.demonstration import ports
from settings.demonstration.crew import Crew, Member, commands

FIRST_PORT: Final = 8100
SECONDS: Final = 60


@contextmanager
def serving(*, plainly: bool = False) -> Iterator[int]:
    """Run it as ``demo`` does, with the settings of this process: its port.

    ``plainly`` is the same application under granian's WSGI, with as many processes and threads: what pages could do
    if nobody had streams to serve.
    """
    port = ports.first_free(FIRST_PORT)
    log = settings.DATA / "log" / "bench-web.log"
    command = _plain(port) if plainly else commands(port=port, data=settings.DATA)["web"]
    web = Member("web", command, log, {**os.environ, "LOG_LEVEL": "INFO"})
    with Crew([web]) as crew:
        _wait(port, crew)
        yield port


def _plain(port: int) -> list[str]:
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    workers = ["--workers", str(environment.number("WEB_WORKERS", 2))]
    threads = ["--blocking-threads", "4", "--blocking-threads-idle-timeout", "600"]
    return [*granian, *workers, *threads, "--port", str(port), "settings.wsgi:application"]


def _wait(port: int, crew: Crew) -> None:
    until = time.monotonic() + SECONDS
    while not _answers(port):
        crew.check()
        if time.monotonic() > until:
            raise RuntimeError(f"the web server did not start, see {crew.members[0].log}")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}{EMPTY}", timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004
    except HTTPError:
        raise
    except (URLError, OSError):
        return False
