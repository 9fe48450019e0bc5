"""Send words to oneself, to see how they look where they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction

from omni_sync.messages.channels.registry import channel_of, is_open
from omni_sync.messages.models import Channel, Message, Purpose, sealed
from omni_sync.messages.say import wake_a_worker
from omni_sync.messages.wording.chosen import DRAFT, TRIAL
from omni_sync.messages.wording.exceptions import NoAddress
from omni_sync.people.models import Person


def send_trial(
    *, by: Any, channel: str, kind: str, language: str, facts: Mapping[str, Any], draft: dict[str, str] | None
) -> Message:
    """Let it go to whoever asks, at an address of their own and nowhere else; it counts for nobody's cap.

    Raises NoAddress.
    """
    words = {DRAFT: draft} if draft and draft.get("text") else {}
    with transaction.atomic(durable=True):
        message = Message.objects.create(
            key=f"trial:{uuid4().hex}",
            kind=kind,
            channel=channel,
            purpose=Purpose.SERVICE,
            to=_own_address(by, channel),
            language=language,
            data=sealed({**facts, **words, TRIAL: True}),
        )
        transaction.on_commit(wake_a_worker, robust=True)
    return message


def _own_address(user: Any, channel: str) -> str:
    """The account's e-mail; for other channels what the same human proved to be theirs."""
    if channel == Channel.EMAIL and user.email:
        return str(user.email)
    person = Person.objects.filter(user=user).first()
    if person is None or not is_open(channel):
        raise NoAddress
    try:
        return channel_of(channel).addresses([person.root_id], is_marketing=False)[person.root_id]
    except KeyError:
        raise NoAddress from None
