"""What is on a list is watched: what comes back after an hour, or runs low after an hour, is news once."""

from datetime import timedelta

import pytest

from omni_sync.lists.add import add_to_list
from omni_sync.oscar.models import WishLine
from omni_sync.stock.models import Level
from omni_sync.triggers.models import WatchedStock
from omni_sync.triggers.watch import watch
from tests.factories import make_product, make_record, make_store
from tests.omni_sync.people.conftest import account
from tests.omni_sync.triggers.conftest import NOON

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def record(db):
    record = make_record(make_store("menteng"), product=make_product(), on_hand=0)
    add_to_list(user_id=account("sari@example.com").pk, product_id=record.product_id)
    watch(now=NOON)
    return record


def stands(units, now):
    """So many are there at that moment; the news."""
    Level.objects.update(on_hand=units)
    watch(now=now)
    found = WatchedStock.objects.get()
    return found.news, found.since


def test_back_after_an_hour_is_news_and_stays_it_while_true(record):
    assert stands(1, NOON + HOUR) == ("back", NOON + HOUR)
    assert stands(9, NOON + HOUR + MINUTE) == ("back", NOON + HOUR)
    assert stands(1, NOON + HOUR + 2 * MINUTE) == ("back", NOON + HOUR)
    assert stands(0, NOON + HOUR + 3 * MINUTE)[0] == ""


def test_gone_for_a_moment_is_no_news(record):
    assert stands(5, NOON + 59 * MINUTE) == ("", NOON + 59 * MINUTE)


def test_low_after_an_hour_with_enough_is_news_once_a_spell(record):
    stands(5, NOON + MINUTE)
    assert stands(2, NOON + 2 * HOUR) == ("low", NOON + 2 * HOUR)
    assert stands(1, NOON + 2 * HOUR + MINUTE) == ("low", NOON + 2 * HOUR)
    assert stands(5, NOON + 2 * HOUR + 2 * MINUTE)[0] == ""
    assert stands(2, NOON + 2 * HOUR + 3 * MINUTE)[0] == ""  # a count, put right


def test_nothing_is_written_where_nothing_changed(record):
    assert watch(now=NOON + HOUR) == 0


def test_what_is_on_no_list_is_watched_no_longer(record):
    make_record(make_store("dago"), product=make_product("Cap"), sku="CAP", on_hand=1)
    watch(now=NOON)
    assert [row.stockrecord for row in WatchedStock.objects.all()] == [record]
    WishLine.objects.all().delete()
    watch(now=NOON)
    assert not WatchedStock.objects.exists()
