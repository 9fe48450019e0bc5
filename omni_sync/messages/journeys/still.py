"""Which follow-ups have lost their reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import structlog
from django.db import OperationalError, transaction

from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import TRIGGERS, Trigger
from omni_sync.transactions import inside_transaction

log = structlog.get_logger(__name__)


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


@inside_transaction
def gone_or_unknown(follow_ups: Iterable[FollowUp]) -> tuple[set[int], set[int]]:
    """The same, and those of which their trigger can't say it: what fails of one is asked of each alone."""
    gone: set[int] = set()
    unknown: set[int] = set()
    for rows in by_trigger(follow_ups).values():
        found = _asked(rows)
        if found is None:
            alone = {row.pk: _asked([row]) for row in rows}
            unknown |= {pk for pk, said in alone.items() if said is None}
            found = {pk for said in alone.values() if said for pk in said}
        gone |= found
    return gone, unknown


def _asked(rows: Sequence[FollowUp]) -> set[int] | None:
    """Which are gone; None where that fails."""
    try:
        with transaction.atomic():
            return gone_of(rows)
    except OperationalError:  # the database's affair, not the trigger's
        raise
    except Exception:
        log.exception("trigger can't be asked", follow_ups=[row.pk for row in rows])
        return None
