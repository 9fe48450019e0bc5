"""The day the demo takes place: everything in it is dated before or after this midnight."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from omni_sync.stock.models import Movement

HOME: Final = ZoneInfo("Asia/Jakarta")
DAYS: Final = 7
#: The opening deliveries came this long before; they also keep the day, for a second seeding must not choose another.
OPENING: Final = timedelta(days=13, hours=-8, minutes=-30)
SOURCE: Final = "seed"
NOTE: Final = "opening"
#: What happened a moment ago the tills are still about to tell.
MOMENT: Final = timedelta(minutes=10)


class NotYet(Exception):
    """The day asked for has not begun."""


class OtherDay(Exception):
    """This database was seeded for another day."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


@dataclass(frozen=True, slots=True)
class Day:
    """``midnight`` (Jakarta) begins the day; what tills have to tell ends at ``until``."""

    midnight: datetime
    until: datetime

    @property
    def date(self) -> date:
        return self.midnight.date()

    @property
    def opening(self) -> datetime:
        return self.midnight - OPENING

    def at(self, days: int, clock: str, zone: ZoneInfo = HOME) -> datetime:
        """The instant of ``clock`` ("14:05", in ``zone``) so many days from this one; before it, the number is < 0."""
        return datetime.combine(self.date + timedelta(days=days), time.fromisoformat(clock), zone)

    def chance(self, *about: object) -> random.Random:
        """Chance that falls the same way whenever it is asked about the same thing of the same day."""
        return random.Random(" ".join(map(str, (self.date, *about))))  # noqa: S311  no secret


def day_of(wanted: date | None = None, *, now: datetime | None = None) -> Day:
    """The day this database is seeded for; where it is not yet, the one ``wanted``, or today.

    Of a day that is not over, tills have told what happened until ten minutes ago; of an earlier one, all.
    Raises NotYet, and OtherDay when it is seeded for another day than ``wanted``.
    """
    now = now or timezone.now()
    kept = _kept()
    if kept and wanted and kept != wanted:
        raise OtherDay(kept)
    chosen = kept or wanted or now.astimezone(HOME).date()
    midnight = datetime.combine(chosen, time(), HOME)
    if midnight > now:
        raise NotYet
    return Day(midnight, max(midnight, min(midnight + timedelta(days=1), now - MOMENT)))


def _kept() -> date | None:
    opened = Movement.objects.filter(source=SOURCE, document__startswith=f"received/{NOTE}/")
    first = opened.order_by("pk").values_list("occurred_at", flat=True).first()
    return (first + OPENING).astimezone(HOME).date() if first else None
