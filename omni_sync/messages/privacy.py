"""Messages to a human, by their rows and by the addresses they went to; why they got them, and when they want none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import Q
from django.db.models.functions import Lower
from django.dispatch import receiver

from omni_sync.messages.forget import forget as forget_messages
from omni_sync.messages.journeys.explain import explained
from omni_sync.messages.journeys.models import FollowUp, OpenOffer
from omni_sync.messages.letters import Letter
from omni_sync.messages.models import Message, MessageQuerySet
from omni_sync.messages.notes import Note
from omni_sync.messages.preferences.models import Preference
from omni_sync.messages.words import read
from omni_sync.people.models import Identifier
from omni_sync.people.signals import person_erased, person_exported

REACHING: Final = (Identifier.Kind.EMAIL, Identifier.Kind.PHONE)
MESSAGE: Final = ("kind", "channel", "purpose", "to", "said_at", "state", "sent_at", "status", "status_at")
OFFER: Final = ("product__title", "until", "ended_at")
PREFERENCE: Final = ("language", "zone", "quiet_from", "quiet_until", "changed_at")


@receiver(person_exported, dispatch_uid="lintas.messages.export")
def export(sender: Any, person_ids: list[int], add: Any, **_: Any) -> None:
    """Messages to them and to addresses that were proved to be theirs; what opens doors in them is their own affair."""
    proved = Identifier.objects.filter(person__in=person_ids, kind__in=REACHING, verified_at__isnull=False)
    add("letters", _rows(_of(person_ids, list(proved.values_list("value", flat=True)))))
    add("follow_ups", _reasons(person_ids))
    add("open_offers", OpenOffer.objects.filter(person__in=person_ids).order_by("pk").values(*OFFER))
    add("preferences", Preference.objects.filter(person__in=person_ids).order_by("pk").values(*PREFERENCE))


@receiver(person_erased, dispatch_uid="lintas.messages.forget")
def forget(sender: Any, person_ids: list[int], values: list[str], **_: Any) -> None:
    """No message names them any more, none that waits goes out, and none is decided.

    Follow-ups go first: whoever is deciding one of them is waited for, so that what comes of it is found.
    """
    FollowUp.objects.filter(pk__in=_locked(person_ids)).delete()
    forget_messages(_of(person_ids, values))


def _locked(person_ids: Sequence[int]) -> list[int]:
    rows = FollowUp.objects.filter(person__in=person_ids).order_by("pk").select_for_update()
    return list(rows.values_list("pk", flat=True))


def _of(person_ids: Sequence[int], addresses: Sequence[str]) -> MessageQuerySet:
    plain = [address.lower() for address in addresses if address]
    known = Message.objects.annotate(plain=Lower("to"))
    return known.filter(Q(person__in=person_ids) | Q(plain__in=plain)).order_by("pk")


def _reasons(person_ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    rows = FollowUp.objects.filter(person__in=person_ids).select_related("journey", "message").order_by("pk")
    for told in explained(rows, to_the_person=True):
        row = told.follow_up
        yield {
            "about": told.title,
            "occurred_at": row.occurred_at,
            "due_at": row.due_at,
            "decided_at": row.decided_at,
            "state": row.state,
            "why": row.why,
            "explained": told.text,
            "variant": row.variant,
            "facts": row.facts,
            "said": row.said,
        }


def _rows(messages: MessageQuerySet) -> Iterator[dict[str, Any]]:
    for message in messages:
        letter = read(message)
        words = {"subject": _title(letter), "text": letter.text} if letter else {}
        yield {**{name: getattr(message, name) for name in MESSAGE}, **words}


def _title(words: Letter | Note) -> str:
    return words.subject if isinstance(words, Letter) else words.title
