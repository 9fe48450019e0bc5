"""An article in the hand: one more of it in the bag, or a word why not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from instore.pickup.models import State
from instore.tablet.models import TabletAction
from omni_sync.catalogue.identify import describe, set_gtins
from tests.instore.pickup.conftest import bring, line_of
from tests.instore.places import make_product
from tests.instore.tablet.conftest import nonce, page_of, tap
from tests.instore.tablets import read
from tests.stress.crowd import at_once

pytestmark = pytest.mark.django_db
TEE, SOCK, NOBODYS = "9521234500018", "9521234500025", "9521234500032"


@pytest.fixture
def picking(pickup, shop):
    set_gtins(product=shop.tee.product, values=[TEE])
    bring(pickup, State.PICKING)
    return pickup


def scan(tablet, pickup, key, article):
    return tap(tablet, pickup, "found", key, article=article)


@pytest.mark.parametrize("article", [TEE, f"]E0{TEE}", f"https://id.gs1.org/01/0{TEE}", f"010{TEE}10L1", " tee "])
def test_a_scanned_article_is_one_more_in_the_bag(on_duty, picking, article):
    assert scan(on_duty, picking, 1, article).url == page_of(picking)
    assert line_of(picking, "tee").picked == 1
    scan(on_duty, picking, 2, article)
    assert line_of(picking, "tee").picked == 2
    assert line_of(picking, "hat").picked == 0


def test_the_same_scan_sent_twice_counts_once(on_duty, picking):
    first, again = scan(on_duty, picking, 1, TEE), scan(on_duty, picking, 1, TEE)
    assert first.url == again.url
    assert line_of(picking, "tee").picked == 1
    assert TabletAction.objects.count() == 1


def test_one_more_than_ordered_is_refused(on_duty, picking):
    for key in (1, 2):
        scan(on_duty, picking, key, TEE)
    assert "At most 2 make sense here." in read(scan(on_duty, picking, 3, TEE), 409)
    assert line_of(picking, "tee").picked == 2


def test_an_article_of_another_order_is_named(on_duty, picking):
    sock = make_product("Sock")
    set_gtins(product=sock, values=[SOCK])
    describe(product=sock, size="M", colour="Indigo")
    said = read(scan(on_duty, picking, 1, SOCK), 409)
    assert "This is not in this order: Sock, Indigo, M." in said
    assert "Put it back" in said


@pytest.mark.parametrize("article", ["", NOBODYS, "9521234500019", "https://shop.example/collect/" + "a" * 43, "\0"])
def test_what_nobody_knows_is_refused_and_not_kept(on_duty, picking, article):
    assert "No article of this order has this number." in read(scan(on_duty, picking, 1, article), 409)
    assert not TabletAction.objects.exists()


def test_what_was_short_takes_no_more(on_duty, picking):
    line = line_of(picking, "tee").pk
    tap(on_duty, picking, "missing", 1, line=line, found=0, reason="not_found")
    assert "only 0 are there" in read(scan(on_duty, picking, 2, TEE), 409)


@pytest.mark.parametrize("state", [State.PLACED, State.READY, State.CANCELLED])
def test_only_what_is_being_picked_takes_articles(on_duty, pickup, shop, state):
    set_gtins(product=shop.tee.product, values=[TEE])
    bring(pickup, state)
    before = line_of(pickup, "tee").picked
    read(scan(on_duty, pickup, 1, TEE), 409)
    assert line_of(pickup, "tee").picked == before


def test_a_scan_asks_little_of_the_database(on_duty, picking):
    scan(on_duty, picking, 1, TEE)
    with CaptureQueriesContext(connection) as queries:
        scan(on_duty, picking, 2, TEE)
    assert len(queries) <= 30, [query["sql"] for query in queries]


@pytest.mark.django_db(transaction=True)
def test_two_scans_at_once_are_two(on_duty, picking):
    answers = at_once(*[lambda key=key: scan(on_duty, picking, key, TEE) for key in (1, 2)])
    assert [answer.status_code for answer in answers] == [302, 302]
    assert line_of(picking, "tee").picked == 2
    assert {action.nonce for action in TabletAction.objects.all()} == {nonce(1), nonce(2)}
