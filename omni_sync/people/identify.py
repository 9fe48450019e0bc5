"""Whom a till means by its customer: a person per source, without resolution across sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from omni_sync.oscar.bulk import copy_rows, reserve_ids
from omni_sync.people.models import Identifier, Match, Person
from omni_sync.people.normal import normal
from omni_sync.people.soon import resolve_soon
from omni_sync.transactions import inside_transaction

#: The order in which identifiers decide when they point at different persons.
PRECEDENCE = (Identifier.Kind.LOYALTY, Identifier.Kind.TILL, Identifier.Kind.EMAIL, Identifier.Kind.PHONE)

#: What one source gives to one human: an address or a phone may be a family's.
NUMBERS = frozenset({Identifier.Kind.LOYALTY.value, Identifier.Kind.TILL.value})

Key = tuple[str, str]
Numbered = tuple[int, str]


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
    ``trusts_loyalty``. A new number makes nobody the person of an address or a phone who has another number of its
    kind: families share these. It is suggested only that they are one. Nobody is merged here: who is one human is
    looked at after commit.
    """
    keys = [customer.keys() for customer in customers]
    every = sorted({key for mine in keys for key in mine})
    known, unnamed = _known(source, every)
    if len(known) < len(every):
        shared = {key for mine in keys if _brings_a_number(mine, known) for key in mine}
        _take_turns(source, [key for key in every if key not in known or key in shared])
        known, unnamed = _known(source, every)
    asked = {known[key] for mine in keys if _brings_a_number(mine, known) for key in mine if key in known}
    numbered = _numbered(source, asked)
    found = _complete(customers, keys, known, numbered)
    _name(customers, found.persons, unnamed)
    if found.new_persons:
        copy_rows(Person, ["id", "name"], found.new_persons)
    if found.new_identifiers:
        _write(found.new_identifiers, source, verified=Identifier.Kind.LOYALTY.value if trusts_loyalty else "")
        resolve_soon([person for person, _ in found.new_identifiers])
    _suggest(found.maybe)
    return found.persons


@dataclass(slots=True)
class _Found:
    """The person of each customer, the persons that are new, the identifiers that are, and who may be one human."""

    persons: list[int | None] = field(default_factory=list)
    new_persons: list[tuple[int, str]] = field(default_factory=list)
    new_identifiers: list[tuple[int, Key]] = field(default_factory=list)
    maybe: dict[tuple[int, int], str] = field(default_factory=dict)


def _complete(
    customers: Sequence[Customer], keys: list[list[Key]], known: dict[Key, int], numbered: set[Numbered]
) -> _Found:
    """Whom each customer is: the first they point at, who has no other number of a kind that they bring anew."""
    found = _Found()
    strangers = sum(1 for mine in keys if mine and (_brings_a_number(mine, known) or not any(k in known for k in mine)))
    fresh = iter(reserve_ids(Person, strangers))
    for customer, mine in zip(customers, keys, strict=True):
        pointed = [(known[key], key[0]) for key in mine if key in known]
        brought = {kind for kind, _ in mine if kind in NUMBERS} if _brings_a_number(mine, known) else set()
        theirs = (person for person, _ in pointed if not any((person, kind) in numbered for kind in brought))
        person = next(theirs, None)
        if person is None and mine:
            person = next(fresh)
            found.new_persons.append((person, customer.name[:255]))
            found.maybe |= {(other, person): kind for other, kind in reversed(pointed)}
        for key in mine:
            if person is not None and key not in known:
                known[key] = person
                found.new_identifiers.append((person, key))
                numbered.add((person, key[0]))
        found.persons.append(person)
    return found


def _brings_a_number(mine: Sequence[Key], known: Mapping[Key, int]) -> bool:
    """Whether only addresses and phones say who this is, beside numbers that are new."""
    numbers = [key for key in mine if key[0] in NUMBERS]
    return bool(numbers) and not any(key in known for key in numbers)


def _numbered(source: str, persons: Collection[int]) -> set[Numbered]:
    """Which kinds of numbers ``source`` knows of these persons."""
    if not persons:
        return set()
    told = Identifier.objects.filter(source=source, person__in=persons, kind__in=NUMBERS)
    return set(told.values_list("person", "kind"))


def _suggest(maybe: Mapping[tuple[int, int], str]) -> None:
    """The two may be one human who has a new card; somebody should look."""
    Match.objects.bulk_create(
        [
            Match(left_id=min(pair), right_id=max(pair), because=because, state=Match.State.SUGGESTED)
            for pair, because in maybe.items()
        ],
        ignore_conflicts=True,
    )


def _write(told: Sequence[tuple[int, Key]], source: str, *, verified: str) -> None:
    now, proof = timezone.now(), Identifier.Proof.TILL.value
    proved = {kind: (now, proof) if kind == verified else (None, "") for kind in Identifier.Kind.values}
    rows = [(person, kind, value, source, *proved[kind]) for person, (kind, value) in told]
    copy_rows(Identifier, ["person_id", "kind", "value", "source", "verified_at", "proof"], rows)


def _known(source: str, keys: Sequence[Key]) -> tuple[dict[Key, int], set[int]]:
    """Whom these point at, and who of them has no name yet."""
    if not keys:
        return {}, set()
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [source, [kind for kind, _ in keys], [value for _, value in keys]])
        rows = cursor.fetchall()
    known = {(kind, value): person for kind, value, person, _ in rows}
    return known, {person for *_, person, is_unnamed in rows if is_unnamed}


def _name(customers: Sequence[Customer], persons: Sequence[int | None], unnamed: Collection[int]) -> None:
    """Who came without a name has the first that is told later; one that somebody is busy with, the next."""
    told: dict[int, str] = {}
    for customer, person in zip(customers, persons, strict=True):
        if person in unnamed and person is not None and customer.name:
            told.setdefault(person, customer.name[:255])
    if told:
        with connection.cursor() as cursor:
            cursor.execute(_NAMES, [list(told), list(told.values()), list(told)])


def _take_turns(source: str, keys: Sequence[Key]) -> None:
    """Two lanes that meet the same stranger make one person of them."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS, [sorted(f"person {source} {kind} {value}" for kind, value in keys)])


_KNOWN = """
    SELECT i.kind, i.value, i.person_id, p.name = '' AND p.user_id IS NULL
      FROM omni_sync_identifier i JOIN omni_sync_person p ON p.id = i.person_id
     WHERE i.source = %s AND (i.kind, i.value) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""

# Nobody is waited for: whoever sees who is one human locks these rows in an order of their own.
_NAMES = """
    UPDATE omni_sync_person p SET name = told.name
      FROM unnest(%s::bigint[], %s::text[]) AS told(id, name)
     WHERE p.id = told.id
       AND p.id IN (SELECT id FROM omni_sync_person WHERE id = ANY(%s) AND name = '' FOR NO KEY UPDATE SKIP LOCKED)
"""

_TURNS = """
    SELECT pg_advisory_xact_lock(hashtextextended(k, 2)) FROM unnest(%s::text[]) WITH ORDINALITY AS t(k, n) ORDER BY n
"""
