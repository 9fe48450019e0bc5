"""Decide what is due: each follow-up goes out, waits for a better hour, or does not go, and says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import OperationalError, transaction
from django.utils import timezone, translation

from omni_sync.messages.journeys.broken import failures_of, put_off
from omni_sync.messages.journeys.caps import take_turns
from omni_sync.messages.journeys.compared import is_held_out, version_of
from omni_sync.messages.journeys.decided import Decided
from omni_sync.messages.journeys.known import Known, known_of
from omni_sync.messages.journeys.made import made_of
from omni_sync.messages.journeys.models import FollowUp, Step
from omni_sync.messages.journeys.note import note_decided
from omni_sync.messages.journeys.offers import offer_of
from omni_sync.messages.journeys.still import by_trigger, gone_of
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.journeys.turn import why_not
from omni_sync.messages.journeys.verdict import Verdict, verdict_on
from omni_sync.messages.models import Message, Purpose
from omni_sync.messages.say import wake_a_worker
from omni_sync.messages.wording.chosen import VERSION, Place, live_words
from omni_sync.messages.words import spoken
from omni_sync.transactions import inside_transaction

BATCH: Final = 200
RUN: Final = timedelta(seconds=20)
State = FollowUp.State
Facts = Mapping[int, Mapping[str, Any]]


def decide_follow_ups() -> tuple[int, bool]:
    """Decide all that is due; how many were, and whether none is left."""
    done, until = 0, timezone.now() + RUN
    while count := decide_some(BATCH):
        done += count
        if timezone.now() > until:
            return done, False
    return done, True


def decide_some(most: int) -> int:
    """Decide up to so many that nobody else is deciding; of how many something became."""
    with transaction.atomic(durable=True):
        now = timezone.now()
        due = FollowUp.objects.due(now).select_related("journey", "person")
        rows = list(due.select_for_update(skip_locked=True, of=["self"])[:most])
        if rows:
            _decide_apart(rows, now)
    return len(rows)


def _decide_apart(rows: Sequence[FollowUp], now: datetime) -> None:
    """All of them at once; where that fails in halves, until what can't be decided is alone and is put off."""
    failure = _failure_of(rows, now)
    if failure is None:
        return
    if len(rows) == 1:
        put_off(rows[0].pk, failure, now)
        return
    take_turns([row.person.root_id for row in rows])  # in one order, before each half asks for its own
    for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
        _decide_apart(_as_they_were(half), now)


def _failure_of(rows: Sequence[FollowUp], now: datetime) -> Exception | None:
    """Decide them; what it failed of, and then nothing is written."""
    try:
        with transaction.atomic():
            decide(rows, now)
    except OperationalError:  # not the follow-ups' fault: everything is as it was
        raise
    except Exception as failure:
        return failure
    return None


def _as_they_were(rows: Sequence[FollowUp]) -> list[FollowUp]:
    known = FollowUp.objects.filter(pk__in=[row.pk for row in rows]).order_by("due_at", "pk")
    return list(known.select_related("journey", "person"))


@inside_transaction
def decide(rows: Sequence[FollowUp], now: datetime) -> None:
    """Decide these, which whoever calls has locked or just made; what becomes of each is written into it."""
    if rows:
        judged, known = _judged(rows, now)
        _settle(judged, known, now)


def _judged(rows: Sequence[FollowUp], now: datetime) -> tuple[list[Decided], Known]:
    found = Step.objects.filter(journey__in={row.journey_id for row in rows}).select_related("offer")
    steps = {(one.journey_id, one.number): one for one in found}
    gone = gone_of(rows)
    places = {(row.journey_id, row.person.root_id): row.journey.hold_out for row in rows}
    held_out = {place for place, percent in places.items() if is_held_out(*place, percent)}
    roots = [row.person.root_id for row in rows]
    known = known_of(roots, channels=_channels(rows, steps), held_out=held_out, now=now)
    judged = []
    for row in rows:
        root, step = row.person.root_id, steps.get((row.journey_id, row.step))
        one = Decided(row, root, step, _purpose(row), known.preferred[root].language, Verdict())
        one.verdict = verdict_on(
            row, root, step=step, is_marketing=one.is_marketing, is_gone=row.pk in gone, known=known, now=now
        )
        judged.append(one)
    return judged, known


def _purpose(row: FollowUp) -> Purpose:
    trigger = TRIGGERS.get(row.journey.trigger)
    return trigger.purpose if trigger else Purpose.MARKETING


def _channels(rows: Sequence[FollowUp], steps: Mapping[tuple[int, int], Step]) -> set[tuple[str, bool]]:
    return {
        (name, _purpose(row) == Purpose.MARKETING)
        for row in rows
        if (step := steps.get((row.journey_id, row.step)))
        for name in step.channels
    }


def _settle(judged: Sequence[Decided], known: Known, now: datetime) -> None:
    """Write it all down, and let what goes go."""
    facts = _facts([one for one in judged if one.verdict.channel])
    words = live_words(one.step.pk for one in judged if one.step and one.verdict.channel)
    became = [_became(one, facts.get(one.follow_up.pk), words, known, now) for one in judged]
    messages = [message for message in became if message is not None]
    Message.objects.bulk_create(messages)
    note_decided([one.follow_up for one in judged])
    if messages:
        transaction.on_commit(wake_a_worker, robust=True)


def _became(
    one: Decided, told: Mapping[str, Any] | None, words: Mapping[Place, int], known: Known, now: datetime
) -> Message | None:
    """What of it goes out. Nothing is written yet but what its offer keeps open."""
    row, step, verdict = one.follow_up, one.step, one.verdict
    if verdict.wait is not None:
        row.said = {**failures_of(row), **verdict.said}
        row.due_at = verdict.wait
        return None
    row.said, row.decided_at = dict(verdict.said), now
    if step is not None:
        row.variant = version_of(step, one.root)
    offer = offer_of(step, now) if step is not None else None
    why = verdict.why or why_not(one, told, offer, known, now)
    if why is not None or told is None:
        row.state, row.why = State.STOPPED, why or FollowUp.Why.GONE
        return None
    row.state = State.SENT
    row.message = made_of(one, {**told, **_worded(one, words)}, offer, now)
    return row.message


def _worded(one: Decided, words: Mapping[Place, int]) -> dict[str, int]:
    """What a marketer wrote for it, kept with the reason so that it can be read again when the message is forgotten."""
    assert one.step is not None
    place = (one.step.pk, one.verdict.channel, spoken(one.language), one.follow_up.variant)
    own = {VERSION: words[place]} if place in words else {}
    one.follow_up.said |= own
    return own


def _facts(going: Sequence[Decided]) -> Facts:
    """What each is made of; every trigger is asked once for each language, so that names and dates are right."""
    found: dict[int, Mapping[str, Any]] = {}
    for language in {one.language for one in going}:
        rows = [one.follow_up for one in going if one.language == language]
        with translation.override(spoken(language)):
            for trigger, these in by_trigger(rows).items():
                if trigger is not None:
                    found.update(trigger.facts(these))
    return found
