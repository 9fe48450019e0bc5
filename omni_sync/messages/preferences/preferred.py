"""What counts for a human: their own choice, else everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db.models.functions import Coalesce, Least

from omni_sync import conf
from omni_sync.messages.preferences.models import Preference
from omni_sync.people.models import Consent, Person
from omni_sync.people.reach import rows_of

#: When a statement counts from, as ``Consent.said_at`` says it.
_SAID_AT: Final = Least(Coalesce("at", "recorded_at"), "recorded_at")


@dataclass(frozen=True, slots=True)
class Preferred:
    """One human's language, and the hours by their own clock in which they hear nothing they did not ask for."""

    language: str
    zone: str
    quiet_from: time
    quiet_until: time

    def on_the_wall(self, at: datetime) -> datetime:
        """``at`` by their own clock."""
        return at.astimezone(clock_of(self.zone))

    def quiet_until_after(self, at: datetime) -> datetime | None:
        """When quiet ends that reigns at ``at``, in UTC; None where none does.

        By the clock on the wall: the night in which it is put on or back is an hour shorter or longer.
        """
        here = self.on_the_wall(at)
        now = here.time()
        over_night = self.quiet_from > self.quiet_until
        is_late, is_early = now >= self.quiet_from, now < self.quiet_until
        if not (is_late or is_early if over_night else is_late and is_early):
            return None
        day = here.date() + timedelta(days=1 if over_night and is_late else 0)
        ends = datetime.combine(day, self.quiet_until, tzinfo=here.tzinfo)
        if ends.astimezone(UTC) <= at:  # that hour comes twice tonight, and the first is over
            ends = ends.replace(fold=1)
        return ends.astimezone(UTC)


def preferred_of(root_ids: Sequence[int]) -> dict[int, Preferred]:
    """By root, for all of them: three queries."""
    roots = rows_of(root_ids)
    chosen: dict[int, Preference] = {}
    for one in Preference.objects.filter(person__in=roots).order_by("changed_at", "pk"):
        chosen[roots[one.person_id]] = one
    read = Consent.objects.filter(person__in=roots).exclude(locale="").order_by(_SAID_AT, "pk")
    spoken = {
        roots[person]: language
        for person, locale in read.values_list("person", "locale")
        if (language := _ours(locale))
    }
    return {root: _preferred(chosen.get(root), spoken.get(root, "")) for root in root_ids}


def language_of(person_id: int | None) -> str:
    """What this human chose to be written to in, else what they read when they last agreed to something; else empty."""
    person = Person.objects.filter(pk=person_id).first() if person_id else None
    return preferred_of([person.root_id])[person.root_id].language if person else ""


def _preferred(own: Preference | None, spoken: str) -> Preferred:
    since, until = conf.quiet_hours()
    if own is not None and own.quiet_from is not None and own.quiet_until is not None:
        since, until = own.quiet_from, own.quiet_until
    return Preferred(
        language=(own.language if own else "") or spoken,
        zone=(own.zone if own else "") or settings.TIME_ZONE,
        quiet_from=since,
        quiet_until=until,
    )


def _ours(locale: str) -> str:
    """The language of the shop's that ``locale`` means, however a till writes it; empty for another."""
    written = locale.replace("_", "-").lower()
    return next((one for one in (locale, written, written.partition("-")[0]) if one in dict(settings.LANGUAGES)), "")


def clock_of(name: str) -> ZoneInfo:
    """The time zone of this name; the shop's own where it is none any more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
