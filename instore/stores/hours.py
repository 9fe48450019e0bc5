"""When a store is open: a week of spans, and dates that are different.

A week is seven lists, Monday first, each of spans such as ``["10:00", "21:00"]`` in the store's own time. ``24:00``
ends a span at midnight. Exceptions are lists of spans by ISO date; an empty list is a day it stays closed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Span = Sequence[str]
CLOCK: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
MIDNIGHT: Final = "24:00"
DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours of one store; ``week`` has seven days, Monday first."""

    week: Sequence[Sequence[Span]]
    exceptions: Mapping[str, Sequence[Span]]

    def on(self, day: date) -> Sequence[Span]:
        """The spans of ``day``, in the store's own time."""
        special = self.exceptions.get(day.isoformat())
        return self.week[day.weekday()] if special is None else special

    def spans(self, *, after: datetime, zone: ZoneInfo, days: int) -> Iterator[tuple[datetime, datetime]]:
        """Every span that ends later than ``after``, in order, as two instants in UTC, for ``days`` days.

        A time that the clocks skip in spring is taken an hour later; one that they show twice is the first.
        """
        today = after.astimezone(zone).date()
        for day in (today + timedelta(days=ahead) for ahead in range(days)):
            for opens, closes in self.on(day):
                start, end = _instant(day, opens, zone), _instant(day, closes, zone)
                if end > after and end > start:
                    yield start, end


def _instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == MIDNIGHT:
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def validate_week(value: object) -> None:
    """Refuse what is not seven lists of spans."""
    if not isinstance(value, list) or len(value) != DAYS:
        raise ValidationError(_("Give seven days, Monday first."), code="week")
    for spans in value:
        validate_spans(spans)


def validate_exceptions(value: object) -> None:
    """Refuse what is not lists of spans by date."""
    if not isinstance(value, dict):
        raise ValidationError(_("Give the hours of each date."), code="exceptions")
    for day, spans in value.items():
        try:
            date.fromisoformat(day)
        except ValueError:
            raise ValidationError(_("“%(day)s” is not a date."), code="date", params={"day": day}) from None
        validate_spans(spans)


def validate_spans(value: object) -> None:
    """Refuse spans that end before they begin, overlap or are not two clock times."""
    if not isinstance(value, list):
        raise ValidationError(_("Give a list of opening and closing times."), code="spans")
    last = ""
    for span in value:
        if not (isinstance(span, list) and len(span) == 2 and all(_is_clock(clock) for clock in span)):  # noqa: PLR2004
            raise ValidationError(_("Write times as 10:00 and 21:00."), code="clock")
        if not last <= span[0] < span[1]:
            raise ValidationError(_("Times must follow each other."), code="order")
        last = span[1]


def _is_clock(value: object) -> bool:
    return isinstance(value, str) and CLOCK.fullmatch(value) is not None
