"""Send what was said: each message until it is taken or will never be, none inside a transaction."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Final

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from omni_sync import conf
from omni_sync.messages import email
from omni_sync.messages.exceptions import Reject, Retry
from omni_sync.messages.letters import letter_of
from omni_sync.messages.models import Message

log = structlog.get_logger(__name__)

#: A message whose worker died is somebody else's after so long. Longer than a mail server may take.
LEASE: Final = timedelta(minutes=5)
#: The pause after the first failure, the second, …; after the last there is no other try: the news is old by then.
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 120, 600, 1800, 3600, 7200, 14400, 28800))
RUN: Final = timedelta(seconds=20)
State = Message.State


def send_messages() -> tuple[int, bool]:
    """Send those whose time has come; how many were sent, and whether all that was due was tried."""
    sent, until = 0, timezone.now() + RUN
    while (message := _take()) is not None:
        sent += _send(message)
        if timezone.now() > until:
            return sent, False
    return sent, True


def forget_messages() -> int:
    """Forget whom old messages went to and what was in them; that they were said is kept. For how many."""
    long_ago = timezone.now() - conf.messages_kept_for()
    old = Message.objects.filter(said_at__lt=long_ago, data__isnull=False).exclude(state=State.WAITING)
    return old.update(to="", data=None)


def _take() -> Message | None:
    """The next message, ours for a while: who changes its time first has it."""
    while (message := Message.objects.due(timezone.now()).first()) is not None:
        free = Message.objects.filter(pk=message.pk, state=State.WAITING, next_try_at=message.next_try_at)
        with transaction.atomic(durable=True):
            is_ours = free.update(next_try_at=timezone.now() + LEASE, tries=F("tries") + 1)
        if is_ours:
            message.tries += 1
            return message
    return None


def _send(message: Message) -> bool:
    """Whether it was taken. Whatever goes wrong is this message's own affair."""
    try:
        letter = letter_of(message)
        assert letter is not None, "a message that waits is whole"
        email.send(letter, to=message.to, key=message.key)
    except Reject as refusal:
        return _fail(message, refusal.why)
    except Retry as failure:
        return _later(message, str(failure))
    except Exception as failure:  # a template of somebody's own, a mail backend of somebody's own
        log.exception("message broke", message=message.pk, kind=message.kind)
        return _later(message, type(failure).__name__)
    return _settle(message, State.SENT, sent_at=timezone.now(), failure="")


def _later(message: Message, why: str) -> bool:
    if message.tries > len(PAUSES):
        return _fail(message, why)
    pause = PAUSES[message.tries - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - letters don't all come back at once
    log.warning("message not sent yet", message=message.pk, kind=message.kind, tries=message.tries, reason=why)
    waiting = Message.objects.filter(pk=message.pk, state=State.WAITING)
    waiting.update(next_try_at=timezone.now() + pause, failure=why[:200])
    return False


def _fail(message: Message, why: str) -> bool:
    log.error("message not sent", message=message.pk, kind=message.kind, tries=message.tries, reason=why)
    _settle(message, State.FAILED, failure=(why or "unknown")[:200])
    return False


def _settle(message: Message, state: Message.State, **fields: object) -> bool:
    """False: another worker, who took it after our lease, was faster."""
    return Message.objects.filter(pk=message.pk, state=State.WAITING).update(state=state, **fields) == 1
