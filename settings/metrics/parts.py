"""Everything a scrape says, part by part: one that can't be read is missing and named, the others are told."""

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Final

import structlog
from django.db import connection
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from settings.metrics import inbox, outbox, running, stock, traffic
from settings.metrics.statement import gauge

Part = Callable[[], Iterable[Metric]]
log = structlog.stdlib.get_logger("lintas.metrics")

IN_DATABASE: Final[dict[str, Part]] = {
    "inbox": inbox.read,
    "outbox": outbox.read,
    "holds": stock.holds,
    "trouble": stock.trouble,
    "levels": stock.levels,
    "migrations": running.migrations,
}
ELSEWHERE: Final[dict[str, Part]] = {
    "worker": running.worker,
    "streams": running.streams,
    "traffic": traffic.read,
    "build": running.build,
}


class Scrape(Collector):
    """One look at everything."""

    def __init__(self) -> None:
        self.errors: dict[tuple[str, ...], float] = {}
        self.seconds: dict[tuple[str, ...], float] = {}

    def collect(self) -> Iterator[Metric]:
        away = database_is_away()
        for name, part in IN_DATABASE.items():
            yield from self.read(name, _raises(away) if away else part)
        for name, part in ELSEWHERE.items():
            yield from self.read(name, part)
        yield gauge("scrape_error", "1 for a part that could not be read.", self.errors, ["part"])
        yield gauge("scrape_seconds", "How long each part took.", self.seconds, ["part"])

    def read(self, name: str, part: Part) -> list[Metric]:
        """What a part says: all of it, or nothing."""
        began = perf_counter()
        found: list[Metric] = []
        try:
            found = list(part())
        except Exception as failure:  # whatever it is, the other parts are told
            log.warning("part of a scrape is missing", part=name, reason=type(failure).__name__)
            self.errors[(name,)] = 1
        else:
            self.errors[(name,)] = 0
        self.seconds[(name,)] = perf_counter() - began
        return found


def database_is_away() -> Exception | None:
    """Why it can't be asked; tried once, so that each part need not wait for it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as failure:
        return failure
    return None


def _raises(failure: Exception) -> Part:
    def part() -> Iterable[Metric]:
        raise failure

    return part
