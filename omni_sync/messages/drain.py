"""Send what was said: each message until it is taken or will never be, none inside a transaction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

import structlog
from django.utils import timezone

from omni_sync import conf
from omni_sync.messages.channels.port import Parcel
from omni_sync.messages.exceptions import Reject, Retry, Unheard
from omni_sync.messages.models import Message
from omni_sync.messages.send import hand_over, learn, written
from omni_sync.messages.settle import fail, later, leave, lost, sent_off
from omni_sync.messages.take import take

log = structlog.get_logger(__name__)

RUN: Final = timedelta(seconds=20)
BATCH: Final = 64
#: Providers are slow, not we: so many are asked at once.
AT_ONCE: Final = 16
State = Message.State


def send_messages() -> tuple[int, bool]:
    """Send those whose time has come; how many were sent, and whether all that was due was tried."""
    lost()
    sent, until = 0, timezone.now() + RUN
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="messages") as crew:
        while batch := take(BATCH):
            sent += _send(batch, crew)
            if timezone.now() > until:
                return sent, False
    return sent, True


def forget_messages() -> int:
    """Forget where old messages went and what was in them; that they were said is kept. For how many.

    Whose they were is kept as long as the person is: the link below an old message still ends what it ends.
    """
    long_ago = timezone.now() - conf.messages_kept_for()
    old = Message.objects.filter(said_at__lt=long_ago, data__isnull=False)
    return old.exclude(state__in=[State.WAITING, State.SENDING]).update(to="", data=None)


def _send(batch: list[Message], crew: ThreadPoolExecutor) -> int:
    """How many were taken. Whatever goes wrong is one message's own affair."""
    under_way = []
    for message in batch:
        parcel = _parcel(message)
        if parcel is not None:
            under_way.append((message, parcel, crew.submit(hand_over, message.channel, parcel)))
    sent: list[tuple[Message, str]] = []
    for message, _, answer in under_way:
        try:
            sent.append((message, answer.result()))
        except Reject as refusal:
            fail(message, refusal.why)
        except Retry as failure:
            later(message, str(failure), after=failure.after)
        except Unheard as failure:
            leave(message, str(failure))
        except Exception as failure:  # a mail backend of somebody's own
            log.exception("message broke", message=message.pk, kind=message.kind)
            leave(message, type(failure).__name__)
    done = sent_off(sent)
    for message, parcel, _ in under_way:
        learn(message.channel, parcel)
    return done


def _parcel(message: Message) -> Parcel | None:
    """The message, written; a template of somebody's own may not be whole."""
    try:
        return written(message)
    except Exception as failure:
        log.exception("message broke", message=message.pk, kind=message.kind)
        later(message, type(failure).__name__)
        return None
