"""Events by what somebody at a desk knows of them: an id, a number on a receipt, a SKU. Always through an index."""

from __future__ import annotations

import json
from typing import Final

from django.db import connection

from omni_sync.pos.models import InboxEvent

#: A SKU is in very many events; the newest are looked at.
MOST: Final = 500
_KINDS: Final = (
    *("sale", "return", "void/sale", "void/return", "counted", "adjusted", "received"),
    *("transfer-out", "transfer-in", "customer"),
)


def find_events(text: str) -> set[int]:
    """The keys of the events with this id, of the document with this number, or that moved goods of this SKU."""
    documents = [text, *(f"{kind}/{text}" for kind in _KINDS)]
    line = json.dumps([{"sku": text}])
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"text": text, "documents": documents, "line": line, "most": MOST})
        return {pk for (pk,) in cursor.fetchall()}


def related_events(event: InboxEvent) -> list[InboxEvent]:
    """The other events with the id of this one, or the number of its document at its store, by arrival."""
    with connection.cursor() as cursor:
        cursor.execute(
            _RELATED,
            {
                "connection": event.connection_id,
                "store": event.store_id,
                "id": event.event_id,
                "document": event.document,
            },
        )
        others = {pk for (pk,) in cursor.fetchall()} - {event.pk}
    found = InboxEvent.objects.filter(pk__in=others).select_related("connection", "store", "resolved_by")
    return list(found.defer("payload", "fingerprint", "connection__secret").order_by("pk")[:20])


def _by_id(connection_id: str, event_id: str) -> str:
    """Both partial indexes over (connection, event id), each with its own condition."""
    where = f"FROM omni_sync_inboxevent e WHERE e.connection_id = {connection_id} AND e.event_id = {event_id}"
    return f"""
        SELECT e.id {where} AND e.state NOT IN ('conflict', 'ignored', 'accepted')
        UNION ALL
        SELECT e.id {where} AND e.state IN ('conflict', 'ignored', 'accepted')
    """


def _by_document(connection_id: str, store_id: str, document: str) -> str:
    """Both partial indexes over (connection, store, document)."""
    where = f"""FROM omni_sync_inboxevent e
                 WHERE e.connection_id = {connection_id} AND e.store_id = {store_id} AND e.document = {document}"""
    return f"""
        SELECT e.id {where} AND e.state NOT IN ('conflict', 'duplicate', 'ignored', 'accepted')
        UNION ALL
        SELECT e.id {where} AND e.state IN ('conflict', 'duplicate', 'ignored', 'accepted')
    """


# A lane is a (connection, store) that has ever said anything.
_FIND = f"""
    SELECT e.id FROM omni_sync_connection c, LATERAL ({_by_id("c.id", "%(text)s")}) e
    UNION
    SELECT e.id FROM omni_sync_lane l, unnest(%(documents)s::text[]) AS d(document),
           LATERAL ({_by_document("l.connection_id", "l.store_id", "d.document")}) e
    UNION
    SELECT e.id
      FROM (SELECT m.source, m.event_id
              FROM partner_partner p
              JOIN partner_stockrecord s ON s.partner_id = p.id AND s.partner_sku = %(text)s
              JOIN omni_sync_movement m ON m.stockrecord_id = s.id
             WHERE m.event_id <> ''
             ORDER BY m.occurred_at DESC LIMIT %(most)s) moved
      JOIN omni_sync_connection c ON c.name = moved.source,
           LATERAL ({_by_id("c.id", "moved.event_id")}) e
    UNION
    (SELECT e.id FROM omni_sync_inboxevent e
      WHERE e.state IN ('waiting', 'hint', 'failed', 'conflict') AND e.payload -> 'data' -> 'lines' @> %(line)s::jsonb
      LIMIT %(most)s)
    UNION
    SELECT e.id
      FROM (SELECT u.source, u.event_id FROM omni_sync_unmatchedline u
             WHERE u.healed_at IS NULL AND u.sku = %(text)s ORDER BY u.id DESC LIMIT %(most)s) lost
      JOIN omni_sync_connection c ON c.name = lost.source,
           LATERAL ({_by_id("c.id", "lost.event_id")}) e
"""

_RELATED = f"""
    {_by_id("%(connection)s", "%(id)s")}
    UNION
    ({_by_document("%(connection)s", "%(store)s", "%(document)s")} LIMIT 200)
"""
