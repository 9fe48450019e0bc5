"""Words as the person would see them, made of an example of what they are about."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.template import TemplateDoesNotExist
from django.utils import translation

from omni_sync import conf
from omni_sync.messages.channels.segments import Length, length_of
from omni_sync.messages.channels.twilio.sms import sms_text
from omni_sync.messages.journeys.models import FollowUp, Step
from omni_sync.messages.journeys.trigger import TRIGGERS, Trigger
from omni_sync.messages.letters import Letter, letter_from
from omni_sync.messages.models import Channel, Purpose
from omni_sync.messages.notes import Note, note_from
from omni_sync.messages.wording.chosen import DRAFT
from omni_sync.messages.wording.placeholders import known_names

ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Preview:
    """``words`` is None where the shop came with none for this channel; ``sms`` is the length of an SMS."""

    channel: str
    words: Letter | Note | None
    sms: Length | None = None

    @property
    def is_letter(self) -> bool:
        return isinstance(self.words, Letter)


def example_of(step: Step, language: str) -> dict[str, Any]:
    """What the trigger says it could be, and of the newest that it was about what it lets others see."""
    trigger = TRIGGERS.get(step.journey.trigger)
    code = step.offer.code if step.offer else ""
    with translation.override(language):
        usual: dict[str, Any] = dict(known_names(step.journey.trigger, offer=code))
        real = _newest(step, trigger) if trigger and trigger.shows else {}
    if "what" in usual:  # the shop's own words name it as the first of its goods
        usual["goods"] = [{"title": usual["what"], "quantity": 1, "link": usual.get("link", "")}]
    example = {**usual, **real, "step": step.number}
    if trigger is None or trigger.purpose == Purpose.MARKETING:
        example["stop"] = f"{conf.base_url()}/u/example/"
    return example


def previewed(
    *, channel: str, kind: str, language: str, facts: Mapping[str, Any], draft: dict[str, str] | None
) -> Preview:
    """``draft`` as it would arrive; the shop's own words where there is none, or a fact of it is missing."""
    made = {**facts, DRAFT: draft} if draft and draft.get("text") else facts
    with translation.override(language):
        try:
            words = letter_from(kind, made) if channel == Channel.EMAIL else note_from(kind, made)
        except TemplateDoesNotExist:
            return Preview(channel, None)
        if channel == Channel.SMS and isinstance(words, Note):
            return Preview(channel, words, length_of(sms_text(words, stop=str(facts.get("stop", "")), replies=True)))
    return Preview(channel, words)


def _newest(step: Step, trigger: Trigger) -> dict[str, Any]:
    rows = FollowUp.objects.filter(journey=step.journey_id, step=step.number).select_related("journey", "person")
    newest = list(rows.order_by("-pk")[:1])
    told = trigger.facts(newest).get(newest[0].pk, {}) if newest else {}
    return {name: _shown(said, trigger.shows) for name, said in told.items() if name in trigger.shows}


def _shown(said: Any, names: Collection[str]) -> Any:
    if isinstance(said, str):
        return ADDRESS.sub(f"{conf.base_url()}/", said)
    if isinstance(said, Mapping):
        return {name: _shown(one, names) for name, one in said.items() if name in names}
    return [_shown(one, names) for one in said] if isinstance(said, list | tuple) else said
