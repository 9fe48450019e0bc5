"""What the inbox knows already of the keys in a delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from omni_sync.pos.models import InboxEvent

#: (store, type, document, fingerprint): two events with one id and equal content are the same event.
Content = tuple[int, str, str, bytes]


@dataclass(slots=True)
class Known:
    """Events by their id, documents by (store, document), and the contradictions noted before, answered or not."""

    by_id: dict[str, Content] = field(default_factory=dict)
    by_document: dict[tuple[int, str], bytes] = field(default_factory=dict)
    conflicts: set[tuple[str, Content]] = field(default_factory=set)


def known_events(connection_id: int, keys: Sequence[tuple[str, int, str]]) -> Known:
    """What is known of these (event id, store, document) keys, in one query."""
    known = Known()
    ids = [event_id for event_id, _, _ in keys]
    with connection.cursor() as cursor:
        cursor.execute(
            _KNOWN,
            [
                connection_id,
                ids,
                connection_id,
                ids,
                connection_id,
                [store for _, store, _ in keys],
                [document for _, _, document in keys],
            ],
        )
        for event_id, store, kind, document, fingerprint, state in cursor.fetchall():
            content = (store, kind, document, bytes(fingerprint))
            if state in InboxEvent.KEYLESS:
                known.conflicts.add((event_id, content))
                continue
            known.by_id[event_id] = content
            if state != "duplicate":
                known.by_document[store, document] = bytes(fingerprint)
    return known


# Each branch has its own partial index, and says the same of the state as that.
_KNOWN = """
    SELECT event_id, store_id, type, document, fingerprint, state FROM omni_sync_inboxevent
     WHERE connection_id = %s AND event_id = ANY(%s) AND state NOT IN ('conflict', 'ignored', 'accepted')
    UNION ALL
    SELECT event_id, store_id, type, document, fingerprint, state FROM omni_sync_inboxevent
     WHERE connection_id = %s AND event_id = ANY(%s) AND state IN ('conflict', 'ignored', 'accepted')
    UNION
    SELECT event_id, store_id, type, document, fingerprint, state FROM omni_sync_inboxevent
     WHERE connection_id = %s AND (store_id, document) IN (SELECT * FROM unnest(%s::int[], %s::text[]))
       AND state NOT IN ('conflict', 'duplicate', 'ignored', 'accepted')
"""
