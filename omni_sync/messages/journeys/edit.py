"""Change a journey and its steps; nobody writes over what they have not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from omni_sync.messages.comparing.begin import break_off
from omni_sync.messages.comparing.models import Comparison
from omni_sync.messages.exceptions import Stale
from omni_sync.messages.journeys.models import Journey, Step

Why = Comparison.Why


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step as it shall be."""

    number: int
    wait: timedelta
    channels: tuple[str, ...]
    variants: int
    offer_id: int | None


def edit_journey(
    *, journey_id: int, revision: int, is_on: bool, hold_out: int, steps: Sequence[Wanted], by: Any
) -> Journey:
    """Let it be so; a step that is not among ``steps`` stays as it is. A journey that is switched on begins with what
    happens from now on; tests that run are over where what they compare changes.

    ``revision`` is the one that was read. Raises Stale, with nothing written, where somebody was faster.
    """
    now = timezone.now()
    with transaction.atomic():
        journey = Journey.objects.select_for_update(no_key=True).get(pk=journey_id)
        if journey.revision != revision:
            raise Stale(journey.revision)
        before = {one.number: one for one in journey.steps.order_by("pk").select_for_update()}
        whole = Why.SETTINGS if hold_out != journey.hold_out else None
        whole = Why.OFF if journey.is_on and not is_on else whole
        changed = {one.number for one in steps if _step(before[one.number], one)}
        for number, step in before.items():
            if why := whole or (Why.SETTINGS if number in changed else None):
                break_off(step_id=step.pk, why=why)
        if is_on and not journey.is_on:
            journey.on_since = now
        journey.is_on, journey.hold_out = is_on, hold_out
        journey.changed_by, journey.changed_at, journey.revision = by, now, F("revision") + 1
        journey.save()
    journey.refresh_from_db()
    return journey


def _step(step: Step, wanted: Wanted) -> bool:
    """Whether anything about it is another thing now."""
    new = (wanted.wait, list(wanted.channels), wanted.variants, wanted.offer_id)
    if new == (step.wait, step.channels, step.variants, step.offer_id):
        return False
    step.wait, step.channels, step.variants, step.offer_id = new
    step.save()
    return True
