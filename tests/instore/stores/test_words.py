from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from instore.stores.words import from_when

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("ready", "english", "indonesian"),
    [
        ((21, 14), "today from 14:00", "hari ini mulai pukul 14.00"),
        ((22, 10), "tomorrow from 10:00", "besok mulai pukul 10.00"),
        ((24, 10), "Tuesday from 10:00", "Selasa mulai pukul 10.00"),
        ((30, 10), "30 November from 10:00", "30 November mulai pukul 10.00"),
    ],
)
def test_a_promise_is_said_in_the_readers_words(ready, english, indonesian):
    promised = datetime(2026, 11, *ready, 0, tzinfo=JAKARTA)
    with translation.override("en"):
        assert from_when(promised, NOW) == english
    with translation.override("id"):
        assert from_when(promised, NOW) == indonesian


def test_today_is_the_stores_today():
    late_in_jakarta = datetime(2026, 11, 21, 23, 30, tzinfo=JAKARTA)
    ready = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Asia/Makassar"))
    with translation.override("en"):
        assert from_when(ready, late_in_jakarta) == "today from 10:00"
