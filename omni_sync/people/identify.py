"""Whom a till means by its customer: a person per source, without resolution across sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers
from django.db import connection

from omni_sync.oscar.bulk import copy_rows, reserve_ids
from omni_sync.people.models import Identifier, Person
from omni_sync.transactions import inside_transaction

#: The order in which identifiers decide when they point at different persons.
PRECEDENCE = (Identifier.Kind.LOYALTY, Identifier.Kind.TILL, Identifier.Kind.EMAIL, Identifier.Kind.PHONE)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Customer:
    """The identifiers one source gave for one human, each may be empty."""

    loyalty: str = ""
    till: str = ""
    email: str = ""
    phone: str = ""
    name: str = ""

    def keys(self) -> list[Key]:
        """The identifiers that are there, normalised, the most telling first."""
        values = {
            Identifier.Kind.LOYALTY: self.loyalty.strip(),
            Identifier.Kind.TILL: self.till.strip(),
            Identifier.Kind.EMAIL: self.email.strip().lower(),
            Identifier.Kind.PHONE: normal_phone(self.phone),
        }
        return [(kind.value, values[kind]) for kind in PRECEDENCE if values[kind]]


def normal_phone(number: str) -> str:
    """The number in E.164 where it can be read (Indonesia's where it has no country), else as it was given."""
    try:
        parsed = phonenumbers.parse(number, "ID")
    except phonenumbers.NumberParseException:
        return number.strip()
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@inside_transaction
def persons_of(*, customers: Sequence[Customer], source: str) -> list[int | None]:
    """The person each customer is to ``source``, made where there is none; None for a customer without identifiers.

    Identifiers stay unverified and are unique per source; nobody is merged.
    """
    keys = [customer.keys() for customer in customers]
    every = sorted({key for mine in keys for key in mine})
    known = _known(source, every)
    if len(known) < len(every):
        _take_turns(source, [key for key in every if key not in known])
        known = _known(source, every)
    return _complete(customers, keys, known, source)


def _complete(
    customers: Sequence[Customer], keys: list[list[Key]], known: dict[Key, int], source: str
) -> list[int | None]:
    new_persons: list[tuple[int, str]] = []
    new_identifiers: list[tuple[int, str, str, str]] = []
    persons: list[int | None] = []
    strangers = sum(1 for mine in keys if mine and not any(key in known for key in mine))
    fresh = iter(reserve_ids(Person, strangers))
    for customer, mine in zip(customers, keys, strict=True):
        person = next((known[key] for key in mine if key in known), None)
        if person is None and mine:
            person = next(fresh)
            new_persons.append((person, customer.name[:255]))
        for kind, value in mine:
            if person is not None and (kind, value) not in known:
                known[kind, value] = person
                new_identifiers.append((person, kind, value, source))
        persons.append(person)
    if new_persons:
        copy_rows(Person, ["id", "name"], new_persons)
    if new_identifiers:
        copy_rows(Identifier, ["person_id", "kind", "value", "source"], new_identifiers)
    return persons


def _known(source: str, keys: Sequence[Key]) -> dict[Key, int]:
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [source, [kind for kind, _ in keys], [value for _, value in keys]])
        return {(kind, value): person for kind, value, person in cursor.fetchall()}


def _take_turns(source: str, keys: Sequence[Key]) -> None:
    """Two lanes that meet the same stranger make one person of them."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS, [sorted(f"person {source} {kind} {value}" for kind, value in keys)])


_KNOWN = """
    SELECT kind, value, person_id FROM omni_sync_identifier
     WHERE source = %s AND (kind, value) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""

_TURNS = """
    SELECT pg_advisory_xact_lock(hashtextextended(k, 2)) FROM unnest(%s::text[]) WITH ORDINALITY AS t(k, n) ORDER BY n
"""
