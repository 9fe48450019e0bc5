"""Quiet hours go by the clock on the reader's wall, also in the nights in which it is put on or back."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.messages.preferences.models import Preference
from omni_sync.messages.preferences.preferred import Preferred, preferred_of
from omni_sync.people.models import Person

ZONES = [
    "Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe",
    "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "UTC",
]  # fmt: skip
any_moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
#: Around the nights of 2026 in which clocks are put on or back somewhere.
odd_moments = st.tuples(
    st.sampled_from(["2026-03-08", "2026-03-29", "2026-04-04", "2026-10-03", "2026-10-25", "2026-11-01"]),
    st.integers(-12 * 60, 36 * 60),
).map(lambda night: datetime.fromisoformat(f"{night[0]}T00:00+00:00") + timedelta(minutes=night[1]))
moments = st.one_of(any_moments, odd_moments)
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def quiet(zone, since=time(20), until=time(9)):
    return Preferred("en", zone, since, until)


@pytest.mark.parametrize(
    ("zone", "at", "until"),
    [
        ("Asia/Jakarta", "2026-11-20T20:00+07:00", "2026-11-21T09:00+07:00"),
        ("Asia/Jakarta", "2026-11-20T08:59+07:00", "2026-11-20T09:00+07:00"),
        ("Asia/Jakarta", "2026-11-20T09:00+07:00", None),
        ("Asia/Jakarta", "2026-11-20T19:59+07:00", None),
        ("Asia/Jayapura", "2026-11-20T18:30+07:00", "2026-11-21T07:00+07:00"),
        ("Europe/Berlin", "2026-03-28T23:00+01:00", "2026-03-29T09:00+02:00"),
        ("Europe/Berlin", "2026-10-24T23:00+02:00", "2026-10-25T09:00+01:00"),
        ("America/New_York", "2026-03-08T01:30-05:00", "2026-03-08T09:00-04:00"),
    ],
)
def test_quiet_ends_by_the_wall_clock(zone, at, until):
    expected = until and datetime.fromisoformat(until)
    assert quiet(zone).quiet_until_after(datetime.fromisoformat(at)) == expected


def test_an_hour_that_does_not_exist_ends_when_the_clock_is_put_on():
    night = quiet("Europe/Berlin", time(22), time(2, 30))
    at = datetime.fromisoformat("2026-03-29T01:15+01:00")
    assert night.quiet_until_after(at) == datetime.fromisoformat("2026-03-29T03:30+02:00")


def test_an_hour_that_comes_twice_ends_the_first_time():
    night = quiet("Europe/Berlin", time(22), time(2, 30))
    at = datetime.fromisoformat("2026-10-25T01:15+02:00")
    assert night.quiet_until_after(at) == datetime.fromisoformat("2026-10-25T02:30+02:00")


def test_in_the_second_of_two_equal_hours_it_ends_in_the_second():
    night = quiet("Europe/Berlin", time(22), time(2, 30))
    at = datetime.fromisoformat("2026-10-25T02:15+01:00")
    assert night.quiet_until_after(at) == datetime.fromisoformat("2026-10-25T02:30+01:00")


def test_quiet_at_noon_ends_the_same_day():
    nap = quiet("Asia/Jakarta", time(12), time(14))
    assert nap.quiet_until_after(datetime.fromisoformat("2026-11-20T13:00+07:00")) == datetime.fromisoformat(
        "2026-11-20T14:00+07:00"
    )
    assert nap.quiet_until_after(datetime.fromisoformat("2026-11-20T14:00+07:00")) is None


@given(zone=st.sampled_from(ZONES), at=moments, since=hours, until=hours)
def test_when_quiet_is_over_it_is_over(zone, at, since, until):
    if since == until:
        return
    chosen = quiet(zone, since, until)
    ends = chosen.quiet_until_after(at)
    if ends is not None:
        assert at < ends <= at + timedelta(hours=26)
        assert chosen.quiet_until_after(ends) is None


@given(zone=st.sampled_from(ZONES), at=moments, since=hours, until=hours)
def test_it_is_quiet_exactly_between_the_hours_of_the_wall(zone, at, since, until):
    if since == until:
        return
    wall = at.astimezone(ZoneInfo(zone)).time()
    is_between = since <= wall < until if since < until else wall >= since or wall < until
    assert (quiet(zone, since, until).quiet_until_after(at) is not None) is is_between


@pytest.mark.django_db
def test_of_two_rows_of_a_human_the_choice_made_last_counts(settings):
    one = Person.objects.create()
    other = Person.objects.create(merged_into=one)
    Preference.objects.create(person=one, zone="Asia/Jayapura", changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    Preference.objects.create(person=other, zone="Europe/Berlin", changed_at=datetime(2026, 2, 1, tzinfo=UTC))
    assert preferred_of([one.pk])[one.pk].zone == "Europe/Berlin"


@pytest.mark.django_db
def test_who_chose_nothing_has_the_shops_hours_and_zone(settings):
    settings.LINTAS_QUIET_HOURS = ("19:30", "08:15")
    person = Person.objects.create()
    found = preferred_of([person.pk])[person.pk]
    assert (found.quiet_from, found.quiet_until, found.zone) == (time(19, 30), time(8, 15), settings.TIME_ZONE)


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [{"quiet_from": time(1)}, {"quiet_from": time(1), "quiet_until": time(1)}])
def test_half_an_answer_is_no_quiet(hours):
    person = Person.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(person=person, **hours)
