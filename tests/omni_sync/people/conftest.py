"""Persons by what points at them, and who is one human with whom."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from omni_sync.people.models import Identifier, Person
from omni_sync.people.resolve import resolve


def point(person, kind="email", value="a@example.com", *, source=None, proved=False):
    """Something that points at ``person``; each person is a source of its own unless one is named."""
    return Identifier.objects.create(
        person=person, kind=kind, value=value, source=source or f"till {person.pk}",
        verified_at=timezone.now() if proved else None, proof=Identifier.Proof.LINK if proved else "",
    )  # fmt: skip


def someone(*identifiers, **fields):
    """A person at whom ``(kind, value, proved)`` point."""
    person = Person.objects.create(**fields)
    for kind, value, proved in identifiers:
        point(person, kind, value, proved=proved)
    return person


def look(*persons):
    with transaction.atomic():
        resolve(person_ids=[person.pk for person in persons])


def humans(*persons):
    """Who is one human, as sets of indices into ``persons``; asserts that the root is named in one step."""
    rows = dict(Person.objects.values_list("pk", "merged_into"))
    groups = {}
    for n, person in enumerate(persons):
        root = rows[person.pk] or person.pk
        assert rows[root] is None
        groups.setdefault(root, set()).add(n)
    return sorted(map(sorted, groups.values()))


def account(email, **fields):
    return get_user_model()._default_manager.create(email=email, **fields)


@pytest.fixture
def rani(db):
    return account("rani@langkah.example", is_staff=True)
