"""No more of it."""

from __future__ import annotations

from django.db import transaction

from omni_sync.messages.models import Message
from omni_sync.messages.unsubscribe.exceptions import UnknownLink
from omni_sync.messages.unsubscribe.tokens import token_hash
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent
from omni_sync.people.standing import may

SOURCE = "unsubscribe"


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
        message = message_of(token)
        assert message.person is not None
        if may(person_id=message.person.pk, channel=message.channel, purpose=message.purpose):
            answer(
                person=message.person,
                channel=message.channel,
                purpose=message.purpose,
                state=Consent.State.WITHDRAWN,
                language=message.language,
                source=SOURCE,
            )
    return message
