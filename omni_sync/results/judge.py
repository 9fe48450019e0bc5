"""What may be said of a step: figures always, an interval always, a verdict when its time has come and not before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from omni_sync.messages.comparing.groups import HELD_OUT, full_at
from omni_sync.messages.comparing.models import Comparison
from omni_sync.messages.journeys.models import Step
from omni_sync.results.compare import Change, Earned, change, earned
from omni_sync.results.read import WINDOW, Group, groups_of, together

SENT: Final = "sent"


@dataclass(frozen=True, slots=True)
class Question:
    """``one`` against ``other``; what is known of it."""

    one: str
    other: str
    change: Change


@dataclass(frozen=True, slots=True)
class Judged:
    """``is_ripe``: its end was settled before it began, and has come, so that a verdict may be said.

    ``full`` is when the last of them was added, ``ripe_at`` when their seven days are over; ``least`` how many are in
    the smallest group yet. ``earned`` is None where nobody was held out.
    """

    groups: dict[str, Group]
    questions: list[Question]
    earned: list[Earned] | None
    comparison: Comparison | None
    is_ripe: bool = False
    full: datetime | None = None
    ripe_at: datetime | None = None
    least: int = 0


def judged(*, step: Step, comparison: Comparison | None, since: datetime, now: datetime) -> Judged:
    """The last test of ``step`` where there is one, else what was decided from ``since`` on."""
    full = None
    if comparison is not None:
        since = comparison.started_at
        full = None if comparison.broken_off_at else full_at(comparison, now)
    until = full or (comparison.broken_off_at if comparison else None) or now
    groups = groups_of(journey=step.journey_id, step=step.number, since=since, until=until, now=now)
    expected = comparison.groups if comparison else sorted(groups)
    sizes = [groups[name].persons + groups[name].waiting if name in groups else 0 for name in expected]
    ripe_at = full + WINDOW if full else None
    questions = asked(groups)
    held = groups.get(HELD_OUT)
    told = together(*(one for name, one in groups.items() if name != HELD_OUT))
    return Judged(
        groups=groups,
        questions=questions,
        earned=earned(told, held, questions=len(questions)) if held and questions else None,
        comparison=comparison,
        is_ripe=ripe_at is not None and ripe_at <= now,
        full=full,
        ripe_at=ripe_at,
        least=min(sizes, default=0),
    )


def asked(groups: dict[str, Group]) -> list[Question]:
    """Those who got a message against those who heard nothing, and B against A: only these two are ever asked."""
    told = [one for name, one in groups.items() if name != HELD_OUT]
    pairs: list[tuple[str, str, Group, Group]] = []
    if told and HELD_OUT in groups:
        pairs.append((SENT, HELD_OUT, together(*told), groups[HELD_OUT]))
    if "a" in groups and "b" in groups:
        pairs.append(("b", "a", groups["b"], groups["a"]))
    return [Question(one, other, change(x, y, questions=len(pairs))) for one, other, x, y in pairs]
