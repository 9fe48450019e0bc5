"""Whether a store is open, and what its page says of it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from instore.stores.distance import distance_km
from instore.stores.hours import Hours
from instore.stores.opening import coming_week, opening
from instore.stores.queries import Point
from instore.stores.words import opening_words

JAKARTA = ZoneInfo("Asia/Jakarta")
DAYS = [[["10:00", "21:00"]]] * 7


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA).astimezone(UTC)


@pytest.mark.parametrize(
    ("week", "exceptions", "now", "words"),
    [
        (DAYS, {}, "2026-11-20 12:00", "Open until 21:00"),
        (DAYS, {}, "2026-11-20 08:00", "Closed, opens today at 10:00"),
        (DAYS, {}, "2026-11-20 21:00", "Closed, opens tomorrow at 10:00"),
        (DAYS, {"2026-11-21": []}, "2026-11-20 22:00", "Closed, opens Sunday at 10:00"),
        ([[]] * 7, {"2026-12-24": [["10:00", "12:00"]]}, "2026-11-20 22:00", "Closed, opens 24 December at 10:00"),
        ([[["10:00", "13:00"], ["14:00", "21:00"]]] * 7, {}, "2026-11-20 12:00", "Open until 13:00"),
        ([[["08:00", "24:00"]], *[[["00:00", "02:00"]]] * 6], {}, "2026-11-16 23:00", "Open until 02:00"),
        ([[["00:00", "24:00"]]] * 7, {}, "2026-11-20 12:00", "Open day and night"),
        ([[]] * 7, {}, "2026-11-20 12:00", "Closed for now"),
    ],
)
def test_a_door_says_when_it_closes_and_opens(week, exceptions, now, words):
    moment = at(now)
    assert opening_words(opening(Hours(week, exceptions), zone=JAKARTA, now=moment), moment) == words


def test_the_coming_week_begins_today_in_the_stores_own_zone():
    days = coming_week(Hours(DAYS, {"2026-11-22": []}), zone=JAKARTA, now=datetime(2026, 11, 20, 18, 0, tzinfo=UTC))
    assert [day.date.isoformat() for day in days][:2] == ["2026-11-21", "2026-11-22"]
    assert [day.is_today for day in days] == [True] + [False] * 6
    assert [day.is_special for day in days][:2] == [False, True]
    assert days[1].spans == ()


def test_a_distance_is_that_of_the_sphere():
    assert distance_km(Point(-6.1967, 106.8316), Point(-8.6939, 115.2636)) == pytest.approx(970.6, abs=1)
    assert distance_km(Point(0, 0), Point(0, 180)) == pytest.approx(20015, abs=1)
