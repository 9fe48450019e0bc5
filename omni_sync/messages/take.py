"""Whose turn it is: messages are claimed before anybody is asked to carry them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from omni_sync.messages.journeys.last_look import last_look
from omni_sync.messages.models import Message, Purpose

#: A message whose worker died is somebody else's after so long. Longer than a provider may take.
LEASE: Final = timedelta(minutes=5)
#: Whoever says no has begun to say so no longer ago when it is written down.
SAYING: Final = timedelta(seconds=5)
State = Message.State

_STILL: Final = """
UPDATE omni_sync_message m
   SET next_try_at = %(until)s
 WHERE m.id = ANY(%(ids)s) AND m.state IN ('waiting', 'sending') AND m.next_try_at = %(lease)s
   AND NOT (m.purpose = 'marketing' AND EXISTS (
       SELECT 1
         FROM omni_sync_person p
         JOIN omni_sync_person one ON coalesce(p.merged_into_id, p.id) IN (one.id, one.merged_into_id)
         JOIN omni_sync_consent c ON c.person_id = one.id
        WHERE p.id = m.person_id AND c.channel = m.channel AND c.purpose = m.purpose AND c.state = 'withdrawn'
          AND c.recorded_at >= %(since)s))
RETURNING m.id
"""


def take(most: int) -> list[Message]:
    """The next messages, ours for a while; none where nothing is due that may go. Each is looked at a last time: what
    may not go any more is stopped, what comes at a bad hour waits."""
    while True:
        with transaction.atomic(durable=True):
            due = list(Message.objects.due(timezone.now()).select_for_update(skip_locked=True)[:most])
            going = last_look(due)
            _claim(going)
        if going or not due:
            return going


def still_going(claimed: Sequence[Message]) -> list[Message]:
    """Those of these, claimed together some time ago, that are still ours, for another while; one statement.

    Of whom anybody said no since, they are given back: they are looked at again before they go or don't.
    """
    if not claimed:
        return []
    now, lease = timezone.now(), claimed[0].next_try_at
    ids = [message.pk for message in claimed]
    facts: dict[str, Any] = {"ids": ids, "lease": lease, "until": now + LEASE, "since": lease - LEASE - SAYING}
    with connection.cursor() as cursor:
        cursor.execute(_STILL, facts)
        going = {pk for (pk,) in cursor.fetchall()}
    if back := set(ids) - going:
        ours = Message.objects.filter(pk__in=back, next_try_at=lease, state__in=[State.WAITING, State.SENDING])
        ours.update(state=State.WAITING, next_try_at=now, tries=F("tries") - 1)
    return [message for message in claimed if message.pk in going]


def _claim(going: Sequence[Message]) -> None:
    """Marketing is on its way from here on: a crash after this may have sent it, so nobody sends it again."""
    lease = timezone.now() + LEASE
    Message.objects.filter(pk__in=[message.pk for message in going]).update(
        state=Case(When(purpose=Purpose.MARKETING, then=Value(State.SENDING)), default=F("state")),
        tries=F("tries") + 1,
        next_try_at=lease,
    )
    for message in going:
        message.tries, message.next_try_at = message.tries + 1, lease
