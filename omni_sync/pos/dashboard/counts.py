"""How much is open: counted through partial indexes, and never further than somebody would read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection

from omni_sync.pos.models import InboxEvent

State = InboxEvent.State
#: The states that are few, in the order in which they matter.
OPEN: Final = (State.CONFLICT, State.FAILED, State.WAITING, State.HINT, State.PENDING)
MOST: Final = 9999


def open_events() -> dict[str, int]:
    """How many events are in each open state; ``MOST + 1`` stands for more than that."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"most": MOST + 1})
        return dict(cursor.fetchall())


def open_by_connection(ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """The same for each of these connections."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_CONNECTION, {"ids": list(ids), "most": MOST + 1})
        return {(pk, state): number for pk, state, number in cursor.fetchall()}


# Each branch says of the state what its partial index says; the two lists are never one condition.
_OPEN = """
    SELECT state, least(count(*), %(most)s) FROM omni_sync_inboxevent
     WHERE state IN ('waiting', 'hint', 'failed', 'conflict') GROUP BY state
    UNION ALL
    SELECT 'pending', count(*)
      FROM (SELECT 1 FROM omni_sync_inboxevent WHERE state = 'pending' LIMIT %(most)s) pending
"""

_BY_CONNECTION = """
    SELECT connection_id, state, least(count(*), %(most)s) FROM omni_sync_inboxevent
     WHERE state IN ('waiting', 'hint', 'failed', 'conflict') AND connection_id = ANY(%(ids)s)
     GROUP BY connection_id, state
    UNION ALL
    SELECT c.id, 'pending', p.waiting
      FROM unnest(%(ids)s::bigint[]) AS c(id),
           LATERAL (SELECT count(*) AS waiting
                      FROM (SELECT 1 FROM omni_sync_inboxevent e
                             WHERE e.connection_id = c.id AND e.state = 'pending' LIMIT %(most)s) e) p
"""
