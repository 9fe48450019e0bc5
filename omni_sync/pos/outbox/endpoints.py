"""What a person decides about a webhook: where it goes, from when, and whether at all. Who did it is written down."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.addresses import check_webhook
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.exceptions import NotListening
from omni_sync.pos.outbox.models import Endpoint, OutboxChange
from omni_sync.pos.outbox.moments import cursor_at
from omni_sync.pos.outbox.push import headers_of
from omni_sync.pos.outbox.read import edge
from omni_sync.pos.outbox.send import Answer, Line
from omni_sync.pos.outbox.wake import wake_a_pusher
from omni_sync.pos.secrets import secrets_of

Kind = OutboxChange.Kind
Stop = Endpoint.Stop


def listen(*, connection: Connection, url: str, by: Any = None) -> bool:
    """Push what happens from now on to ``url``; False when that is so already. An empty one ends it.

    A new address of a receiver that was there before goes on where the old one stopped, also if that had been given up.
    Raises WebhookRefused.
    """
    if url:
        check_webhook(url)
    with transaction.atomic():
        mine = Connection.objects.select_for_update(of=("self",)).filter(pk=connection.pk)
        if mine.values_list("webhook", flat=True).get() == url and bool(url) == _has_place(connection):
            return False
        mine.update(webhook=url)
        connection.webhook = url
        if url:
            start = edge()
            endpoint, made = Endpoint.objects.get_or_create(
                pk=connection.pk, defaults={"xact": start.xact, "event": start.event}
            )
            if not made:
                _go_on(endpoint)
        else:
            Endpoint.objects.filter(pk=connection.pk).delete()
        _note(connection, Kind.ADDRESS, url, by)
    return True


def pause(*, connection: Connection, by: Any = None) -> bool:
    """Push nothing until somebody resumes it; False when it stands still already."""
    with transaction.atomic():
        going = Endpoint.objects.filter(pk=connection.pk, stopped_at=None)
        if not going.update(stopped_at=Now(), stopped_for=Stop.PERSON, lease=None, leased_until=None):
            return False
        _note(connection, Kind.PAUSED, "", by)
    return True


def resume(*, connection: Connection, by: Any = None) -> bool:
    """Go on with the very event it stopped at, now; False when it is going already, and has nothing to wait for."""
    with transaction.atomic():
        endpoint = _locked(connection)
        if endpoint.stopped_at is None and endpoint.next_attempt_at is None:
            return False
        _go_on(endpoint)
        _note(connection, Kind.RESUMED, str(Cursor(endpoint.xact, endpoint.event)), by)
        transaction.on_commit(wake_a_pusher, robust=True)
    return True


def replay(*, connection: Connection, since: Cursor | datetime, by: Any = None) -> Cursor:
    """Push everything after a cursor, or from a moment on, again; where that is. Raises NotListening.

    A worker that is pushing to it stops after the event it is at. What is no longer kept is told to be lost.
    """
    to = since if isinstance(since, Cursor) else cursor_at(since)
    with transaction.atomic():
        endpoint = _locked(connection)
        before = Cursor(endpoint.xact, endpoint.event)
        to = min(to, edge())
        Endpoint.objects.filter(pk=endpoint.pk).update(
            xact=to.xact, event=to.event, attempts=0, next_attempt_at=None, lease=None, leased_until=None
        )
        wanted = since.isoformat() if isinstance(since, datetime) else str(since)
        _note(connection, Kind.REPLAYED, f"{wanted}: {before} → {to}", by)
        transaction.on_commit(wake_a_pusher, robust=True)
    return to


def send_test(*, connection: Connection, by: Any = None) -> Answer:
    """Send one event of no consequence at once; what the receiver said. Changes nothing. Raises NotListening.

    Not inside a transaction: it talks.
    """
    if not connection.webhook:
        raise NotListening
    now, number = timezone.now(), f"test_{uuid.uuid4().hex}"
    told: dict[str, Any] = {
        "type": "webhook.test",
        "timestamp": now.isoformat(),
        "id": number,
        "store": None,
        "data": {},
    }
    body = json.dumps(told).encode()
    with Line(connection.webhook) as line:
        answer = line.send(body, headers_of(number=number, body=body, at=now, secrets=secrets_of(connection)))
    _note(connection, Kind.TESTED, answer.error or str(answer.status), by)
    return answer


def _has_place(connection: Connection) -> bool:
    return Endpoint.objects.filter(pk=connection.pk).exists()


def _locked(connection: Connection) -> Endpoint:
    endpoint = Endpoint.objects.select_for_update().filter(pk=connection.pk).first()
    if endpoint is None:
        raise NotListening
    return endpoint


def _go_on(endpoint: Endpoint) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(
        stopped_at=None, stopped_for="", attempts=0, next_attempt_at=None, lease=None, leased_until=None
    )


def _note(connection: Connection, kind: str, detail: str, by: Any) -> None:
    OutboxChange.objects.create(connection=connection, kind=kind, detail=detail[:300], by=by)
