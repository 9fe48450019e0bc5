"""What was told is kept for 90 days. Whoever was away longer is told that something is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import structlog
from django.db import connection as database
from django.db.models import Max, QuerySet
from django.utils import timezone

from omni_sync.pos.models import OutboxEvent
from omni_sync.pos.outbox.models import OutboxHorizon
from omni_sync.pos.outbox.moments import cursor_at, first_id_at
from omni_sync.pos.outbox.restored import settle_restored

log = structlog.get_logger(__name__)

KEPT: Final = timedelta(days=90)
BATCH: Final = 10_000


def prune() -> int:
    """Forget what was told more than 90 days ago, to whomever; how many events that were.

    First it is written down that they are not kept, so that no reader takes what is missing for nothing. A webhook
    that stands still does not keep them: when it goes on, its receiver is sent ``events.lost``. One that merely had
    nothing to hear is moved on.
    """
    settle_restored()
    limit = timezone.now() - KEPT
    xact, beyond = cursor_at(limit).xact, first_id_at(limit)
    with database.cursor() as cursor:
        cursor.execute(_MOVE_ON, {"xact": xact})
    old = OutboxEvent.objects.filter(pk__lt=beyond, xact__lt=xact)
    newest: int | None = old.aggregate(newest=Max("xact"))["newest"]
    if newest is None:
        return 0
    OutboxHorizon.objects.get_or_create(pk=1)
    OutboxHorizon.objects.filter(pk=1, xact__lte=newest).update(xact=newest + 1)
    forgotten = _delete(old)
    log.info("outbox pruned", events=forgotten)
    return forgotten


def _delete(old: QuerySet[OutboxEvent]) -> int:
    forgotten, gone = 0, BATCH
    while gone == BATCH:
        gone, _ = OutboxEvent.objects.filter(pk__in=old.order_by("pk").values("pk")[:BATCH]).delete()
        forgotten += gone
    return forgotten


# Not those with a worker: they move by themselves.
_MOVE_ON = """
UPDATE omni_sync_endpoint n SET xact = %(xact)s, event = 0
 WHERE n.xact < %(xact)s AND n.lease IS NULL
   AND NOT EXISTS (SELECT 1 FROM omni_sync_connectionstore mine
                     JOIN omni_sync_outboxevent e ON e.store_id = mine.store_id
                    WHERE mine.connection_id = n.connection_id AND (e.xact, e.id) > (n.xact, n.event)
                      AND e.xact < %(xact)s)
   AND NOT EXISTS (SELECT 1 FROM omni_sync_outboxevent e
                    WHERE e.store_id IS NULL AND (e.xact, e.id) > (n.xact, n.event) AND e.xact < %(xact)s)
"""
