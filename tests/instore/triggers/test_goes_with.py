"""What goes with something bought: only what can be had, and what they have not got."""

from datetime import timedelta

import pytest
from django.core import mail
from oscar.core.loading import get_model

from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.notes import note_from
from omni_sync.stock.models import Location
from tests.factories import make_connection, sale, tell_all, voided
from tests.instore.triggers.conftest import calls_it_theirs, left
from tests.omni_sync.triggers.conftest import NOON, follow, joined, member, queries_of, why

pytestmark = pytest.mark.django_db
THEN = NOON + timedelta(days=5, hours=1)


@pytest.fixture(autouse=True)
def journey(only, clock):
    return only("goes_with")


@pytest.fixture
def shelf(goods):
    """A tee, and what goes with it: a cap before a belt."""
    tee, cap, belt = (goods(name, on_hand=500) for name in ("Tee", "Cap", "Belt"))
    recommend = get_model("catalogue", "ProductRecommendation").objects.create
    recommend(primary=tee.product, recommendation=cap.product, ranking=9)
    recommend(primary=tee.product, recommendation=belt.product, ranking=1)
    return {"Tee": tee, "Cap": cap, "Belt": belt}


@pytest.fixture
def sari(menteng):
    person = member(loyalty="L-1")
    calls_it_theirs(person, menteng)
    return person


@pytest.fixture
def till(menteng):
    return make_connection(menteng, name="till")


@pytest.fixture
def bought(till, menteng, shelf, sari, clock):
    """She bought the tee five days ago."""
    tell_all(till, sale(menteng, "R-1", {"TEE": 1}, customer={"loyalty": "L-1"}, at=NOON))
    joined(sari)
    clock(THEN)


def shown():
    told = TRIGGERS["goes_with"].facts(list(FollowUp.objects.all()))
    return [good["title"] for facts in told.values() for good in facts["goods"]]


def test_the_merchants_best_is_said_once_and_where_it_is(bought):
    assert [follow(THEN), follow(THEN + timedelta(minutes=5))] == [1, 0]
    assert send_messages()[0] == 1
    (letter,) = mail.outbox
    assert letter.subject == "What goes with Tee"
    assert "Cap: Rp149,000\nAt Menteng and online\nhttps://shop.example/" in letter.body
    assert shown() == ["Cap", "Belt"]
    facts = next(iter(TRIGGERS["goes_with"].facts(list(FollowUp.objects.all())).values()))
    assert note_from("goes_with", facts).text == "Cap goes well with Tee."


def test_what_they_have_or_nobody_has_is_left_out(bought, till, menteng, shelf):
    follow(THEN)
    left(shelf["Belt"], 0)
    assert shown() == ["Cap"]
    tell_all(till, sale(menteng, "R-2", {"CAP": 1}, customer={"loyalty": "L-1"}, at=NOON + timedelta(days=1)))
    assert send_messages() == (0, True)
    assert why() == [("stopped", "gone")]


def test_what_is_neither_online_nor_at_their_shop_is_not_said(bought, sari):
    Location.objects.update(sells_online=False)
    sari.user.own_store.delete()
    follow(THEN)
    assert why() == [("stopped", "gone")]


def test_a_sale_that_never_was_is_not_followed(bought, till, menteng):
    follow(THEN)
    tell_all(till, voided(menteng, sale="R-1", at=NOON + timedelta(days=1)))
    send_messages()
    assert why() == [("stopped", "gone")]


def test_nothing_follows_what_nothing_goes_with(till, menteng, goods, sari, clock):
    goods("Sock", on_hand=9)
    tell_all(till, sale(menteng, "R-1", {"SOCK": 1}, customer={"loyalty": "L-1"}, at=NOON))
    joined(sari)
    assert follow(clock(THEN)) == 0


def test_fifty_cost_as_many_queries_as_one(bought, till, menteng):
    follow(THEN)
    one = queries_of("goes_with")
    for n in range(2, 51):
        tell_all(till, sale(menteng, f"R-{n}", {"TEE": 1}, customer={"loyalty": f"L-{n}"}, at=NOON))
    follow(THEN)
    assert FollowUp.objects.count() == 50
    assert queries_of("goes_with") == one == 3
