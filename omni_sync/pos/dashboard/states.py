"""How each connection is doing, in as many queries for fifty of them as for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection as database
from django.utils import timezone

from omni_sync.pos.dashboard.counts import OPEN, open_by_connection
from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.models import Endpoint


@dataclass(frozen=True, slots=True)
class Health:
    """``since`` is when the oldest event came in that could be applied; ``open`` a (state, number) pair each."""

    connection: Connection
    last_delivery: datetime | None
    events_today: int
    since: datetime | None
    lag: timedelta | None
    open: Sequence[tuple[Any, int]]
    endpoint: Endpoint | None

    @property
    def has_open(self) -> bool:
        """Something of theirs is not settled."""
        return any(number for _state, number in self.open)


def states_of(connections: Sequence[Connection]) -> list[Health]:
    """The state of each, today being the day on the project's clock."""
    ids = [connection.pk for connection in connections]
    now = timezone.localtime()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    counts = open_by_connection(ids)
    endpoints = Endpoint.objects.in_bulk(ids)
    with database.cursor() as cursor:
        cursor.execute(_STATE, {"ids": ids, "today": today})
        rows = {pk: rest for pk, *rest in cursor.fetchall()}
    return [
        Health(
            connection=c,
            last_delivery=rows[c.pk][0],
            events_today=rows[c.pk][1],
            since=rows[c.pk][2],
            lag=now - rows[c.pk][2] if rows[c.pk][2] else None,
            open=[(state, counts.get((c.pk, state.value), 0)) for state in OPEN],
            endpoint=endpoints.get(c.pk) if c.webhook else None,
        )
        for c in connections
    ]


# What was taken today is counted from the answers that were given; the oldest event of each lane is its first.
_STATE = """
    SELECT c.id, latest.received_at, coalesce(today.events, 0), waiting.since
      FROM unnest(%(ids)s::bigint[]) AS c(id)
      LEFT JOIN LATERAL (SELECT d.received_at FROM omni_sync_delivery d
                          WHERE d.connection_id = c.id ORDER BY d.received_at DESC LIMIT 1) latest ON true
      LEFT JOIN LATERAL (SELECT sum((d.answer ->> 'accepted')::int) AS events FROM omni_sync_delivery d
                          WHERE d.connection_id = c.id AND d.received_at >= %(today)s) today ON true
      LEFT JOIN LATERAL (SELECT min(first.received_at) AS since
                           FROM omni_sync_lane l,
                                LATERAL (SELECT e.received_at FROM omni_sync_inboxevent e
                                          WHERE e.connection_id = l.connection_id AND e.store_id = l.store_id
                                            AND e.state = 'pending'
                                          ORDER BY e.id LIMIT 1) first
                          WHERE l.connection_id = c.id) waiting ON true
"""
