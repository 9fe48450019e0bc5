"""By which channels a person can be reached, and what they said of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from omni_sync.messages.channels.registry import channel_of, is_open
from omni_sync.messages.models import Channel, Purpose
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import consents_of
from omni_sync.people.wordings import wording_of


@dataclass(frozen=True, slots=True)
class Way:
    """One channel; ``to`` is empty where nothing is proved there, so that nothing would go."""

    channel: str
    label: str
    wording: str
    to: str
    said: Consent | None

    @property
    def is_on(self) -> bool:
        return self.said is not None and self.said.state == Consent.State.GRANTED


def ways_of(person: Person) -> list[Way]:
    """E-mail always; others where they are open and reach the person, or where the person agreed to them once."""
    said = consents_of(person)
    ways = []
    for name, label in Channel.choices:
        to = _address(name, person.root_id)
        own = said.get((name, Purpose.MARKETING))
        if to or name == Channel.EMAIL or (own is not None and own.state == Consent.State.GRANTED):
            words = wording_of(channel=name, purpose=Purpose.MARKETING, language=get_language() or "")
            ways.append(Way(name, str(label), words.text, to, own))
    return ways


def _address(name: str, root_id: int) -> str:
    if not is_open(name):
        return ""
    return channel_of(name).addresses([root_id], is_marketing=True).get(root_id, "")
