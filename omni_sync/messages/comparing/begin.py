"""Begin a test whose end is settled, and break one off."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from omni_sync.messages.comparing.differ import differs
from omni_sync.messages.comparing.exceptions import NothingToCompare, SameWords
from omni_sync.messages.comparing.groups import HELD_OUT, is_full
from omni_sync.messages.comparing.models import Comparison
from omni_sync.messages.comparing.size import persons_needed
from omni_sync.messages.journeys.models import Journey, Step
from omni_sync.transactions import inside_transaction


def begin(
    *, step: Step, by: Any, base: Decimal | None = None, effect: int | None = None, ends_at: datetime | None = None
) -> Comparison:
    """Compare from now on, until every group has the size that shows ``effect``, or until ``ends_at``.

    One that runs is broken off. Raises NothingToCompare where a step has one version and nobody is held out, SameWords
    where it has two that say the same, hold-out or not: half of those who got it would be counted for nothing.
    """
    with transaction.atomic(durable=True):
        journey = _locked(step.pk)
        step = Step.objects.get(pk=step.pk)
        if not (journey.is_on and (journey.hold_out or step.variants > 1)):
            raise NothingToCompare
        if step.variants > 1 and not differs(step):
            raise SameWords
        break_off(step_id=step.pk, why=Comparison.Why.STOPPED)
        size = None if base is None or effect is None else persons_needed(base=base, effect=effect)
        return Comparison.objects.create(
            step=step,
            groups=[*("ab"[: step.variants]), *([HELD_OUT] if journey.hold_out else [])],
            started_at=timezone.now(),
            started_by=by,
            base=base,
            effect=effect,
            per_group=size,
            ends_at=None if size else ends_at,
        )


@inside_transaction
def break_off(*, step_id: int, why: Comparison.Why) -> bool:
    """Nothing is found out by what runs; whether anything ran. A test whose end has come stays as it is."""
    _locked(step_id)
    now = timezone.now()
    last = latest(step_id)
    if last is None or last.broken_off_at is not None or is_full(last, now):
        return False
    return Comparison.objects.filter(pk=last.pk, broken_off_at=None).update(broken_off_at=now, why=why) > 0


def latest(step_id: int) -> Comparison | None:
    """The last test of this step."""
    return Comparison.objects.filter(step=step_id).select_related("step").order_by("-started_at").first()


def _locked(step_id: int) -> Journey:
    """Its journey: who begins a test and who changes what it compares wait for each other."""
    return Journey.objects.select_for_update(no_key=True).get(steps=step_id)
