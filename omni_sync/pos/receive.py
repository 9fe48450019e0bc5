"""The inbox: what a till said is durable before anybody asks what it means (R6)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.db import connection as database
from django.db import transaction
from django.utils import timezone

from omni_sync.pos.adapters.port import Reading, Rejected, TillEvent
from omni_sync.pos.connections import Place, places_of
from omni_sync.pos.drift.report import report_levels
from omni_sync.pos.known import Known, known_events
from omni_sync.pos.models import Connection, Delivery, InboxEvent

log = structlog.get_logger(__name__)

AHEAD = timedelta(minutes=10)
State = InboxEvent.State


@dataclass(slots=True)
class Answer:
    """What the till is told: accepted means durable, not applied."""

    accepted: int = 0
    duplicates: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "rejected": [{"index": r.index, "id": r.event_id, "error": r.error} for r in self.rejected],
        }


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An event with its place in our world."""

    event: TillEvent
    place: Place
    occurred_at: datetime

    @property
    def key(self) -> tuple[int, str]:
        return self.place.store_id, self.event.document


def receive(*, connection: Connection, body: bytes, headers: Mapping[str, str], reading: Reading) -> Answer:
    """Keep a delivery and the events in it, and say what became of each.

    Said before with the same content: a duplicate, without effect. With other content: kept as a conflict that a
    person decides. Another store's code rejects its event. Durable when this returns; nothing is applied yet.
    """
    arrivals, unknown = _locate(connection, reading.events)
    answer = Answer(rejected=sorted([*reading.rejected, *unknown], key=lambda r: r.index))
    with transaction.atomic(durable=True):
        delivery = _write_down(connection.pk, body, headers)
        _keep(connection.pk, delivery, arrivals, answer)
        answer.accepted += report_levels(connection=connection, levels=reading.levels)
        with database.cursor() as cursor:
            cursor.execute(_ANSWERED, [json.dumps(answer.as_json()), delivery])
    log.info(
        "delivery kept",
        connection=connection.name,
        delivery=delivery,
        accepted=answer.accepted,
        duplicates=answer.duplicates,
        rejected=len(answer.rejected),
    )
    return answer


def keep_unreadable(*, connection: Connection, body: bytes, headers: Mapping[str, str], error: str) -> None:
    """Keep a signed delivery that nothing could be read from, with the reason it was refused."""
    delivery = Delivery.objects.create(
        connection=connection,
        body=body,
        headers=dict(headers),
        fingerprint=hashlib.sha256(body).hexdigest(),
        answer={"error": error},
    )
    log.warning("delivery unreadable", connection=connection.name, delivery=delivery.pk)


def _locate(connection: Connection, events: Sequence[TillEvent]) -> tuple[list[_Arrival], list[Rejected]]:
    places = places_of(connection, sorted({event.store for event in events}))
    arrivals, unknown = [], []
    for event in events:
        place = places.get(event.store)
        if place is None:
            unknown.append(Rejected(event.index, event.event_id, f"unknown_store: {event.store}"))
            continue
        at = event.occurred_at
        arrivals.append(_Arrival(event, place, at if at.tzinfo else at.replace(tzinfo=_zone(place))))
    return arrivals, unknown


def _zone(place: Place) -> ZoneInfo:
    return ZoneInfo(place.timezone) if place.timezone else ZoneInfo(timezone.get_default_timezone_name())


def _write_down(connection_id: int, body: bytes, headers: Mapping[str, str]) -> int:
    """Keep the raw delivery; its number."""
    with database.cursor() as cursor:
        fingerprint = hashlib.sha256(body).hexdigest()
        cursor.execute(_DELIVERY, [connection_id, body, json.dumps(dict(headers)), fingerprint])
        return int(cursor.fetchone()[0])


def _keep(connection_id: int, delivery: int, arrivals: list[_Arrival], answer: Answer) -> None:
    """Write what is new; where another delivery was faster with the same keys, look again at what it wrote."""
    while arrivals:
        known = known_events(connection_id, [(a.event.event_id, *a.key) for a in arrivals])
        states = [(arrival, _judge(arrival, known)) for arrival in arrivals]
        written = _insert(connection_id, delivery, [(arrival, state) for arrival, state in states if state is not None])
        arrivals = []
        for arrival, state in states:
            if state is None:
                answer.duplicates += 1
            elif arrival.event.index not in written:
                arrivals.append(arrival)
            elif state == State.DUPLICATE:
                answer.duplicates += 1
            else:
                answer.accepted += 1
    _open_lanes(connection_id, delivery)


