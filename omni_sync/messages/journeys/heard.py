"""What somebody heard, and what they did not."""

from __future__ import annotations

from django.db.models.functions import Coalesce

from omni_sync.messages.journeys.explain import Explained, explained
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.people.models import Person


def heard_by(person: Person, *, most: int, to_the_person: bool) -> list[Explained]:
    """The latest follow-ups of every row of the human, in words, the newest first: two queries."""
    rows = FollowUp.objects.filter(person__in=Person.objects.alike(person).values("pk"))
    newest = rows.select_related("journey", "message").order_by(Coalesce("decided_at", "due_at").desc(), "-pk")
    return explained(newest[:most], to_the_person=to_the_person)
