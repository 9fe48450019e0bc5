"""What happened is pushed to those who gave an address: each receiver in order, an event again until it arrives."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import structlog
from django.utils import timezone
from django.utils.translation import gettext_noop
from standardwebhooks.webhooks import Webhook

from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.exceptions import CursorGone
from omni_sync.pos.outbox.lease import Turn, take_turn
from omni_sync.pos.outbox.read import Told, read
from omni_sync.pos.outbox.send import Answer, Line
from omni_sync.pos.secrets import secrets_of

log = structlog.get_logger(__name__)

BATCH: Final = 100
TURN: Final = 5.0  # seconds after which somebody else's receiver may have its turn
RUN: Final = 20.0  # seconds after which a worker may do something else
OUR_FAULT: Final = gettext_noop("We could not send it. The reason is in the log.")
LARGEST: Final = 20_000  # bytes of a body (Standard Webhooks)


def push_due() -> tuple[int, bool]:
    """Push what is due, receiver after receiver; how many events arrived, and whether all was tried."""
    pushed, until = 0, time.monotonic() + RUN
    while (turn := take_turn()) is not None:
        pushed += _push_alone(turn)
        if time.monotonic() > until:
            return pushed, False
    return pushed, True


def headers_of(*, number: str, body: bytes, at: datetime, secrets: Sequence[str]) -> dict[str, str]:
    """Signed as Standard Webhooks has it, with every secret there is: old and new while they are changed."""
    signatures = [Webhook(secret).sign(number, at, body.decode()) for secret in secrets]
    return {
        "webhook-id": number,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def body_of(told: Told) -> bytes:
    """An event as it is pushed. One that is too large says where to read it instead."""
    about = {
        "type": told.type,
        "timestamp": told.moment,
        "id": told.id,
        "store": told.store,
        "cursor": str(told.cursor),
    }
    body = json.dumps({**about, "data": json.loads(told.data)}, ensure_ascii=False).encode()
    if len(body) <= LARGEST:
        return body
    before = Cursor(told.cursor.xact, told.cursor.event - 1)
    read_at = f"/api/v1/events?after={before}&limit=1"
    return json.dumps({**about, "data": {}, "too_large": True, "read_at": read_at}, ensure_ascii=False).encode()


def _push_alone(turn: Turn) -> int:
    """As ``_push``; whatever goes wrong stops this receiver only."""
    try:
        return _push(turn)
    except Exception as failure:
        log.exception("push broke", connection=turn.connection_id, reason=repr(failure))
        turn.failed(Answer(error=OUR_FAULT))
        return 0


def _push(turn: Turn) -> int:
    """Push to one receiver until nothing is left, it fails, its turn is over, or it is no longer ours."""
    connection = Connection.objects.get(pk=turn.connection_id)
    secrets, pushed, until = secrets_of(connection), 0, time.monotonic() + TURN
    with Line(connection.webhook) as line:
        while True:
            try:
                page = read(connection=connection, after=turn.at, limit=BATCH)
            except CursorGone as refusal:
                if not turn.is_ours() or not _say_what_is_lost(turn, line, secrets, Cursor.read(refusal.oldest)):
                    return pushed
                continue
            for told in page.events:
                if not _send(turn, line, secrets, told):
                    return pushed
                pushed += 1
                if time.monotonic() > until:
                    turn.over(turn.at)
                    return pushed
            if page.is_last:
                turn.over(page.next)
                return pushed


def _send(turn: Turn, line: Line, secrets: Sequence[str], told: Told) -> bool:
    """Whether it arrived, and the turn is still ours."""
    return _deliver(turn, line, secrets, number=told.id, body=body_of(told), then=told.cursor)


def _say_what_is_lost(turn: Turn, line: Line, secrets: Sequence[str], oldest: Cursor) -> bool:
    """The receiver was away for longer than events are kept: it is told so, in their place."""
    lost = {"after": str(turn.at), "oldest": str(oldest)}
    body = {"type": "events.lost", "timestamp": timezone.now().isoformat(), "store": None, "data": lost}
    number = f"lost_{turn.at}_{oldest}"
    log.warning("events lost", connection=turn.connection_id, **lost)
    return _deliver(turn, line, secrets, number=number, body=json.dumps({**body, "id": number}).encode(), then=oldest)


def _deliver(turn: Turn, line: Line, secrets: Sequence[str], *, number: str, body: bytes, then: Cursor) -> bool:
    answer = line.send(body, headers_of(number=number, body=body, at=timezone.now(), secrets=secrets))
    if answer.arrived:
        return turn.arrived(then, answer)
    log.info("push failed", connection=turn.connection_id, id=number, status=answer.status, reason=answer.error)
    turn.failed(answer)
    return False
