"""Whose turn it is: messages are claimed before anybody is asked to carry them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from omni_sync.messages.journeys.last_look import last_look
from omni_sync.messages.models import Message, Purpose

#: A message whose worker died is somebody else's after so long. Longer than a provider may take.
LEASE: Final = timedelta(minutes=5)
State = Message.State


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


def _claim(going: Sequence[Message]) -> None:
    """Marketing is on its way from here on: a crash after this may have sent it, so nobody sends it again."""
    Message.objects.filter(pk__in=[message.pk for message in going]).update(
        state=Case(When(purpose=Purpose.MARKETING, then=Value(State.SENDING)), default=F("state")),
        tries=F("tries") + 1,
        next_try_at=timezone.now() + LEASE,
    )
    for message in going:
        message.tries += 1
