"""The journeys that a shop has before a marketer touches them: one for each trigger."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from omni_sync.messages.journeys.models import Journey, Step
from omni_sync.messages.journeys.trigger import TRIGGERS, Trigger


def make_usual_journeys(sender: Any = None, **_: Any) -> None:
    """A journey for every trigger that has none; what is there stays as it is. After each migration."""
    known = set(Journey.objects.filter(name__in=TRIGGERS).values_list("name", flat=True))
    for name in sorted(TRIGGERS.keys() - known):
        _make(TRIGGERS[name])


def _make(trigger: Trigger) -> None:
    with transaction.atomic():
        journey, is_new = Journey.objects.get_or_create(
            name=trigger.name, defaults={"trigger": trigger.name, "is_on": trigger.is_on}
        )
        if is_new:
            Step.objects.bulk_create(
                Step(journey=journey, number=number, wait=usual.wait, channels=list(usual.channels))
                for number, usual in enumerate(trigger.steps, start=1)
            )
