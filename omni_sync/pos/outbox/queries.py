from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection as database
from django.utils import timezone

from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.models import Endpoint

MOST_COUNTED: Final = 1000


@dataclass(frozen=True, slots=True)
class Lag:
    """What a receiver has yet to hear: so many events, or more where they are too many to count; since when."""

    events: int
    since: datetime | None

    @property
    def is_more(self) -> bool:
        return self.events > MOST_COUNTED

    @property
    def behind(self) -> timedelta:
        return timezone.now() - self.since if self.since else timedelta(0)


def lag_of(endpoint: Endpoint) -> Lag:
    """How far behind it is. Costs no more than reading a thousand events of each of its stores from the index."""
    scope = {
        "connection": endpoint.pk,
        "xact": endpoint.xact,
        "event": endpoint.event,
        "limit": MOST_COUNTED + 1,
    }
    with database.cursor() as cursor:
        cursor.execute(_WAITING, scope)
        return Lag(*cursor.fetchone())


def endpoint_of(connection: Connection) -> Endpoint | None:
    """Where its webhook has got to; None where there is none."""
    return Endpoint.objects.filter(pk=connection.pk).first() if connection.webhook else None


_WAITING = """
WITH waiting AS MATERIALIZED (
    SELECT found.xact, found.id
      FROM omni_sync_connectionstore mine
     CROSS JOIN LATERAL (
           SELECT e.xact, e.id FROM omni_sync_outboxevent e
            WHERE e.store_id = mine.store_id AND (e.xact, e.id) > (%(xact)s, %(event)s)
            ORDER BY e.xact, e.id LIMIT %(limit)s
           ) found
     WHERE mine.connection_id = %(connection)s
     UNION ALL
   (SELECT e.xact, e.id FROM omni_sync_outboxevent e
     WHERE e.store_id IS NULL AND (e.xact, e.id) > (%(xact)s, %(event)s)
     ORDER BY e.xact, e.id LIMIT %(limit)s)
     ORDER BY xact, id LIMIT %(limit)s
)
SELECT count(*), (SELECT e.at FROM omni_sync_outboxevent e
                   WHERE e.id = (SELECT id FROM waiting ORDER BY xact, id LIMIT 1))
  FROM waiting
"""
