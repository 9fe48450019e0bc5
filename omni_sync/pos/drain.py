"""Lanes worked off: one batch at a time, in the order of arrival; a poisoned event stops nobody but itself."""

from __future__ import annotations

import time
from collections.abc import Sequence

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from omni_sync.pos.apply import apply
from omni_sync.pos.connections import Place
from omni_sync.pos.models import Connection, InboxEvent, Lane

log = structlog.get_logger(__name__)

MOST_EVENTS = 200
State = InboxEvent.State


def drain(*, seconds: float = 30.0) -> int:
    """Work off waiting lanes until there is nothing left or the time is over; how many events were settled.

    Any number of workers may do this at once: each takes lanes nobody else has.
    """
    wake()
    end = time.monotonic() + seconds
    total = 0
    while time.monotonic() < end:
        settled = drain_one()
        if not settled:
            break
        total += settled
    return total


def drain_one() -> int:
    """One batch of one lane; how many events were settled, 0 when no free lane has any."""
    with transaction.atomic(durable=True):
        lane = _take_lane()
        if lane is None:
            return 0
        rows = list(
            InboxEvent.objects.filter(connection=lane.connection_id, store=lane.store_id, state=State.PENDING)
            .order_by("pk")
            .defer("fingerprint", "error")[:MOST_EVENTS]
        )
        _settle(lane.connection, _place(lane), rows)
        Lane.objects.filter(pk=lane.pk).update(drained_at=timezone.now())
    return len(rows)


def wake() -> int:
    """Let events whose time has come take their place in the lane; how many did."""
    due = InboxEvent.objects.filter(state=State.WAITING, not_before__lte=timezone.now())
    return due.update(state=State.PENDING, not_before=None)


def is_idle() -> bool:
    """True when no event waits for its turn."""
    return not InboxEvent.objects.filter(state=State.PENDING).exists()


def _take_lane() -> Lane | None:
    """A lane with work that nobody has, locked; the one that waited longest."""
    return next(iter(Lane.objects.raw(_LANE)), None)


def _place(lane: Lane) -> Place:
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [lane.store_id])
        return Place(*cursor.fetchone())


def _settle(till: Connection, place: Place, rows: Sequence[InboxEvent]) -> None:
    try:
        with transaction.atomic():
            apply(connection=till, place=place, rows=rows)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble, not the event's: everything goes back and is tried again
    except Exception as failure:
        if len(rows) == 1:
            _fail(rows[0], failure)
            return
        log.warning("batch goes one by one", connection=till.name, store=place.code, reason=repr(failure))
        for row in rows:
            _settle(till, place, [row])
        return
    InboxEvent.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.APPLIED, applied_at=timezone.now())


def _fail(row: InboxEvent, failure: Exception) -> None:
    log.error("event failed", event=row.event_id, type=row.type, reason=repr(failure))
    InboxEvent.objects.filter(pk=row.pk).update(
        state=State.FAILED,
        error=f"{type(failure).__name__}: {failure}"[:2000].replace("\x00", ""),
        attempts=row.attempts + 1,
    )


_LANE = """
    SELECT l.* FROM omni_sync_lane l
     WHERE EXISTS (SELECT 1 FROM omni_sync_inboxevent e
                    WHERE e.connection_id = l.connection_id AND e.store_id = l.store_id AND e.state = 'pending')
     ORDER BY l.drained_at NULLS FIRST
     LIMIT 1
       FOR UPDATE SKIP LOCKED
"""

_PLACE = """
    SELECT p.id, p.code, p.name, coalesce(l.timezone, ''), coalesce(l.currency, '')
      FROM partner_partner p LEFT JOIN omni_sync_location l ON l.partner_id = p.id
     WHERE p.id = %s
"""
