"""Somebody asks; what they asked for is done soon after, by a worker."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from omni_sync.people.models import Person
from omni_sync.poke import poke
from omni_sync.privacy.erase import refuse_if_bound
from omni_sync.privacy.human import human_of, humans_at
from omni_sync.privacy.models import PrivacyRequest
from omni_sync.transactions import inside_transaction

Kind = PrivacyRequest.Kind


@inside_transaction
def ask(*, person: Person, kind: Kind, language: str) -> PrivacyRequest:
    """The person themselves asks, having said that they mean it; asked twice while it is open, it is one request.

    Raises StillOpen or WorksHere where they can't be forgotten yet.
    """
    if kind == Kind.ERASURE:
        refuse_if_bound(human=human_of(person))
    # Of several accounts of one human the answer is for the one that asks.
    own = person if person.user_id else Person.objects.get(pk=person.root_id)
    told = PrivacyRequest(person=own, kind=kind, language=language, agreed_at=timezone.now())
    PrivacyRequest.objects.bulk_create([told], ignore_conflicts=True)
    PrivacyRequest.objects.filter(person=own, kind=kind, done_at=None).update(agreed_at=timezone.now(), held_up_by="")
    _soon()
    return PrivacyRequest.objects.get(person=own, kind=kind, done_at=None)


@inside_transaction
def register(*, kind: Kind, contact: str, reply_to: str, language: str, by: Any) -> PrivacyRequest:
    """Somebody wrote, rang or came by: their days are counted from now. Nothing is done until ``agree``."""
    return PrivacyRequest.objects.create(
        kind=kind, contact=contact.strip(), reply_to=reply_to, language=language, noted_by=by, asked_at=timezone.now()
    )


@inside_transaction
def agree(*, request_id: int) -> PrivacyRequest:
    """Somebody looked who it is: it may be done. Raises StillOpen or WorksHere."""
    request = PrivacyRequest.objects.open().select_for_update().get(pk=request_id)
    if request.kind == Kind.ERASURE:
        refuse_if_bound(human=human_of(request.person) if request.person else humans_at(request.contact))
    request.agreed_at, request.held_up_by = timezone.now(), ""
    request.save(update_fields=["agreed_at", "held_up_by"])
    _soon()
    return request


@inside_transaction
def take_back(*, request_id: int) -> bool:
    """They want it no more, or it was not them; False when it was done already."""
    open_still = PrivacyRequest.objects.open().filter(pk=request_id)
    gone = {"outcome": PrivacyRequest.Outcome.TAKEN_BACK, "person": None, "contact": "", "reply_to": ""}
    return open_still.update(done_at=timezone.now(), **gone) == 1


def _soon() -> None:
    from omni_sync.privacy.tasks import do_requests

    transaction.on_commit(lambda: poke(do_requests), robust=True)
