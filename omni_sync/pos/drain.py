"""Lanes worked off: one batch at a time, in the order of arrival; a poisoned event stops nobody but itself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from omni_sync.pos.apply import apply
from omni_sync.pos.connections import Place
from omni_sync.pos.models import InboxEvent, Lane

log = structlog.get_logger(__name__)

MOST_EVENTS = 200
MOST_DELIVERIES = 10  # named in one line of the log
State = InboxEvent.State


def drain(*, seconds: float = 30.0) -> int:
    """Work off waiting lanes until there is nothing left or the time is over; how many events were settled.

    Any number of workers may do this at once: each takes lanes nobody else has.
    """
    wake()
    end = time.monotonic() + seconds
    total = 0
    while time.monotonic() < end:
        try:
            settled = drain_one()
        except OperationalError as trouble:
            if not isinstance(trouble.__cause__, DeadlockDetected):
                raise
            continue  # PostgreSQL let the other go on; what we had is back in its lane
        if not settled:
            break
        total += settled
    return total


def drain_one() -> int:
    """One batch of one lane; how many events were settled, 0 when no free lane has any.

    A batch that an event spoils goes one by one, each event in a transaction of its own: none keeps its levels locked
    while the next waits for others, so two tills over the same records can't block each other.
    """
    while batch := _settle_batch(most=MOST_EVENTS):
        settled = batch.events
        if batch.spoilt:
            alone = (_settle_batch(most=1, lane=batch.lane) for _ in range(batch.events))
            settled = sum(one.events for one in alone if one)
        if settled:
            return settled
    return 0


@dataclass(frozen=True, slots=True)
class _Batch:
    """The oldest events of a lane; ``spoilt`` when none of them was settled, because of one."""

    lane: int
    events: int
    spoilt: bool = False


class _Spoilt(Exception):
    """An event of this batch can't be applied."""

    def __init__(self, batch: _Batch) -> None:
        super().__init__(batch)
        self.batch = batch


def _settle_batch(*, most: int, lane: int | None = None) -> _Batch | None:
    """Settle up to ``most`` events of a lane, this one or any; None when there is no free one that has some."""
    began = time.perf_counter()
    try:
        with transaction.atomic(durable=True):
            taken = _take_lane(lane)
            if taken is None:
                return None
            rows = list(
                InboxEvent.objects.filter(connection=taken.connection_id, store=taken.store_id, state=State.PENDING)
                .order_by("pk")
                .defer("fingerprint", "error")[:most]
            )
            place = _place(taken)
            failed = _settle(taken, place, rows)
            Lane.objects.filter(pk=taken.pk).update(drained_at=timezone.now())
    except _Spoilt as spoilt:
        return spoilt.batch
    if rows:
        _tell(taken, place, rows, failed=failed, seconds=time.perf_counter() - began)
    return _Batch(taken.pk, len(rows))


def wake() -> int:
    """Let events whose time has come take their place in the lane; how many did."""
    due = InboxEvent.objects.filter(state=State.WAITING, not_before__lte=timezone.now())
    return due.update(state=State.PENDING, not_before=None)


def is_idle() -> bool:
    """True when no event waits for its turn."""
    return not InboxEvent.objects.filter(state=State.PENDING).exists()


def _take_lane(lane: int | None) -> Lane | None:
    """A lane with work that nobody has, locked: this one, or the one that waited longest."""
    return next(iter(Lane.objects.raw(_LANE, [lane, lane])), None)


def _place(lane: Lane) -> Place:
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [lane.store_id])
        return Place(*cursor.fetchone())


def _settle(lane: Lane, place: Place, rows: Sequence[InboxEvent]) -> int:
    """Apply the events; how many of them failed."""
    try:
        with transaction.atomic():
            apply(connection=lane.connection, place=place, rows=rows)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble, not the event's: everything goes back and is tried again
    except Exception as failure:
        if len(rows) == 1:
            _fail(rows[0], failure)
            return 1
        log.warning("batch goes one by one", connection=lane.connection.name, store=place.code, reason=repr(failure))
        raise _Spoilt(_Batch(lane.pk, len(rows), spoilt=True)) from failure
    InboxEvent.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.APPLIED, applied_at=timezone.now())
    return 0


def _tell(lane: Lane, place: Place, rows: Sequence[InboxEvent], *, failed: int, seconds: float) -> None:
    """Say what was done; the deliveries tie it to the requests that brought them."""
    log.info(
        "lane drained",
        connection=lane.connection.name,
        store=place.code,
        applied=len(rows) - failed,
        failed=failed,
        deliveries=sorted({row.delivery_id for row in rows})[:MOST_DELIVERIES],
        ms=round(seconds * 1000, 1),
    )


def _fail(row: InboxEvent, failure: Exception) -> None:
    log.error("event failed", event_id=row.event_id, type=row.type, reason=repr(failure))
    InboxEvent.objects.filter(pk=row.pk).update(
        state=State.FAILED,
        error=f"{type(failure).__name__}: {failure}"[:2000].replace("\x00", ""),
        attempts=row.attempts + 1,
    )


_LANE = """
    SELECT l.* FROM omni_sync_lane l
     WHERE EXISTS (SELECT 1 FROM omni_sync_inboxevent e
                    WHERE e.connection_id = l.connection_id AND e.store_id = l.store_id AND e.state = 'pending')
       AND (%s::bigint IS NULL OR l.id = %s::bigint)
     ORDER BY l.drained_at NULLS FIRST
     LIMIT 1
       FOR UPDATE SKIP LOCKED
"""

_PLACE = """
    SELECT p.id, p.code, p.name, coalesce(l.timezone, ''), coalesce(l.currency, '')
      FROM partner_partner p LEFT JOIN omni_sync_location l ON l.partner_id = p.id
     WHERE p.id = %s
"""
