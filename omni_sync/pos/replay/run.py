"""Till history through the same door as live tills."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from omni_sync.pos.exceptions import Malformed, TooLarge
from omni_sync.pos.files.told import Told
from omni_sync.pos.models import Connection, InboxEvent
from omni_sync.pos.replay.doors import Door
from omni_sync.pos.replay.report import Rejection, Report
from omni_sync.pos.replay.workers import at_work

DELIVERY = 100
MOST_BYTES = 4 * 1024 * 1024
NAP = 0.1
#: How long to wait for workers that run elsewhere and get nothing done.
PATIENCE = 180.0
State = InboxEvent.State


def replay(
    *,
    connection: Connection,
    events: Iterable[Told],
    door: Door,
    workers: int,
    on_rejected: Callable[[Rejection], None] | None = None,
) -> Report:
    """Feed ``events`` through ``door`` and wait until all of them are applied, by ``workers`` of our own.

    With no workers of its own it waits for those that run elsewhere, as long as they get something done; what is left
    then is ``waiting``.
    """
    report = Report()
    applied, conflicts = _in_state(connection, State.APPLIED), _in_state(connection, State.CONFLICT)
    started = time.monotonic()
    with at_work(workers):
        for delivery in _deliveries(events):
            _deliver(delivery, door, report, on_rejected)
    if not workers:
        report.waiting = _wait_for_others(connection)
    report.seconds = time.monotonic() - started
    report.applied = _in_state(connection, State.APPLIED) - applied
    report.conflicts = _in_state(connection, State.CONFLICT) - conflicts
    return report


def _deliveries(events: Iterable[Told]) -> Iterator[list[Told]]:
    """Events in portions that the door lets through."""
    delivery: list[Told] = []
    size = 0
    for told in events:
        weight = len(told.event or b"")
        if delivery and (len(delivery) == DELIVERY or size + weight > MOST_BYTES):
            yield delivery
            delivery, size = [], 0
        delivery.append(told)
        size += weight
    if delivery:
        yield delivery


def _deliver(delivery: list[Told], door: Door, report: Report, on_rejected: Callable[[Rejection], None] | None) -> None:
    report.events += len(delivery)
    unsaid = [Rejection(told.place, None, told.error) for told in delivery if told.event is None]
    said = [told for told in delivery if told.event is not None]
    for rejection in [*unsaid, *(_send(said, door, report) if said else [])]:
        report.reject(rejection)
        if on_rejected is not None:
            on_rejected(rejection)


def _send(said: list[Told], door: Door, report: Report) -> list[Rejection]:
    """Bring these events to the door, one by one where one of them spoils the delivery; those it rejects."""
    bodies = [told.event or b"" for told in said]
    try:
        answer = door.deliver(bodies[0] if len(said) == 1 else b"[" + b",".join(bodies) + b"]")
    except (Malformed, TooLarge) as refusal:
        if len(said) == 1:
            return [Rejection(said[0].place, None, str(refusal))]
        return [rejection for told in said for rejection in _send([told], door, report)]
    report.accepted += answer["accepted"]
    report.duplicates += answer["duplicates"]
    return [Rejection(said[r["index"]].place, r["id"], r["error"]) for r in answer["rejected"]]


def _wait_for_others(connection: Connection) -> int:
    """Wait until nothing of this connection is pending, or nobody works on it; how many still are."""
    least, since = _in_state(connection, State.PENDING), time.monotonic()
    while (pending := _in_state(connection, State.PENDING)) and time.monotonic() - since < PATIENCE:
        if pending < least:
            least, since = pending, time.monotonic()
        time.sleep(NAP)
    return pending


def _in_state(connection: Connection, state: InboxEvent.State) -> int:
    return InboxEvent.objects.filter(connection=connection, state=state).count()
