"""``ingest``: the real till log, everything applied, next to COPY of the very rows that came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from omni_sync.oscar.models import OrderLine
from omni_sync.pos.connections import connect
from omni_sync.pos.replay.completejourney import CompleteJourney
from omni_sync.pos.replay.doors import Inbox
from omni_sync.pos.replay.run import replay
from omni_sync.stock.audit import audit
from settings.bench.copying import copied, row_counts
from settings.bench.goods import settle_down
from settings.bench.memory import watching
from settings.bench.rows import Row, Size

WORKERS: Final = 2
LEAST: Final = 0.05
MOST_MEGABYTES: Final = 400
FLAT: Final = 1.25  # times as much in the last third as in the first
LONG_ENOUGH: Final = 30  # seconds


def run(size: Size) -> Iterator[Row]:
    """Two workers apply what a third process delivers to the inbox, a hundred sales at a time."""
    log = CompleteJourney(weeks=(size.weeks[0], size.weeks[-1]), stores=size.stores)
    connection, _ = connect(name="replay", stores=log.stores())
    before = row_counts()
    settle_down()
    with watching() as memory:
        report = replay(connection=connection, events=log.events(), door=Inbox(connection), workers=WORKERS)
    after = row_counts()
    grown = {table: count - before.get(table, 0) for table, count in after.items() if count > before.get(table, 0)}
    lines = OrderLine.objects.count()
    violations = audit()["violations"]
    seconds = sorted(copied(list(grown)) for _ in range(size.rounds))[size.rounds // 2]
    first, last = memory.parts()
    yield Row(
        name="ingest", unit="lines/s", figure=lines / report.seconds, limit=lines / seconds, least_ratio=LEAST,
        limit_is="COPY of the rows that came of it, one connection, same indexes and constraints but foreign keys",
        checks={
            f"{report.applied} of {report.accepted} events applied": report.applied == report.accepted > 0,
            f"audit finds {len(violations)}": not violations,
            f"a worker takes {last:.0f} MB at most, {first:.0f} MB in the first third": last < MOST_MEGABYTES,
            **({"memory is flat": last <= first * FLAT} if report.seconds >= LONG_ENOUGH else {}),
        },
        details={
            "weeks": list(size.weeks), "stores": size.stores, "events": report.events, "lines": lines,
            "seconds": round(report.seconds, 1), "copy_seconds": round(seconds, 2), "workers": WORKERS, "rows": grown,
            "worker_megabytes": {"first_third": round(first), "last_third": round(last)},
        },
    )  # fmt: skip
