"""Decide what is due: each follow-up goes out, waits for a better hour, or does not go, and says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from omni_sync import conf
from omni_sync.messages.journeys.known import Known, known_of
from omni_sync.messages.journeys.models import FollowUp, Step
from omni_sync.messages.journeys.note import note_decided
from omni_sync.messages.journeys.offers import open_offers
from omni_sync.messages.journeys.still import by_trigger, gone_of
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.journeys.verdict import Verdict, verdict_on
from omni_sync.messages.models import Message, Purpose, sealed
from omni_sync.messages.say import wake_a_worker
from omni_sync.messages.unsubscribe.tokens import new_token, token_hash
from omni_sync.messages.wording.chosen import VERSION, Place, live_words
from omni_sync.messages.words import spoken
from omni_sync.transactions import inside_transaction

BATCH: Final = 200
RUN: Final = timedelta(seconds=20)
State = FollowUp.State
Facts = Mapping[int, Mapping[str, Any]]


@dataclass(slots=True)
class Decided:
    """A follow-up of a batch, and what becomes of it."""

    follow_up: FollowUp
    root: int
    step: Step | None
    purpose: Purpose
    language: str
    verdict: Verdict


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
        due = (
            FollowUp.objects.due(now)
            .select_related("journey", "person")
            .select_for_update(skip_locked=True, of=["self"])
        )
        rows = list(due[:most])
        decide(rows, now)
    return len(rows)


@inside_transaction
def decide(rows: Sequence[FollowUp], now: datetime) -> None:
    """Decide these, which whoever calls has locked or just made; what becomes of each is written into it."""
    if rows:
        _settle(_judged(rows, now), now)


def _judged(rows: Sequence[FollowUp], now: datetime) -> list[Decided]:
    found = Step.objects.filter(journey__in={row.journey_id for row in rows}).select_related("offer")
    steps = {(one.journey_id, one.number): one for one in found}
    gone = gone_of(rows)
    known = known_of([row.person.root_id for row in rows], channels=_channels(rows, steps), now=now)
    judged = []
    for row in rows:
        root, step = row.person.root_id, steps.get((row.journey_id, row.step))
        decided = Decided(row, root, step, _purpose(row), known.preferred[root].language, Verdict())
        decided.verdict = _verdict(decided, row.pk in gone, known, now)
        judged.append(decided)
    return judged


def _verdict(one: Decided, is_gone: bool, known: Known, now: datetime) -> Verdict:
    is_marketing = one.purpose == Purpose.MARKETING
    verdict = verdict_on(
        one.follow_up, one.root, step=one.step, is_marketing=is_marketing, is_gone=is_gone, known=known, now=now
    )
    if verdict.channel and is_marketing:
        known.cap.take(one.root)  # the next of theirs in this batch finds it taken
    return verdict


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


def _settle(judged: Sequence[Decided], now: datetime) -> None:
    """Write it all down, and let what goes go."""
    facts = _facts([one for one in judged if one.verdict.channel])
    words = live_words(one.step.pk for one in judged if one.step and one.verdict.channel)
    messages = [message for one in judged if (message := _became(one, facts, words, now)) is not None]
    Message.objects.bulk_create(messages)
    note_decided([one.follow_up for one in judged])
    if messages:
        transaction.on_commit(wake_a_worker, robust=True)


def _became(one: Decided, facts: Facts, words: Mapping[Place, int], now: datetime) -> Message | None:
    """What of it goes out. Nothing is written yet but what its offer keeps open."""
    row, verdict = one.follow_up, one.verdict
    row.said = dict(verdict.said)
    if verdict.wait is not None:
        row.due_at = verdict.wait
        return None
    row.decided_at = now
    told = facts.get(row.pk)
    why = verdict.why or (FollowUp.Why.GONE if told is None else _offer_refused(one, told, now))
    if why is not None or told is None:
        row.state, row.why = State.STOPPED, why or FollowUp.Why.GONE
        return None
    row.state = State.SENT
    row.message = _message(one, {**told, **_worded(one, words)}, now)
    return row.message


def _worded(one: Decided, words: Mapping[Place, int]) -> dict[str, int]:
    """What a marketer wrote for it, kept with the reason so that it can be read again when the message is forgotten."""
    assert one.step is not None
    place = (one.step.pk, one.verdict.channel, spoken(one.language), one.follow_up.variant or "a")
    own = {VERSION: words[place]} if place in words else {}
    one.follow_up.said |= own
    return own


def _offer_refused(one: Decided, told: Mapping[str, Any], now: datetime) -> FollowUp.Why | None:
    if one.step is None or one.step.offer_id is None:
        return None
    products = [int(pk) for pk in told.get("products", ())]
    is_open = open_offers(follow_up=one.follow_up, root=one.root, products=products, now=now)
    return None if is_open else FollowUp.Why.OFFER


def _message(one: Decided, told: Mapping[str, Any], now: datetime) -> Message:
    row = one.follow_up
    token = new_token()
    own = {"step": row.step, "variant": row.variant}
    if one.step is not None and one.step.offer is not None:
        own["offer"] = one.step.offer.code
    is_marketing = one.purpose == Purpose.MARKETING
    if is_marketing:
        own["stop"] = f"{conf.base_url()}{reverse('unsubscribe:page', kwargs={'token': token})}"
    return Message(
        key=f"follow-up:{row.pk}",
        kind=row.journey.trigger,
        channel=one.verdict.channel,
        purpose=one.purpose,
        person_id=row.person_id,
        to=one.verdict.to,
        language=one.language,
        data=sealed({**told, **own}),
        next_try_at=now,
        stop_hash=token_hash(token) if is_marketing else None,
    )


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
