"""Whom a till means by its customer: a person per source, without resolution across sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from omni_sync.oscar.bulk import copy_rows, reserve_ids
from omni_sync.people.models import Identifier, Person
from omni_sync.people.normal import normal
from omni_sync.people.soon import resolve_soon
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
        told = ((kind.value, normal(kind.value, getattr(self, kind.value))) for kind in PRECEDENCE)
        return [(kind, value) for kind, value in told if value]


@inside_transaction
def persons_of(*, customers: Sequence[Customer], source: str, trusts_loyalty: bool = False) -> list[int | None]:
    """The person each customer is to ``source``, made where there is none; None for a customer without identifiers.

    Identifiers are unique per source. They stay unverified, new loyalty numbers apart where the source
    ``trusts_loyalty``. Nobody is merged here: who is one human is looked at after commit.
    """
    keys = [customer.keys() for customer in customers]
    every = sorted({key for mine in keys for key in mine})
    known = _known(source, every)
    if len(known) < len(every):
        _take_turns(source, [key for key in every if key not in known])
        known = _known(source, every)
    persons, new_persons, new_identifiers = _complete(customers, keys, known)
    if new_persons:
        copy_rows(Person, ["id", "name"], new_persons)
    if new_identifiers:
        _write(new_identifiers, source, verified=Identifier.Kind.LOYALTY.value if trusts_loyalty else "")
        resolve_soon([person for person, _ in new_identifiers])
    return persons


def _complete(
    customers: Sequence[Customer], keys: list[list[Key]], known: dict[Key, int]
) -> tuple[list[int | None], list[tuple[int, str]], list[tuple[int, Key]]]:
    """The person of each customer, the persons that are new, and the identifiers that are."""
    new_persons: list[tuple[int, str]] = []
    new_identifiers: list[tuple[int, Key]] = []
    persons: list[int | None] = []
    strangers = sum(1 for mine in keys if mine and not any(key in known for key in mine))
    fresh = iter(reserve_ids(Person, strangers))
    for customer, mine in zip(customers, keys, strict=True):
        person = next((known[key] for key in mine if key in known), None)
        if person is None and mine:
            person = next(fresh)
            new_persons.append((person, customer.name[:255]))
        for key in mine:
            if person is not None and key not in known:
                known[key] = person
                new_identifiers.append((person, key))
        persons.append(person)
    return persons, new_persons, new_identifiers


def _write(told: Sequence[tuple[int, Key]], source: str, *, verified: str) -> None:
    now, proof = timezone.now(), Identifier.Proof.TILL.value
    proved = {kind: (now, proof) if kind == verified else (None, "") for kind in Identifier.Kind.values}
    rows = [(person, kind, value, source, *proved[kind]) for person, (kind, value) in told]
    copy_rows(Identifier, ["person_id", "kind", "value", "source", "verified_at", "proof"], rows)


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
