"""The person of a web account."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from omni_sync.people.models import Identifier, Person
from omni_sync.people.normal import normal
from omni_sync.people.soon import resolve_soon
from omni_sync.transactions import inside_transaction

EMAIL: Final = Identifier.Kind.EMAIL


def source_of(user_id: int) -> str:
    """How an account is named as a source of identifiers: each speaks for itself."""
    return f"account {user_id}"


@inside_transaction
def person_of(*, user: Any) -> Person:
    """The row of this account, made where there is none; many at once get the same.

    The account's e-mail points at it, unverified until somebody proves it.
    """
    person = Person.objects.filter(user=user).first()
    if person is None:
        Person.objects.bulk_create([Person(user=user, name=user.get_full_name()[:255])], ignore_conflicts=True)
        person = Person.objects.get(user=user)
    _note_email(person, user)
    return person


@inside_transaction
def person_id_of(*, user_id: int | None) -> int | None:
    """The row of whoever has this account, made where there is none; None for nobody's. One query for who is known."""
    if user_id is None:
        return None
    known = Person.objects.filter(user=user_id).values_list("pk", flat=True).first()
    return known or person_of(user=get_user_model()._default_manager.get(pk=user_id)).pk


@inside_transaction
def leave_other_emails(*, user: Any) -> int:
    """Addresses that this account had before prove nothing any more of whoever has it; how many did until now.

    Only what the account itself told is left: what a till or another account knows is theirs to say.
    """
    if not _proved_beside(user).exists():
        return 0
    # Whoever asks may have read the account long ago; whoever changes it waits.
    now = get_user_model()._default_manager.select_for_update(no_key=True).get(pk=user.pk)
    return _proved_beside(now).update(verified_at=None, proof="")


def _proved_beside(user: Any) -> QuerySet[Identifier]:
    told = Identifier.objects.filter(person__user=user.pk, kind=EMAIL, source=source_of(user.pk))
    return told.exclude(verified_at=None).exclude(value=normal(EMAIL, user.email or ""))


def _note_email(person: Person, user: Any) -> None:
    value, source = normal(EMAIL, user.email or ""), source_of(user.pk)
    known = list(person.identifiers.filter(kind=EMAIL).values_list("value", "source", "verified_at"))
    if any(at and told_by == source and other != value for other, told_by, at in known):
        leave_other_emails(user=user)
    if not value or any(other == value for other, _, _ in known):
        return
    told = Identifier(person=person, kind=EMAIL, value=value, source=source)
    Identifier.objects.bulk_create([told], ignore_conflicts=True)
    resolve_soon([person.pk])
