"""Letters to a human, by the addresses they went to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cryptography.fernet import InvalidToken
from django.db.models.functions import Lower
from django.dispatch import receiver
from django.template import TemplateDoesNotExist

from omni_sync.messages.forget import forget as forget_messages
from omni_sync.messages.letters import Letter
from omni_sync.messages.models import Message, MessageQuerySet
from omni_sync.messages.notes import Note
from omni_sync.messages.words import words_of
from omni_sync.people.models import Identifier
from omni_sync.people.signals import person_erased, person_exported


@receiver(person_exported, dispatch_uid="lintas.messages.export")
def export(sender: Any, person_ids: list[int], add: Any, **_: Any) -> None:
    """Letters to addresses that were proved to be theirs; what opens doors in them is a letter's own affair."""
    proved = Identifier.objects.filter(person__in=person_ids, kind=Identifier.Kind.EMAIL, verified_at__isnull=False)
    add("letters", _rows(_to(list(proved.values_list("value", flat=True)))))


@receiver(person_erased, dispatch_uid="lintas.messages.forget")
def forget(sender: Any, values: list[str], **_: Any) -> None:
    """No letter names them any more, and none that waits goes out."""
    forget_messages(_to(values))


def _to(addresses: Sequence[str]) -> MessageQuerySet:
    plain = Message.objects.annotate(plain=Lower("to")).filter(plain__in=[address.lower() for address in addresses])
    return plain.exclude(to="").order_by("pk")


def _rows(messages: MessageQuerySet) -> Iterator[dict[str, Any]]:
    for message in messages:
        try:
            letter = words_of(message)
        except (InvalidToken, TemplateDoesNotExist):
            letter = None
        words = {"subject": _title(letter), "text": letter.text} if letter else {}
        yield {"kind": message.kind, "to": message.to, "said_at": message.said_at, "state": message.state, **words}


def _title(words: Letter | Note) -> str:
    return words.subject if isinstance(words, Letter) else words.title
