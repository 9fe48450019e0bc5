"""Failed events take their turn again, all that failed for one reason at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from omni_sync.pos.models import InboxEvent
from omni_sync.pos.resolve import NATIVE, wake_a_worker

State, Resolution = InboxEvent.State, InboxEvent.Resolution
LONGEST: Final = 200
BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class Failure:
    """Why events failed, by the first line of what was said, and how many."""

    reason: str
    events: int
    first_at: datetime
    last_at: datetime


def failures_by_reason() -> list[Failure]:
    """Every reason for which events are failed now, the most frequent first; fifty at most."""
    with connection.cursor() as cursor:
        cursor.execute(_REASONS, [LONGEST])
        return [Failure(*row) for row in cursor.fetchall()]


def retry_all(*, reason: str, by: AbstractBaseUser) -> int:
    """Let everything that failed for ``reason`` take its turn again, hints their reading; how many.

    In batches that each commit, only what is failed when its batch is written: said twice, or while a worker has some
    of them, each event is tried again once.
    """
    total = 0
    while True:
        with transaction.atomic(durable=True):
            ids = _failed_for(reason)
            done = _try_again(ids, by)
            if done:
                wake_a_worker(State.PENDING)
                wake_a_worker(State.HINT)
        total += done
        if len(ids) < BATCH:
            return total


def _try_again(ids: list[int], by: AbstractBaseUser) -> int:
    still_failed = InboxEvent.objects.filter(pk__in=ids, state=State.FAILED)
    state = Case(When(type__in=NATIVE, then=Value(State.PENDING.value)), default=Value(State.HINT.value))
    return still_failed.update(
        state=state,
        error="",
        attempts=0,
        not_before=None,
        resolution=Resolution.RETRIED,
        resolved_by=by.pk,
        resolved_at=timezone.now(),
    )


def _failed_for(reason: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_FAILED_FOR, [LONGEST, reason, BATCH])
        return [pk for (pk,) in cursor.fetchall()]


_REASON = "left(split_part(error, E'\\n', 1), %s)"

_REASONS = f"""
    SELECT {_REASON} AS reason, count(*), min(received_at), max(received_at)
      FROM omni_sync_inboxevent WHERE state = 'failed'
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50
"""

_FAILED_FOR = f"""
    SELECT id FROM omni_sync_inboxevent WHERE state = 'failed' AND {_REASON} = %s ORDER BY id LIMIT %s
"""
