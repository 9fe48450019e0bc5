"""What became of a message."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import structlog
from django.db import connection
from django.utils import timezone

from omni_sync.messages.journeys.models import OpenOffer
from omni_sync.messages.models import Message, Purpose
from omni_sync.messages.status.note import settle_notices
from omni_sync.outside import LONGEST_WISH

log = structlog.get_logger(__name__)

#: The pause after the first failure, the second, …; after the last there is no other try: the news is old by then.
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 120, 600, 1800, 3600, 7200, 14400, 28800))
#: What is said of marketing that may have arrived.
IN_DOUBT: Final = "nobody knows whether it arrived"
State = Message.State
UNDER_WAY: Final = (State.WAITING, State.SENDING)


_SENT_OFF: Final = """
WITH taken AS (
    SELECT m.id, t.number
      FROM omni_sync_message m
      JOIN unnest(%(ids)s::bigint[], %(numbers)s::text[]) AS t (id, number) ON t.id = m.id
     WHERE m.state IN ('waiting', 'sending')
     ORDER BY m.id
       FOR NO KEY UPDATE OF m
)
UPDATE omni_sync_message m
   SET state = 'sent', sent_at = %(now)s, failure = '', provider_id = taken.number
  FROM taken
 WHERE m.id = taken.id
"""


def sent_off(sent: Sequence[tuple[Message, str]]) -> int:
    """These were taken; for how many that is news: of a lease that was over, another worker may have been faster."""
    if not sent:
        return 0
    facts: dict[str, Any] = {
        "now": timezone.now(),
        "ids": [message.pk for message, _ in sent],
        "numbers": [_storable(number) for _, number in sent],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SENT_OFF, facts)
        done = int(cursor.rowcount)
    settle_notices(facts["numbers"])
    return done


def _storable(number: str) -> str:
    """One message's odd number must not keep the others from being written down."""
    return "".join(one for one in number[:160] if one.isprintable())


def later(message: Message, why: str, *, after: float | None = None) -> None:
    """It was not taken, and is tried again after a while, unless that has been often enough."""
    if message.tries > len(PAUSES):
        fail(message, why)
        return
    pause = PAUSES[message.tries - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - letters don't all come back at once
    pause = max(pause, timedelta(seconds=min(after or 0, LONGEST_WISH.total_seconds())))
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
    """It will never be taken. What it offered is offered to nobody, unless it may have arrived."""
    log.error("message not sent", message=message.pk, kind=message.kind, tries=message.tries, reason=why)
    mine = Message.objects.filter(pk=message.pk, state__in=UNDER_WAY)
    if mine.update(state=State.FAILED, failure=(why or "unknown")[:200]) and not why.startswith(IN_DOUBT):
        OpenOffer.objects.filter(follow_up__message=message.pk, ended_at=None).update(ended_at=timezone.now())


def lost() -> int:
    """Marketing whose worker died on the way is left alone; of how many that is so."""
    gone = Message.objects.filter(state=State.SENDING, next_try_at__lt=timezone.now())
    return gone.update(state=State.FAILED, failure=IN_DOUBT)
