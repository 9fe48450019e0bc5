"""No more of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from omni_sync.messages.models import Channel, Message
from omni_sync.messages.status.withdraw import KINDS, having
from omni_sync.messages.unsubscribe.exceptions import NothingToUndo, UnknownLink
from omni_sync.messages.unsubscribe.tokens import token_hash
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import consents_of, may

SOURCE: Final = "unsubscribe"
#: So long whoever tapped by mistake may say so without signing in.
REGRET: Final = timedelta(hours=1)


def message_of(token: str) -> Message:
    """The message that this link stood below. Raises UnknownLink; also where its reader was forgotten since."""
    found = Message.objects.filter(stop_hash=token_hash(token)).select_related("person").first()
    if found is None or found.person is None:
        raise UnknownLink
    return found


def unsubscribe(*, token: str) -> Message:
    """Take back what the reader agreed to for this channel; said twice it is said once. Raises UnknownLink.

    Whatever waits for them asks again before it goes, so it takes effect with this transaction.
    """
    with transaction.atomic(durable=True):
        message, person = _turn(token)
        if may(person_id=person.pk, channel=message.channel, purpose=message.purpose):
            _say(message, person, Consent.State.WITHDRAWN, message.language)
    return message


def may_undo(message: Message) -> bool:
    """Whether the no that counts came by such a link, a short time ago."""
    assert message.person is not None
    said = consents_of(message.person).get((message.channel, message.purpose))
    return (
        said is not None
        and said.state == Consent.State.WITHDRAWN
        and said.source == SOURCE
        and said.said_at > timezone.now() - REGRET
    )


def undo(*, token: str, language: str) -> Message:
    """It was a mistake: they agree again, to our wording in ``language``; said twice it is said once.

    Raises UnknownLink, or NothingToUndo.
    """
    with transaction.atomic(durable=True):
        message, person = _turn(token)
        if may(person_id=person.pk, channel=message.channel, purpose=message.purpose):
            return message
        if not may_undo(message):
            raise NothingToUndo
        _say(message, person, Consent.State.GRANTED, language)
    return message


def _turn(token: str) -> tuple[Message, Person]:
    """The message and its reader; whoever comes with a link of the same human waits."""
    message = message_of(token)
    assert message.person is not None
    Person.objects.select_for_update(no_key=True).get(pk=message.person.root_id)
    return message, message.person


def _say(message: Message, person: Person, state: Consent.State, language: str) -> None:
    for row in _readers(message, person):
        answer(
            person=row,
            channel=message.channel,
            purpose=message.purpose,
            state=state,
            language=language,
            source=SOURCE,
        )


def _readers(message: Message, person: Person) -> QuerySet[Person]:
    """The row it was written to, and those of the same human that have the address: parted, each has heard the no."""
    is_addressed = bool(message.to) and Channel(message.channel) in KINDS
    has = having(message.channel, message.to) if is_addressed else Q(pk=person.root_id)
    return Person.objects.alike(person).filter(has | Q(pk=person.pk)).order_by("pk")
