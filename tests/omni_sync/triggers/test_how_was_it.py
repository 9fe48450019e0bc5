"""A word about what was bought is asked for once, from who has it and has not said one."""

from datetime import timedelta

import pytest
from django.core import mail

from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.notes import note_from
from omni_sync.oscar.models import Product, ProductReview
from tests.factories import make_connection, make_product, make_record, make_store, returned, sale, tell_all, voided
from tests.omni_sync.triggers.conftest import NOON, clock, follow, joined, member, only, queries_of, why

__all__ = ["clock", "only"]
pytestmark = pytest.mark.django_db
THEN = NOON + timedelta(days=10, hours=1)


@pytest.fixture(autouse=True)
def journey(only, clock):
    return only("how_was_it")


@pytest.fixture
def store(db):
    place = make_store("menteng")
    for name in ("Tee", "Cap"):
        make_record(place, product=make_product(name), sku=name.upper(), on_hand=500)
    return place


@pytest.fixture
def till(store):
    return make_connection(store, name="till")


@pytest.fixture
def sari(db):
    return member(loyalty="L-1")


def bought(till, store, person, skus=None, number="R-1", loyalty="L-1"):
    tell_all(till, sale(store, number, skus or {"TEE": 1}, customer={"loyalty": loyalty}, at=NOON))
    joined(person)


def test_who_bought_at_the_till_is_asked_once_at_home(till, store, sari, clock):
    bought(till, store, sari)
    assert follow(clock(NOON + timedelta(days=9))) == 0
    assert [follow(clock(THEN)), follow(THEN + timedelta(minutes=5))] == [1, 0]
    assert send_messages()[0] == 1
    (letter,) = mail.outbox
    assert letter.subject == "How do you like Tee?"
    assert "/reviews/add/" in letter.body
    assert "No more of these:" in letter.body
    facts = next(iter(TRIGGERS["how_was_it"].facts(list(FollowUp.objects.all())).values()))
    assert len(note_from("how_was_it", facts).text) <= 120
    assert facts["products"] == [Product.objects.get(title="Tee").pk]


def test_who_did_not_agree_hears_nothing(till, store, clock):
    bought(till, store, member(loyalty="L-1", agrees=False))
    follow(clock(THEN))
    assert why() == [("stopped", "consent")]


@pytest.mark.parametrize("end", ["voided", "returned", "reviewed"])
def test_what_was_voided_brought_back_or_reviewed_is_not_asked_about(till, store, sari, clock, end):
    bought(till, store, sari)
    follow(clock(THEN))
    assert why() == [("sent", "")]
    if end == "voided":
        tell_all(till, voided(store, sale="R-1", at=NOON + timedelta(days=1)))
    elif end == "returned":
        tell_all(till, returned(store, "B-1", {"TEE": 1}, of="R-1", at=NOON + timedelta(days=1)))
    else:
        tee = Product.objects.get(title="Tee")
        ProductReview.objects.create(product=tee, user=sari.user, score=5, title="Good", body="Good")
    assert send_messages() == (0, True)
    assert why() == [("stopped", "gone")]


def test_of_two_things_the_one_that_was_kept_is_asked_about(till, store, sari, clock):
    bought(till, store, sari, {"TEE": 1, "CAP": 2})
    tell_all(till, returned(store, "B-1", {"TEE": 1}, of="R-1", at=NOON + timedelta(days=1)))
    follow(clock(THEN))
    facts = next(iter(TRIGGERS["how_was_it"].facts(list(FollowUp.objects.all())).values()))
    assert [good["title"] for good in facts["goods"]] == ["Cap"]


def test_fifty_cost_as_many_queries_as_one(till, store, sari, clock):
    bought(till, store, sari)
    follow(clock(THEN))
    one = queries_of("how_was_it")
    for n in range(2, 51):
        tell_all(till, sale(store, f"R-{n}", {"TEE": 1}, customer={"loyalty": f"L-{n}"}, at=NOON))
    follow(THEN)
    assert FollowUp.objects.count() == 50
    assert queries_of("how_was_it") == one == 4
