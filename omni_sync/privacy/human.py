"""All rows of one human, and the words they are known by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models.functions import Lower

from omni_sync.people.account import person_of
from omni_sync.people.models import Identifier, Person
from omni_sync.people.normal import normal
from omni_sync.transactions import inside_transaction

Kind = Identifier.Kind
SHORTEST: Final = 6  # of an address: what is shorter is nobody's, and in every text


@dataclass(frozen=True, slots=True)
class Human:
    """Rows and accounts of one human; ``addresses`` reach them, ``values`` are these and all else that names them."""

    person_ids: tuple[int, ...]
    user_ids: tuple[int, ...]
    addresses: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.person_ids or self.user_ids)


def human_of(person: Person) -> Human:
    """The human this is a row of: whatever proved to be them, nothing that only may be."""
    return _human(Person.objects.alike(person).values_list("pk", flat=True), ())


@inside_transaction
def humans_at(contact: str) -> Human:
    """Everybody whom an e-mail address or a phone number points at: whoever answers has seen that it is theirs."""
    told = {normal(kind, contact) for kind in (Kind.EMAIL, Kind.PHONE)}
    users = get_user_model()._default_manager.annotate(plain=Lower("email")).filter(plain=contact.strip().lower())
    named = [person_of(user=user) for user in users]
    pointed = Person.objects.filter(identifiers__kind__in=[Kind.EMAIL, Kind.PHONE], identifiers__value__in=told)
    rows = {row for one in [*named, *pointed] for row in Person.objects.alike(one).values_list("pk", flat=True)}
    return _human(rows, {contact.strip(), *told})


def _human(person_ids: Iterable[int], contacts: Iterable[str]) -> Human:
    rows = list(Person.objects.filter(pk__in=list(person_ids)).order_by("pk").select_related("user"))
    users = [row.user for row in rows if row.user is not None]
    told = Identifier.objects.filter(person__in=rows).values_list("kind", "value")
    reach = {value for kind, value in told if kind in (Kind.EMAIL, Kind.PHONE)} | {
        normal(Kind.EMAIL, user.email) for user in users
    }
    named = (
        {value for _, value in told} | {row.name for row in rows} | {word for user in users for word in _words(user)}
    )
    return Human(
        person_ids=tuple(row.pk for row in rows),
        user_ids=tuple(sorted(user.pk for user in users)),
        addresses=tuple(sorted(value for value in reach | set(contacts) if len(value) >= SHORTEST)),
        values=tuple(sorted({value for value in (*named, *reach, *contacts) if value})),
    )


def _words(user: Any) -> list[str]:
    return [user.email, user.get_full_name()]
