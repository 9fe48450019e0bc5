from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from django.db import DEFAULT_DB_ALIAS, InterfaceError, NotSupportedError, OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from omni_sync.pos.apply import apply
from omni_sync.pos.connections import Place
from omni_sync.pos.models import Connection, InboxEvent, Lane

log = structlog.get_logger(__name__)

MOST_EVENTS = 200
MOST_DELIVERIES = 10  # named in one line of the log
SMALL = 50  # events in a batch that nobody needs to hurry after
LONGEST_REST = 0.1  # seconds
State = InboxEvent.State


def drain(*, seconds: float = 30.0, at_ease: bool = False) -> int:
    """Work off waiting lanes until there is nothing left or the time is over; how many events were settled.

    Any number of workers may do this at once: each takes lanes nobody else has. ``at_ease`` rests after a small batch
    for as long as it took: a batch of ten costs hardly more than a batch of one, and meanwhile the lanes fill.
    """
    wake()
    end = time.monotonic() + seconds
    total = 0
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            settled = drain_one()
        except OperationalError as trouble:
            if not isinstance(trouble.__cause__, DeadlockDetected):
                raise
            continue  # PostgreSQL let the other go on; what we had is back in its lane
        if not settled:
            break
        total += settled
        if at_ease and settled < SMALL:
            time.sleep(min(time.monotonic() - began, LONGEST_REST))
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


@dataclass(frozen=True, slots=True)
class _Taken:
    """A lane that is locked for us."""

    lane: int
    connection: Connection
    place: Place


def _settle_batch(*, most: int, lane: int | None = None) -> _Batch | None:
    """Settle up to ``most`` events of a lane, this one or any; None when there is no free one that has some."""
    began = time.perf_counter()
    taken, rows = None, list[InboxEvent]()
    try:
        with transaction.atomic(durable=True):
            taken = _take_lane(lane)
            if taken is None:
                return None
            rows = _oldest(taken, most)
            if rows:  # else another worker was faster, until it let go of the lane
                apply(connection=taken.connection, place=taken.place, rows=rows)
            _mark(taken, rows)
    except (OperationalError, InterfaceError, NotSupportedError):
        raise  # the database's trouble (a plan from before an upgrade, too), not the event's: it is tried again
    except Exception as failure:
        if taken is None or not rows:
            raise
        return _put_back(taken, rows, failure, began=began)
    if rows:
        _tell(taken, rows, failed=0, began=began)
    return _Batch(taken.lane, len(rows))


def wake() -> int:
    """Let events whose time has come take their place in the lane; how many did."""
    due = InboxEvent.objects.filter(state=State.WAITING, not_before__lte=timezone.now())
    return due.update(state=State.PENDING, not_before=None)


def is_idle() -> bool:
    """True when no event waits for its turn."""
    return not InboxEvent.objects.filter(state=State.PENDING).exists()


def _take_lane(lane: int | None) -> _Taken | None:
    """A lane with work that nobody has, locked: this one, or the one that waited longest."""
    with connection.cursor() as cursor:
        cursor.execute(_LANE, [lane, lane])
        found = cursor.fetchone()
    if found is None:
        return None
    pk, speaker, name, *place = found
    return _Taken(pk, Connection.from_db(DEFAULT_DB_ALIAS, ("id", "name"), (speaker, name)), Place(*place))


def _oldest(taken: _Taken, most: int) -> list[InboxEvent]:
    return list(InboxEvent.objects.raw(_OLDEST, [taken.connection.pk, taken.place.store_id, most]))


def _mark(taken: _Taken, rows: Sequence[InboxEvent]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_APPLIED, [[row.pk for row in rows], taken.lane])


def _put_back(taken: _Taken, rows: Sequence[InboxEvent], failure: Exception, *, began: float) -> _Batch:
    """Nothing of the batch was kept. An event alone is marked as failed; more go one by one."""
    name, code = taken.connection.name, taken.place.code
    if len(rows) > 1:
        log.warning("batch goes one by one", connection=name, store=code, reason=repr(failure))
        return _Batch(taken.lane, len(rows), spoilt=True)
    _fail(rows[0], failure)
    Lane.objects.filter(pk=taken.lane).update(drained_at=timezone.now())
    _tell(taken, rows, failed=1, began=began)
    return _Batch(taken.lane, 1)


def _tell(taken: _Taken, rows: Sequence[InboxEvent], *, failed: int, began: float) -> None:
    """Say what was done; the deliveries tie it to the requests that brought them."""
    log.info(
        "lane drained",
        connection=taken.connection.name,
        store=taken.place.code,
        applied=len(rows) - failed,
        failed=failed,
        deliveries=sorted({row.delivery_id for row in rows})[:MOST_DELIVERIES],
        ms=round((time.perf_counter() - began) * 1000, 1),
    )


def _fail(row: InboxEvent, failure: Exception) -> None:
    """Mark an event that could not be applied; another worker may have applied it by now."""
    log.error("event failed", event_id=row.event_id, type=row.type, reason=repr(failure))
    InboxEvent.objects.filter(pk=row.pk, state=State.PENDING).update(
        state=State.FAILED,
        error=f"{type(failure).__name__}: {failure}"[:2000].replace("\x00", ""),
        attempts=row.attempts + 1,
    )


_LANE = """
    SELECT l.id, c.id, c.name, p.id, p.code, p.name, coalesce(place.timezone, ''), coalesce(place.currency, '')
      FROM omni_sync_lane l
      JOIN omni_sync_connection c ON c.id = l.connection_id
      JOIN partner_partner p ON p.id = l.store_id
      LEFT JOIN omni_sync_location place ON place.partner_id = p.id
     WHERE EXISTS (SELECT 1 FROM omni_sync_inboxevent e
                    WHERE e.connection_id = l.connection_id AND e.store_id = l.store_id AND e.state = 'pending')
       AND (%s::bigint IS NULL OR l.id = %s::bigint)
     ORDER BY l.drained_at NULLS FIRST
     LIMIT 1
       FOR UPDATE OF l SKIP LOCKED
"""

_OLDEST = """
    SELECT id, delivery_id, connection_id, store_id, event_id, type, document, payload, occurred_at, attempts,
           corrects_id
      FROM omni_sync_inboxevent
     WHERE connection_id = %s AND store_id = %s AND state = 'pending'
     ORDER BY id LIMIT %s
"""

_APPLIED = """
    WITH applied AS (
        UPDATE omni_sync_inboxevent SET state = 'applied', applied_at = clock_timestamp() WHERE id = ANY(%s)
    )
    UPDATE omni_sync_lane SET drained_at = clock_timestamp() WHERE id = %s
"""
