"""Whose turn it is to push to an endpoint: one worker at a time, without a lock or transaction while it talks."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import connection as database
from django.db.models.functions import Now
from django.utils import timezone

from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.models import Endpoint
from omni_sync.pos.outbox.schedule import pause_after
from omni_sync.pos.outbox.send import Answer

#: An endpoint whose worker died is somebody else's after so long. Much longer than one exchange may take.
LEASE: Final = timedelta(seconds=60)
#: So many endpoints are pushed to at once, in all workers together: receivers that hang shall not keep every worker.
AT_ONCE: Final = 4
_SECONDS: Final = LEASE.total_seconds()
Stop = Endpoint.Stop


@dataclass(slots=True)
class Turn:
    """An endpoint that is ours for now, and where it has got to. Every write says whether it still is ours."""

    connection_id: int
    at: Cursor
    attempts: int
    lease: uuid.UUID

    def arrived(self, at: Cursor, answer: Answer) -> bool:
        """Everything up to ``at`` has arrived; the turn goes on."""
        self.at, self.attempts = at, 0
        with database.cursor() as cursor:
            cursor.execute(_ARRIVED, [at.xact, at.event, answer.status, _SECONDS, self.connection_id, self.lease])
            return bool(cursor.rowcount == 1)

    def failed(self, answer: Answer) -> bool:
        """The next event did not arrive: its time comes again, or the endpoint stops. The turn is over."""
        failures = self.attempts + 1
        pause = None if answer.is_gone else pause_after(failures, wished=answer.wished)
        if pause is not None:
            what: dict[str, Any] = {"next_attempt_at": timezone.now() + pause}
        else:
            reason = Stop.GONE if answer.is_gone else Stop.EXHAUSTED
            what = {"next_attempt_at": None, "stopped_at": Now(), "stopped_for": reason}
        return self._write(
            attempts=failures, attempted_at=Now(), last_status=answer.status, last_error=answer.error, lease=None,
            leased_until=None, **what,
        )  # fmt: skip

    def is_ours(self) -> bool:
        """Nobody has set the endpoint back, or taken it because we were slow."""
        return Endpoint.objects.filter(pk=self.connection_id, lease=self.lease).exists()

    def over(self, at: Cursor) -> bool:
        """The turn is over; nothing before ``at`` is left to push."""
        return self._write(xact=at.xact, event=at.event, attempted_at=Now(), lease=None, leased_until=None)

    def _write(self, **values: Any) -> bool:
        return Endpoint.objects.filter(pk=self.connection_id, lease=self.lease).update(**values) == 1


def take_turn() -> Turn | None:
    """The endpoint that has waited longest of those with something to push, none of them with somebody else."""
    lease = uuid.uuid4()
    with database.cursor() as cursor:
        cursor.execute(_TAKE, {"lease": lease, "seconds": _SECONDS, "at_once": AT_ONCE})
        row = cursor.fetchone()
    return Turn(row[0], Cursor(row[1], row[2]), row[3], lease) if row else None


# Once for every event, so not waiting for the disk: when the server loses its power just then, the last events are
# pushed again.
_ARRIVED = """
UPDATE omni_sync_endpoint
   SET xact = %s, event = %s, attempts = 0, next_attempt_at = NULL, delivered_at = statement_timestamp(),
       attempted_at = statement_timestamp(), last_status = %s, last_error = '',
       leased_until = statement_timestamp() + %s * interval '1 second'
  FROM (SELECT set_config('synchronous_commit', 'off', true)) quickly
 WHERE connection_id = %s AND lease = %s
"""

_TAKE = """
WITH mark AS MATERIALIZED (
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS edge,
           coalesce((SELECT xact FROM omni_sync_outboxhorizon WHERE id = 1), 0) AS horizon
)
UPDATE omni_sync_endpoint
   SET lease = %(lease)s, leased_until = statement_timestamp() + %(seconds)s * interval '1 second'
 WHERE connection_id = (
    SELECT n.connection_id
      FROM omni_sync_endpoint n
      JOIN omni_sync_connection c ON c.id = n.connection_id
     CROSS JOIN mark
     WHERE n.stopped_at IS NULL AND c.webhook <> ''
       AND (n.leased_until IS NULL OR n.leased_until < statement_timestamp())
       AND (n.next_attempt_at IS NULL OR n.next_attempt_at <= statement_timestamp())
       AND (SELECT count(*) FROM omni_sync_endpoint o WHERE o.leased_until >= statement_timestamp()) < %(at_once)s
       AND (n.xact < mark.horizon OR n.xact > mark.edge
            OR EXISTS (SELECT 1 FROM omni_sync_connectionstore mine
                        WHERE mine.connection_id = n.connection_id
                          AND EXISTS (SELECT 1 FROM omni_sync_outboxevent e
                                       WHERE e.store_id = mine.store_id AND (e.xact, e.id) > (n.xact, n.event)
                                         AND e.xact < mark.edge))
            OR EXISTS (SELECT 1 FROM omni_sync_outboxevent e
                        WHERE e.store_id IS NULL AND (e.xact, e.id) > (n.xact, n.event) AND e.xact < mark.edge))
     ORDER BY n.attempted_at NULLS FIRST
     LIMIT 1
       FOR UPDATE OF n SKIP LOCKED)
RETURNING connection_id, xact, event, attempts
"""
