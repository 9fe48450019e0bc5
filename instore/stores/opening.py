"""Whether a store is open now, and when that changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from instore.stores.hours import DAYS, Hours

HORIZON_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Opening:
    """``changes`` is when it closes, while open, or opens next; None where that is more than two months away."""

    is_open: bool
    changes: datetime | None  # in the store's own zone


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the coming week; ``is_special`` where the store says so for its date."""

    date: date
    spans: tuple[tuple[str, str], ...]
    is_today: bool
    is_special: bool


def opening(hours: Hours, *, zone: ZoneInfo, now: datetime) -> Opening:
    """The state at ``now``. Spans that touch, also over midnight, are one: a store that never closes has no change."""
    until: datetime | None = None
    for start, end in hours.spans(after=now, zone=zone, days=HORIZON_DAYS):
        if until is None and start > now:
            return Opening(is_open=False, changes=start.astimezone(zone))
        if until is not None and start > until:
            return Opening(is_open=True, changes=until.astimezone(zone))
        until = end
    if until is None:
        return Opening(is_open=False, changes=None)
    far = until - now.astimezone(UTC) > timedelta(days=HORIZON_DAYS - 2)
    return Opening(is_open=True, changes=None if far else until.astimezone(zone))


def coming_week(hours: Hours, *, zone: ZoneInfo, now: datetime) -> list[Day]:
    """Today and the six days after it."""
    today = now.astimezone(zone).date()
    return [_day(hours, today + timedelta(days=ahead), today) for ahead in range(DAYS)]


def _day(hours: Hours, day: date, today: date) -> Day:
    spans = hours.on(day)
    return Day(
        date=day,
        spans=tuple((opens, closes) for opens, closes in spans),
        is_today=day == today,
        is_special=day.isoformat() in hours.exceptions,
    )
