"""What a till only hints at, or never says by itself, is read at the source, outside transactions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from omni_sync.pos.adapters import till
from omni_sync.pos.adapters.port import Reading, Rejected, TillEvent
from omni_sync.pos.exceptions import Reject, Retry
from omni_sync.pos.models import Connection, ConnectionStore, InboxEvent
from omni_sync.pos.receive import Answer, receive
from omni_sync.pos.secrets import secrets_of

log = structlog.get_logger(__name__)

LEASE: Final = timedelta(minutes=2)  # a hint that is being read is left alone for so long
LONGEST_PAUSE: Final = timedelta(hours=1)
MOST_ATTEMPTS: Final = 60  # after about two days somebody must look
MOST_PAGES: Final = 100
BATCH: Final = 50
State = InboxEvent.State


def fetch_hints() -> int:
    """Read at the source what the hints whose time has come speak of; how many were read.

    What was read is durable before its hint is settled, so a crash between the two only reads again.
    """
    read = 0
    while hints := _take_hints():
        for hint in hints:
            read += _read(hint)
    return read


def poll(connection: Connection) -> int:
    """Ask a polled system for everything after the cursor; how many new events came.

    The cursor is stored when the events before it are durable. Another poller that was faster ends this one.
    """
    adapter, secrets, new = till(connection.adapter), secrets_of(connection), 0
    for _ in range(MOST_PAGES):
        before = connection.cursor
        try:
            reading, cursor = adapter.since(before, secrets=secrets)
        except (Retry, Reject) as refusal:
            log.warning("poll refused", connection=connection.name, reason=repr(refusal))
            break
        if reading.events or reading.rejected or reading.levels:
            new += _keep(connection, reading).accepted
        if cursor == before:
            break
        if not Connection.objects.filter(pk=connection.pk, cursor=before).update(cursor=cursor):
            break
        connection.cursor = cursor
    return new


def poll_all() -> int:
    """Poll every connection; one that fails stops nobody but itself. How many new events came."""
    new = 0
    for connection in Connection.objects.order_by("pk"):
        try:
            new += poll(connection)
        except Exception as failure:
            log.exception("poll failed", connection=connection.name, reason=repr(failure))
    return new


def _take_hints() -> list[InboxEvent]:
    """Hints nobody reads now, the oldest first; they are ours for as long as the lease."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        due = InboxEvent.objects.filter(Q(not_before=None) | Q(not_before__lte=now), state=State.HINT)
        hints = list(
            due.select_related("connection").order_by("pk").select_for_update(skip_locked=True, of=("self",))[:BATCH]
        )
        InboxEvent.objects.filter(pk__in=[hint.pk for hint in hints]).update(
            not_before=now + LEASE, attempts=F("attempts") + 1
        )
    return hints


def _read(hint: InboxEvent) -> bool:
    connection = hint.connection
    try:
        reading = till(connection.adapter).fetch(_as_told(hint), secrets=secrets_of(connection))
        answer = _keep(connection, reading) if reading.events or reading.rejected or reading.levels else Answer()
    except Retry as refusal:
        _later(hint, refusal)
        return False
    except Exception as failure:  # refused for good, or the adapter's own fault: it stops nobody but itself
        log.warning("hint failed", event_id=hint.event_id, connection=connection.name, reason=repr(failure))
        _settle(hint, State.FAILED, repr(failure))
        return False
    usable = answer.accepted or answer.duplicates or not answer.rejected
    _settle(hint, State.APPLIED if usable else State.FAILED, _words(answer.rejected))
    return True


def _as_told(hint: InboxEvent) -> TillEvent:
    """The hint in normal form, as its adapter made it."""
    code = ConnectionStore.objects.get(connection=hint.connection_id, store=hint.store_id).code
    return TillEvent(
        hint.index, hint.event_id, hint.type, code, hint.occurred_at, hint.document, bytes(hint.fingerprint),
        hint.payload, hint=True,
    )  # fmt: skip


def _keep(connection: Connection, reading: Reading) -> Answer:
    body = json.dumps([dict(event.payload) for event in reading.events]).encode()
    return receive(connection=connection, body=body, headers={}, reading=reading)


def _later(hint: InboxEvent, refusal: Retry) -> None:
    if hint.attempts + 1 >= MOST_ATTEMPTS:
        _settle(hint, State.FAILED, repr(refusal))
        return
    pause = min(timedelta(seconds=15) * 2 ** min(hint.attempts, 10), LONGEST_PAUSE)
    InboxEvent.objects.filter(pk=hint.pk).update(not_before=timezone.now() + pause, error=_short(repr(refusal)))


def _settle(hint: InboxEvent, state: State, error: str) -> None:
    applied_at = timezone.now() if state == State.APPLIED else None
    InboxEvent.objects.filter(pk=hint.pk).update(
        state=state, error=_short(error), applied_at=applied_at, not_before=None
    )


def _words(rejected: Sequence[Rejected]) -> str:
    return "; ".join(f"{r.event_id}: {r.error}" for r in rejected)


def _short(error: str) -> str:
    return error[:2000].replace("\x00", "")
