"""When people buy: by shop, weekday and hour."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from shop.seed.day import Day
from shop.seed.places import Shop

#: Sales of an ordinary weekday.
BUSY: Final = {"menteng": 46, "dago": 34, "malioboro": 36, "darmo": 32, "sanur": 26}
#: Monday first; against an ordinary weekday.
WEEKDAYS: Final = (0.85, 0.9, 0.95, 1.0, 1.25, 1.75, 1.6)
#: Against an ordinary hour: lunch, and after work.
HOURS: Final = {
    9: 0.4,
    10: 0.6,
    11: 0.9,
    12: 1.4,
    13: 1.2,
    14: 0.9,
    15: 0.8,
    16: 1.0,
    17: 1.3,
    18: 1.6,
    19: 1.7,
    20: 1.3,
    21: 0.7,
}


def sales_of(shop: Shop, day: Day, days: int, chance: Random) -> list[datetime]:
    """The instants at which ``shop`` sells on the day so many days from ``day``, in order."""
    date_there = day.date + timedelta(days=days)
    count = round(BUSY[shop.code] * WEEKDAYS[date_there.weekday()] * chance.uniform(0.88, 1.12))
    hours = list(_open(shop, date_there))
    weights = [HOURS.get(hour, 0.5) for hour in hours]
    zone = ZoneInfo(shop.zone)
    chosen = chance.choices(hours, weights, k=count)
    return sorted(
        day.at(days, f"{hour:02}:{chance.randrange(60):02}", zone) + timedelta(seconds=chance.randrange(60))
        for hour in chosen
    )


def _open(shop: Shop, there: date) -> Iterator[int]:
    for begin, end in shop.week[there.weekday()]:
        yield from range(int(begin[:2]), int(end[:2]))
