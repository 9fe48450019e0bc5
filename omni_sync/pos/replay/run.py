"""Till history through the same door as live tills."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from omni_sync.pos.drain import is_idle
from omni_sync.pos.models import Connection, InboxEvent
from omni_sync.pos.replay.doors import Door
from omni_sync.pos.replay.source import Told
from omni_sync.pos.replay.workers import at_work

DELIVERY = 100
NAP = 0.1


@dataclass(slots=True)
class Report:
    """What came of a replay. ``events`` = accepted + duplicates + rejected, repeats included."""

    events: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    rows_rejected: int = 0
    applied: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        per_second = round(self.events / self.seconds, 1) if self.seconds else 0.0
        return {
            "events": self.events,
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "rejected": self.rejected,
            "rows_rejected": self.rows_rejected,
            "applied": self.applied,
            "seconds": round(self.seconds, 2),
            "events_per_second": per_second,
        }


def replay(*, connection: Connection, events: Iterable[Told], door: Door, workers: int) -> Report:
    """Feed ``events`` through ``door`` and wait until all of them are applied, by ``workers`` of our own.

    With no workers of its own it waits for those that run elsewhere.
    """
    report = Report()
    before = _applied(connection)
    started = time.monotonic()
    with at_work(workers):
        for delivery in _deliveries(iter(events)):
            _deliver(delivery, door, report)
    while not workers and not is_idle():
        time.sleep(NAP)
    report.seconds = time.monotonic() - started
    report.applied = _applied(connection) - before
    return report


def _deliveries(events: Iterator[Told]) -> Iterator[list[Told]]:
    while delivery := list(islice(events, DELIVERY)):
        yield delivery


def _deliver(delivery: list[Told], door: Door, report: Report) -> None:
    said = [told.event for told in delivery if told.event is not None]
    report.events += len(delivery)
    report.rejected += len(delivery) - len(said)
    if said:
        answer = door.deliver(b"[" + b",".join(said) + b"]")
        report.accepted += answer["accepted"]
        report.duplicates += answer["duplicates"]
        report.rejected += len(answer["rejected"])


def _applied(connection: Connection) -> int:
    return InboxEvent.objects.filter(connection=connection, state=InboxEvent.State.APPLIED).count()
