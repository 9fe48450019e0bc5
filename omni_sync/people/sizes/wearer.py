"""Whose sizes they are: one human, by any of their rows; and whether they want them to be known."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import Withdrawn, standing
from omni_sync.people.wordings import PERSONALISATION


@dataclass(frozen=True, slots=True)
class Wearer:
    """All rows of one human, and their accounts."""

    person_ids: list[int]
    user_ids: list[int]


def wearer_of(which: Q) -> Wearer:
    """Who is one human with the row that ``which`` finds, and their accounts; nobody where there is none. One query."""
    root = Subquery(Person.objects.filter(which).values(root=Coalesce("merged_into", "pk"))[:1])
    rows = Person.objects.filter(Q(pk=root) | Q(merged_into=root)).order_by("pk")
    known = [(row.pk, row.user_id) for row in rows.only("pk", "user")]
    return Wearer([pk for pk, _ in known], [user for _, user in known if user is not None])


def is_withdrawn(wearer: Wearer) -> bool:
    """Whether what they said last of personalisation, in any of its channels, took it back: one query."""
    said = Consent.objects.filter(person__in=wearer.person_ids, purpose=PERSONALISATION)
    return any(last.state == Withdrawn for last in standing(said).values())