def _judge(arrival: _Arrival, known: Known) -> State | None:
    """The state the event enters in; None when it was said before under the same id. Remembers it as known."""
    event = arrival.event
    content = (arrival.place.store_id, event.type, event.document, event.fingerprint)
    said, told = known.by_id.get(event.event_id), known.by_document.get(arrival.key)
    if said == content or (event.event_id, content) in known.conflicts:
        return None
    if said is not None or (told is not None and told != event.fingerprint):
        known.conflicts.add((event.event_id, content))
        return State.CONFLICT
    known.by_id[event.event_id] = content
    if told is not None:
        return State.DUPLICATE
    known.by_document[arrival.key] = event.fingerprint
    if event.hint:
        return State.HINT
    if event.type == "stock.counted" and arrival.occurred_at > timezone.now() + AHEAD:
        return State.WAITING
    return State.PENDING


def _insert(connection_id: int, delivery: int, wanted: Sequence[tuple[_Arrival, State]]) -> set[int]:
    """Write the events; the indexes of those that were written."""
    if not wanted:
        return set()
    rows = [
        (
            a.event.index,
            a.place.store_id,
            a.event.event_id,
            a.event.type,
            a.event.document,
            a.event.fingerprint,
            a.occurred_at,
            state.value,
            a.occurred_at if state == State.WAITING else None,
        )
        for a, state in wanted
    ]
    payloads = json.dumps([a.event.payload for a, _ in wanted])  # one text: arrays of long texts are slow to write
    with database.cursor() as cursor:
        columns = map(list, zip(*rows, strict=True))
        cursor.execute(_INSERT, [delivery, connection_id, *columns, payloads])
        return {index for (index,) in cursor.fetchall()}


def _open_lanes(connection_id: int, delivery: int) -> None:
    with database.cursor() as cursor:
        cursor.execute(_LANES, [connection_id, delivery, connection_id])


_DELIVERY = """
    INSERT INTO omni_sync_delivery (connection_id, body, headers, fingerprint, answer)
    VALUES (%s, %s, %s::jsonb, %s, '{}') RETURNING id
"""

_ANSWERED = "UPDATE omni_sync_delivery SET answer = %s::jsonb WHERE id = %s"


# Numbered by arrival, written by id: two deliveries of the same events in another order would wait for each other.
_INSERT = """
    INSERT INTO omni_sync_inboxevent
           (id, delivery_id, connection_id, index, store_id, event_id, type, document, fingerprint, payload,
            occurred_at, state, not_before, attempts)
    SELECT e.id, %s, %s, e.index, e.store_id, e.event_id, e.type, e.document, e.fingerprint, p.payload,
           e.occurred_at, e.state, e.not_before, 0
      FROM (SELECT nextval(pg_get_serial_sequence('omni_sync_inboxevent', 'id')) AS id, told.*
              FROM (SELECT * FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[], %s::text[], %s::bytea[],
                                         %s::timestamptz[], %s::text[], %s::timestamptz[]) WITH ORDINALITY
                        AS t(index, store_id, event_id, type, document, fingerprint, occurred_at, state, not_before, n)
                     ORDER BY t.index) told) e
      JOIN jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS p(payload, n) ON p.n = e.n
     ORDER BY e.event_id
        ON CONFLICT DO NOTHING
    RETURNING index
"""

_LANES = """
    INSERT INTO omni_sync_lane (connection_id, store_id)
    SELECT %s, n.store_id FROM (SELECT DISTINCT store_id FROM omni_sync_inboxevent WHERE delivery_id = %s) n
     WHERE NOT EXISTS (SELECT 1 FROM omni_sync_lane l WHERE l.connection_id = %s AND l.store_id = n.store_id)
     ORDER BY n.store_id
        ON CONFLICT DO NOTHING
"""
