"""What became of follow-ups of late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from omni_sync.messages.journeys.models import FollowUp

LATELY: Final = timedelta(days=30)
State = FollowUp.State


@dataclass(slots=True)
class Figures:
    """Of one journey; ``stopped`` by reason, the most frequent first."""

    planned: int = 0
    sent: int = 0
    stopped: list[tuple[str, int]] = field(default_factory=list)

    @property
    def stopped_all(self) -> int:
        return sum(count for _why, count in self.stopped)


def figures_of(journey_ids: Iterable[int], now: datetime) -> dict[int, Figures]:
    """By journey: what is planned, and what was decided in the last thirty days; one query."""
    ids = list(journey_ids)
    found = {pk: Figures() for pk in ids}
    lately = Q(state=State.PLANNED) | Q(decided_at__gt=now - LATELY)
    rows = FollowUp.objects.filter(lately, journey__in=ids).values_list("journey", "state", "why")
    for journey, state, why, count in rows.annotate(count=Count("pk")).order_by("-count", "why"):
        one = found[journey]
        if state == State.PLANNED:
            one.planned += count
        elif state == State.SENT:
            one.sent += count
        else:
            one.stopped.append((str(FollowUp.Why(why).label), count))
    return found
