"""The demo's web server, on a free port, for as long as something is measured."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings

from settings.bench.urls import EMPTY
from settings.demonstration import ports
from settings.demonstration.crew import Crew, Member, commands

FIRST_PORT: Final = 8100
SECONDS: Final = 60


@contextmanager
def serving() -> Iterator[int]:
    """Run it as ``demo`` does, with the settings of this process: its port."""
    port = ports.first_free(FIRST_PORT)
    log = settings.DATA / "log" / "bench-web.log"
    web = Member("web", commands(port=port, data=settings.DATA)["web"], log, {**os.environ, "LOG_LEVEL": "INFO"})
    with Crew([web]) as crew:
        _wait(port, crew)
        yield port


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
