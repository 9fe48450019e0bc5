"""One human, by any of their rows, and whether they want to be known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce, Least

from omni_sync.people.models import Consent, Person

PURPOSE: Final = "personalisation"


@dataclass(frozen=True, slots=True)
class Human:
    """All rows of one human, and their accounts."""

    person_ids: list[int]
    user_ids: list[int]


def human_of(which: Q) -> Human:
    """Who is one human with the row that ``which`` finds, and their accounts; nobody where there is none. One query."""
    root = Subquery(Person.objects.filter(which).values(root=Coalesce("merged_into", "pk"))[:1])
    rows = Person.objects.filter(Q(pk=root) | Q(merged_into=root)).order_by("pk")
    known = [(row.pk, row.user_id) for row in rows.only("pk", "user")]
    return Human([pk for pk, _ in known], [user for _, user in known if user is not None])


def is_withdrawn(human: Human) -> bool:
    """Whether what they said last of personalisation, in any of its channels, took it back: one query.

    Of two statements at one moment the refusal counts. A claim is never a yes; it may be a no.
    """
    said = Consent.objects.filter(person__in=human.person_ids, purpose=PURPOSE)
    said = said.exclude(is_claim=True, state=Consent.State.GRANTED).annotate(since=Least(_AT, "recorded_at"))
    last = said.order_by("channel", "-since", "-state").distinct("channel")
    return Consent.State.WITHDRAWN in [consent.state for consent in last]


_AT: Final = Coalesce("at", "recorded_at")
