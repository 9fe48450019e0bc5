from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instore.stores.hours import Hours
from instore.stores.promise import earliest

JAKARTA, MAKASSAR, BERLIN = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Europe/Berlin")
EVERY_DAY = Hours([[["10:00", "21:00"]]] * 7, {})


def at(text, zone=JAKARTA):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def promised(now, hours=EVERY_DAY, zone=JAKARTA, lead=60):
    found = earliest(hours, lead_minutes=lead, zone=zone, now=now)
    return found and found.isoformat()


@pytest.mark.parametrize(
    ("now", "ready"),
    [
        ("2026-11-21T13:00", "2026-11-21T14:00:00+07:00"),
        ("2026-11-21T12:47", "2026-11-21T14:00:00+07:00"),
        ("2026-11-21T06:30", "2026-11-21T11:00:00+07:00"),
        ("2026-11-21T22:00", "2026-11-22T11:00:00+07:00"),
        ("2026-11-21T20:40", "2026-11-22T10:45:00+07:00"),
        ("2026-11-21T20:00", "2026-11-22T10:00:00+07:00"),
        ("2026-11-21T19:59", "2026-11-22T10:00:00+07:00"),
    ],
)
def test_goods_are_ready_after_the_lead_time_of_opening_hours(now, ready):
    assert promised(at(now)) == ready


def test_the_promise_is_in_the_stores_own_zone():
    now = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
    assert promised(now) == "2026-11-21T13:00:00+07:00"
    assert promised(now, zone=MAKASSAR) == "2026-11-21T14:00:00+08:00"


def test_a_lunch_break_is_no_time_to_prepare():
    hours = Hours([[["09:00", "12:00"], ["13:00", "18:00"]]] * 7, {})
    assert promised(at("2026-11-21T11:30"), hours) == "2026-11-21T13:30:00+07:00"


def test_a_date_of_its_own_replaces_the_week():
    hours = Hours(EVERY_DAY.week, {"2026-12-25": [], "2026-12-26": [["12:00", "16:00"]]})
    assert promised(at("2026-12-25T09:00"), hours) == "2026-12-26T13:00:00+07:00"


def test_a_store_that_never_opens_promises_nothing():
    assert promised(at("2026-11-21T09:00"), Hours([[]] * 7, {})) is None


def test_midnight_ends_a_span():
    hours = Hours([[["20:00", "24:00"]]] * 7, {})
    assert promised(at("2026-11-21T22:10"), hours) == "2026-11-21T23:15:00+07:00"
    assert promised(at("2026-11-21T23:10"), hours) == "2026-11-22T20:15:00+07:00"


@pytest.mark.parametrize(
    ("now", "ready"),
    [
        ("2026-03-29T01:30+01:00", "2026-03-29T04:30:00+02:00"),  # 02:00 to 03:00 does not exist
        ("2026-10-25T01:30+02:00", "2026-10-25T02:30:00+01:00"),  # 02:00 to 03:00 happens twice
    ],
)
def test_two_hours_are_two_hours_when_the_clocks_change(now, ready):
    hours = Hours([[["00:00", "24:00"]]] * 7, {})
    assert promised(datetime.fromisoformat(now), hours, BERLIN, lead=120) == ready


def test_opening_at_an_hour_the_clocks_skip_is_an_hour_later():
    hours = Hours([[["02:30", "05:00"]]] * 7, {})
    assert promised(at("2026-03-29T00:00", BERLIN), hours, BERLIN, lead=0) == "2026-03-29T03:30:00+02:00"


spans = st.lists(st.integers(0, 96), max_size=6, unique=True).map(
    lambda quarters: [
        [f"{a // 4:02}:{a % 4 * 15:02}", f"{b // 4:02}:{b % 4 * 15:02}"]
        for a, b in zip(sorted(quarters)[::2], sorted(quarters)[1::2], strict=False)
    ]
)
weeks = st.lists(spans, min_size=7, max_size=7)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(weeks, moments, st.integers(0, 600), st.sampled_from([JAKARTA, BERLIN]))
def test_a_promise_is_never_early_and_always_in_opening_hours(week, now, lead, zone):
    hours = Hours(week, {})
    found = earliest(hours, lead_minutes=lead, zone=zone, now=now)
    if found is None:
        return
    assert found >= now + timedelta(minutes=lead)
    assert found.minute % 15 == 0
    day_before = datetime.combine(found.date() - timedelta(days=1), datetime.min.time(), zone)
    assert any(start <= found < end for start, end in hours.spans(after=day_before, zone=zone, days=3))


@given(weeks, moments, st.timedeltas(timedelta(0), timedelta(days=3)), st.sampled_from([JAKARTA, BERLIN]))
def test_asking_later_is_never_promised_earlier(week, now, wait, zone):
    hours = Hours(week, {})
    first = earliest(hours, lead_minutes=60, zone=zone, now=now)
    later = earliest(hours, lead_minutes=60, zone=zone, now=now + wait)
    if first and later:
        assert first <= later


def test_a_day_has_the_hours_of_its_weekday():
    week = [[["0" + str(day) + ":00", "12:00"]] for day in range(1, 8)]
    assert Hours(week, {}).on(date(2026, 11, 22)) == [["07:00", "12:00"]]
