"""Send what was said: each message until it is taken or will never be, none inside a transaction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from omni_sync import conf
from omni_sync.messages.crew import AT_ONCE, Crew
from omni_sync.messages.models import Message
from omni_sync.messages.settle import lost
from omni_sync.messages.take import still_going, take

RUN: Final = timedelta(seconds=20)
#: So many are claimed together.
BATCH: Final = 64
#: Whoever waits goes on when so many hands are free, while the others are still busy.
ENOUGH: Final = AT_ONCE // 2
State = Message.State


def send_messages() -> tuple[int, bool]:
    """Send those whose time has come; how many were sent, and whether all that was due was tried."""
    lost()
    until = timezone.now() + RUN
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="messages") as threads:
        crew = Crew(threads)
        try:
            is_done = _work(crew, until)
        finally:
            crew.note_all()
    return crew.sent, is_done


def forget_messages() -> int:
    """Forget where old messages went and what was in them; that they were said is kept. For how many.

    The provider's number goes too: WhatsApp's has the reader's own in it. Whose they were is kept as long as the person
    is: the link below an old message still ends what it ends.
    """
    long_ago = timezone.now() - conf.messages_kept_for()
    old = Message.objects.filter(Q(data__isnull=False) | ~Q(provider_id=""), said_at__lt=long_ago)
    return old.exclude(state__in=[State.WAITING, State.SENDING]).update(to="", data=None, provider_id="")


def _work(crew: Crew, until: datetime) -> bool:
    """Whether nothing is left. What was claimed and had to wait for its turn is asked for again before it goes."""
    ahead: list[Message] = []
    is_fresh = False
    while ahead or timezone.now() <= until:
        if not ahead:
            crew.note()
            ahead, is_fresh = take(BATCH), True
            if not ahead and crew.is_idle:
                return True
        turn, ahead = ahead[: crew.free], ahead[crew.free :]
        crew.carry(turn if is_fresh else still_going(turn))
        is_fresh = False
        crew.wait(hands=ENOUGH if turn else crew.free + 1)
        if not turn:
            crew.note()
    return False
