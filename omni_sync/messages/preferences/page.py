"""What stands on a person's page of what they hear from us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from omni_sync import conf
from omni_sync.messages.journeys.explain import Explained
from omni_sync.messages.journeys.heard import heard_by
from omni_sync.messages.preferences.models import Preference
from omni_sync.messages.preferences.preferred import clock_of, preferred_of
from omni_sync.messages.preferences.ways import Way, ways_of
from omni_sync.people.models import Person

MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Page:
    """All of it; ``usual`` are the hours in which nobody hears anything who chose none."""

    ways: list[Way]
    usual: tuple[time, time]
    heard: list[Explained]
    zone: ZoneInfo


def page_of(*, person: Person) -> Page:
    """What this person allows, and why each message came or did not, the newest first; told by their own clock."""
    zone = clock_of(preferred_of([person.root_id])[person.root_id].zone)
    with timezone.override(zone):
        heard = heard_by(person, most=MOST, to_the_person=True)
        return Page(ways=ways_of(person), usual=conf.quiet_hours(), heard=heard, zone=zone)


def own_preference(person: Person) -> Preference | None:
    """What the human chose last, on whichever row."""
    rows = Person.objects.alike(person).values("pk")
    return Preference.objects.filter(person__in=rows).order_by("-changed_at", "-pk").first()
