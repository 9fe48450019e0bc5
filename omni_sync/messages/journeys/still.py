"""Which follow-ups have lost their reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import TRIGGERS, Trigger


def by_trigger(follow_ups: Iterable[FollowUp]) -> dict[Trigger | None, list[FollowUp]]:
    """These with what they follow; None is a trigger of a room that is gone."""
    found: dict[str, list[FollowUp]] = defaultdict(list)
    for one in follow_ups:
        found[one.journey.trigger].append(one)
    return {TRIGGERS.get(name): rows for name, rows in found.items()}


def gone_of(follow_ups: Iterable[FollowUp]) -> set[int]:
    """Those of which nothing is true any more, by primary key; every trigger is asked once."""
    gone: set[int] = set()
    for trigger, rows in by_trigger(follow_ups).items():
        gone |= {row.pk for row in rows} if trigger is None else trigger.gone(rows)
    return gone
