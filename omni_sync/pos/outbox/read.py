"""What a connection may read, in the order it was committed, without a gap."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection as database

from omni_sync.people.models import Identifier
from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.cursor import BEGINNING, Cursor
from omni_sync.pos.outbox.exceptions import CursorGone
from omni_sync.pos.outbox.restored import settle_restored

CONSENT: Final = "customer.consent"


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it goes out: ``data`` is JSON already."""

    cursor: Cursor
    type: str
    at: datetime
    store: str | None
    data: str

    @property
    def id(self) -> str:
        """The same wherever and however often this event is told."""
        return f"evt_{self.cursor.event}"

    @property
    def moment(self) -> str:
        return self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Page:
    """Some events; ``next`` is after all of them, and after everything this reader could have missed."""

    events: Sequence[Told]
    next: Cursor
    is_last: bool


def read(*, connection: Connection, after: Cursor | None, limit: int) -> Page:
    """The next events of the connection's stores, and those of no store, that every earlier transaction has come
    to its end for: none can turn up later with a smaller cursor.

    ``after`` None begins with the oldest that is kept. Raises CursorGone for a cursor before that, or of the life of
    another database.
    """
    since = after or BEGINNING
    scope = {"connection": connection.pk, "xact": since.xact, "event": since.event, "limit": limit}
    with database.cursor() as cursor:
        cursor.execute(_PAGE, scope)
        rows = cursor.fetchall()
    edge, horizon = rows[0][:2]
    if horizon > edge or since.xact > edge:
        settle_restored()
        horizon = min(horizon, edge)
    if after is not None and (after.xact < horizon or after.xact > edge):
        raise CursorGone(str(Cursor(horizon, 0)))
    events = [Told(Cursor(row[2], row[3]), *row[4:]) for row in rows if row[3] is not None]
    is_last = len(events) < limit
    return Page(_with_customers(events, connection), Cursor(edge, 0) if is_last else events[-1].cursor, is_last)


def edge() -> Cursor:
    """Where what is told from now on begins: everything before it is there to be read."""
    with database.cursor() as cursor:
        cursor.execute(_EDGE)
        return Cursor(cursor.fetchone()[0], 0)


def _with_customers(events: Iterable[Told], connection: Connection) -> list[Told]:
    """Consents name their customer by the numbers that this very till told us, and by nothing else."""
    told = list(events)
    consents = {event.cursor: json.loads(event.data) for event in told if event.type == CONSENT}
    if not consents:
        return told
    numbers: dict[int, dict[str, str]] = {}
    persons = {data["person"] for data in consents.values()}
    known = Identifier.objects.filter(
        person__in=persons, source=connection.name, kind__in=[Identifier.Kind.LOYALTY, Identifier.Kind.TILL]
    )
    for person, kind, value in known.order_by("pk").values_list("person", "kind", "value"):
        numbers.setdefault(person, {})[kind] = value
    return [_naming(event, consents.get(event.cursor), numbers) for event in told]


def _naming(event: Told, data: dict[str, Any] | None, numbers: dict[int, dict[str, str]]) -> Told:
    if data is None:
        return event
    named = {**data, "customer": numbers.get(data["person"], {})}
    return Told(event.cursor, event.type, event.at, event.store, json.dumps(named, ensure_ascii=False))


_EDGE = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

# One statement, so one snapshot: what is pruned meanwhile is either there or known to be gone. Each store's events are
# read in order from its own part of the index: a quiet store among busy ones costs nothing.
_PAGE = """
WITH mark AS MATERIALIZED (
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS edge,
           coalesce((SELECT xact FROM omni_sync_outboxhorizon WHERE id = 1), 0) AS horizon
), page AS MATERIALIZED (
    SELECT found.xact, found.id
      FROM omni_sync_connectionstore mine
     CROSS JOIN LATERAL (
           SELECT e.xact, e.id FROM omni_sync_outboxevent e
            WHERE e.store_id = mine.store_id AND (e.xact, e.id) > (%(xact)s, %(event)s)
              AND e.xact < (SELECT edge FROM mark)
            ORDER BY e.xact, e.id LIMIT %(limit)s
           ) found
     WHERE mine.connection_id = %(connection)s
     UNION ALL
   (SELECT e.xact, e.id FROM omni_sync_outboxevent e
     WHERE e.store_id IS NULL AND (e.xact, e.id) > (%(xact)s, %(event)s) AND e.xact < (SELECT edge FROM mark)
     ORDER BY e.xact, e.id LIMIT %(limit)s)
     ORDER BY xact, id LIMIT %(limit)s
)
SELECT mark.edge, mark.horizon, told.xact, told.id, told.type, told.at, told.code, told.data
  FROM mark
  LEFT JOIN (SELECT page.xact, page.id, e.type, e.at, p.code, e.data
               FROM page
               JOIN omni_sync_outboxevent e ON e.id = page.id
               LEFT JOIN partner_partner p ON p.id = e.store_id) told ON true
 ORDER BY told.xact, told.id
"""
