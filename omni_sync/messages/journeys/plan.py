"""Plan follow-ups: what happened so long ago is written down for whoever it happened to, in one statement a step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from omni_sync.messages.journeys.models import Step
from omni_sync.messages.journeys.trigger import TRIGGERS

#: What happened longer ago, and was not planned because nobody planned anything, is left alone: it is old news.
LOOK_BACK: Final = timedelta(days=2)
log = structlog.get_logger(__name__)

#: What is planned already is left out before it is tried: most of it is, every time but the first. In the order of the
#: persons, as the index is that keeps it unique.
_PLAN = """
INSERT INTO omni_sync_followup (journey_id, step, occurrence, person_id, occurred_at, due_at, facts)
SELECT %(journey)s, %(step)s, found.occurrence, found.person_id, found.occurred_at, found.occurred_at + %(wait)s,
       found.facts
  FROM ({find}) found
 WHERE NOT EXISTS (SELECT 1 FROM omni_sync_followup f
                    WHERE f.person_id = found.person_id AND f.journey_id = %(journey)s
                      AND f.occurrence = found.occurrence AND f.step = %(step)s)
 ORDER BY found.person_id
ON CONFLICT (person_id, journey_id, occurrence, step) DO NOTHING
"""


def plan_follow_ups(*, now: datetime | None = None) -> int:
    """Plan what has come due until now; how many follow-ups are new. Many at once plan each once."""
    at = now or timezone.now()
    steps = Step.objects.filter(journey__is_on=True).select_related("journey").order_by("journey", "number")
    return sum(_plan_alone(step, at) for step in steps if step.journey.trigger in TRIGGERS)


def _plan_alone(step: Step, now: datetime) -> int:
    """A step that can't be planned keeps no other waiting: it is tried again the next time."""
    try:
        return plan_step(step, now)
    except OperationalError:  # the database's affair, not the step's
        raise
    except Exception:
        log.exception("step can't be planned", journey=step.journey.name, step=step.number)
        return 0


def plan_step(step: Step, now: datetime) -> int:
    """Plan one step of one journey for everybody; of what happened before it was switched on nobody hears."""
    trigger = TRIGGERS[step.journey.trigger]
    until = now - step.wait
    sql, arguments = trigger.find(max(until - LOOK_BACK, step.journey.on_since), until)
    own: dict[str, Any] = {"journey": step.journey_id, "step": step.number, "wait": step.wait}
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_PLAN.format(find=sql), {**arguments, **own})
        return int(cursor.rowcount)
