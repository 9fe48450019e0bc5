from datetime import UTC, datetime, timedelta

import pytest

from omni_sync.outside import retry_after
from omni_sync.pos.outbox.schedule import PAUSES, pause_after

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)


def test_ten_attempts_within_some_three_days():
    assert len(PAUSES) == 9
    assert sum(PAUSES, timedelta(0)) == timedelta(days=3, hours=3, minutes=35, seconds=5)
    assert pause_after(10) is None


def test_those_who_failed_together_do_not_come_back_together():
    pauses = {pause_after(3) for _ in range(100)}
    assert len(pauses) > 50
    assert timedelta(minutes=24) <= min(pauses) < timedelta(minutes=28)
    assert timedelta(minutes=32) < max(pauses) <= timedelta(minutes=36)


def test_a_wish_makes_it_later_never_earlier_and_a_day_at_most():
    assert pause_after(1, wished=timedelta(hours=3)) == timedelta(hours=3)
    assert pause_after(3, wished=timedelta(seconds=1)) > timedelta(minutes=20)
    assert pause_after(1, wished=timedelta(days=300)) == timedelta(days=1)
    assert pause_after(10, wished=timedelta(hours=3)) is None


@pytest.mark.parametrize(
    ("header", "wished"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("9" * 40, timedelta(days=1)),
        ("99999999", timedelta(days=1)),
        ("Fri, 31 Dec 9999 23:59:59 -2359", timedelta(days=1)),
        ("Fri, 21 Nov 2025 12:00:00 +99999999999999999999", None),
        ("Sun, 23 Nov 2025 12:00:00 GMT", timedelta(days=1)),
        ("Fri, 21 Nov 2025 13:00:00 GMT", timedelta(hours=1)),
        ("Fri, 21 Nov 2025 11:00:00 GMT", timedelta(0)),
        ("Friday, 21-Nov-25 12:30:00 GMT", timedelta(minutes=30)),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(header, wished):
    assert retry_after(header, now=NOW) == wished
