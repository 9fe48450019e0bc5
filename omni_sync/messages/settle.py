"""What became of a message."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import structlog
from django.db import connection
from django.utils import timezone

from omni_sync.messages.models import Message, Purpose
from omni_sync.messages.status.note import settle_notices

log = structlog.get_logger(__name__)

#: The pause after the first failure, the second, …; after the last there is no other try: the news is old by then.
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 120, 600, 1800, 3600, 7200, 14400, 28800))
#: What is said of marketing that may have arrived.
IN_DOUBT: Final = "nobody knows whether it arrived"
State = Message.State
UNDER_WAY: Final = (State.WAITING, State.SENDING)


_SENT_OFF: Final = """
UPDATE omni_sync_message m
   SET state = 'sent', sent_at = %(now)s, failure = '', provider_id = taken.number
  FROM unnest(%(ids)s::bigint[], %(numbers)s::text[]) AS taken (id, number)
 WHERE m.id = taken.id AND m.state IN ('waiting', 'sending')
"""


def sent_off(sent: Sequence[tuple[Message, str]]) -> int:
    """These were taken; for how many that is news: of a lease that was over, another worker may have been faster."""
    if not sent:
        return 0
    facts: dict[str, Any] = {
        "now": timezone.now(),
        "ids": [message.pk for message, _ in sent],
        "numbers": [number[:160] for _, number in sent],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SENT_OFF, facts)
        done = int(cursor.rowcount)
    settle_notices(facts["numbers"])
    return done


def later(message: Message, why: str, *, after: float | None = None) -> None:
    """It was not taken, and is tried again after a while, unless that has been often enough."""
    if message.tries > len(PAUSES):
        fail(message, why)
        return
    pause = PAUSES[message.tries - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - letters don't all come back at once
    pause = max(pause, timedelta(seconds=after or 0))
    log.warning("message not sent yet", message=message.pk, kind=message.kind, tries=message.tries, reason=why)
    mine = Message.objects.filter(pk=message.pk, state__in=UNDER_WAY)
    mine.update(state=State.WAITING, next_try_at=timezone.now() + pause, failure=why[:200])


def leave(message: Message, why: str) -> None:
    """It may have been taken: what is service is sent again under the same number, marketing never is."""
    if message.purpose == Purpose.MARKETING:
        fail(message, f"{IN_DOUBT}: {why}")
    else:
        later(message, why)


def fail(message: Message, why: str) -> None:
    """It will never be taken."""
    log.error("message not sent", message=message.pk, kind=message.kind, tries=message.tries, reason=why)
    mine = Message.objects.filter(pk=message.pk, state__in=UNDER_WAY)
    mine.update(state=State.FAILED, failure=(why or "unknown")[:200])


def lost() -> int:
    """Marketing whose worker died on the way is left alone; of how many that is so."""
    gone = Message.objects.filter(state=State.SENDING, next_try_at__lt=timezone.now())
    return gone.update(state=State.FAILED, failure=IN_DOUBT)
