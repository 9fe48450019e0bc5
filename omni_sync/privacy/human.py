"""All rows of one human, and the words they are known by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth import get_user_model
from django.db.models.functions import Lower

from omni_sync.people.account import person_of, source_of
from omni_sync.people.models import Identifier, Person
from omni_sync.people.normal import normal
from omni_sync.transactions import inside_transaction

Kind = Identifier.Kind
REACHING: Final = (Kind.EMAIL, Kind.PHONE)
SHORTEST: Final = 6  # of an address: what is shorter is nobody's, and in every text


@dataclass(frozen=True, slots=True)
class Human:
    """Rows and accounts of one human, and what they are known by.

    ``values`` were proved to be theirs, ``addresses`` among them reach them: these find what else is theirs. ``words``
    are these and all that anybody wrote of them, names and addresses that nobody proved: they may be another's. Of
    ``silent`` ones, a till's word among them but not the account's own, no yes counts that was said before.
    """

    person_ids: tuple[int, ...]
    user_ids: tuple[int, ...]
    addresses: tuple[str, ...]
    silent: tuple[str, ...]
    values: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.person_ids or self.user_ids)


def human_of(person: Person) -> Human:
    """The human this is a row of: whatever proved to be them, nothing that only may be."""
    return _human(Person.objects.alike(person).values_list("pk", flat=True), ())


@inside_transaction
def humans_at(contact: str) -> Human:
    """Everybody whom an e-mail address or a phone number points at: whoever answers has seen that it is theirs.

    Nobody for no contact: accounts without an address have none in common.
    """
    if not contact.strip():
        return _human((), ())
    told = {normal(kind, contact) for kind in REACHING}
    users = get_user_model()._default_manager.annotate(plain=Lower("email")).filter(plain=contact.strip().lower())
    named = [person_of(user=user) for user in users]
    pointed = Person.objects.filter(identifiers__kind__in=REACHING, identifiers__value__in=told)
    rows = {row for one in [*named, *pointed] for row in Person.objects.alike(one).values_list("pk", flat=True)}
    return _human(rows, {contact.strip(), *told})


def _human(person_ids: Iterable[int], contacts: Iterable[str]) -> Human:
    rows = list(Person.objects.filter(pk__in=list(person_ids)).order_by("pk").select_related("user"))
    users = [row.user for row in rows if row.user is not None]
    told = list(Identifier.objects.filter(person__in=rows).values_list("kind", "value", "source", "verified_at"))
    own = {source_of(user.pk) for user in users}
    proved = {(kind, value) for kind, value, _, at in told if at is not None}
    tills = {value for kind, value, source, _ in told if kind in REACHING and source not in own}
    written = {user.email for user in users if (Kind.EMAIL, normal(Kind.EMAIL, user.email)) in proved} | set(contacts)
    reach = {value for kind, value in proved if kind in REACHING} | written
    values = {value for _, value in proved} | written
    names = {row.name for row in rows} | {word for user in users for word in (user.email, user.get_full_name())}
    return Human(
        person_ids=tuple(row.pk for row in rows),
        user_ids=tuple(sorted(user.pk for user in users)),
        addresses=_addresses(reach),
        silent=_addresses(reach | tills),
        values=tuple(sorted(filter(None, values))),
        words=tuple(sorted(filter(None, values | names | {value for _, value, _, _ in told}))),
    )


def _addresses(told: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(value for value in told if len(value) >= SHORTEST))
