"""The question on the shopper's page: two ways out, what was answered, and what became of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from instore.pickup.cancel import cancel
from instore.pickup.models import Pickup, ShortReason, State
from instore.pickup.pick import mark_short
from tests.e2e.looks import misshapen
from tests.instore.pickup.conftest import RINA, bring, line_of, pick_all, to_picking
from tests.instore.pickup.test_ask import ask_of, found_all, stand_of
from tests.instore.pickup.test_page import QUERIES, address_of, shown
from tests.instore.tablets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
QUESTION = "2 of 2 \N{MULTIPLICATION SIGN} Tee are not there just now"


@pytest.fixture
def asked(pickup):
    to_picking(pickup)
    ask_of(pickup)
    return pickup


def tap(pickup, said, sku="tee", **more):
    form = {"line": line_of(pickup, sku).pk, "answer": said, **more}
    return Client().post(f"{address_of(pickup)}answer/", form, follow=True)


def test_the_question_has_two_ways_out(asked):
    with CaptureQueriesContext(connection) as queries:
        answer = shown(asked)
    assert len(queries) <= QUERIES
    page = read(answer).replace("&#x27;", "'")
    assert page.index(QUESTION) < page.index("show this at the counter")
    for way in ("I'll wait : Tee", "Leave this out : Tee"):
        assert way in page
    assert "Hat : " not in page
    assert list(misshapen(answer.content.decode())) == []


def test_who_waits_reads_that_they_do(asked):
    page = read(tap(asked, "wait"))
    assert "You wait for Tee." in page
    assert QUESTION not in page
    assert stand_of(asked) == (0, "", "wait")
    assert "You wait for Tee." in read(tap(asked, "refund"))
    assert stand_of(asked) == (0, "", "wait")


def test_who_does_not_wait_pays_nothing_for_it(asked):
    for _ in range(2):  # tapped twice
        page = read(tap(asked, "refund")).replace("&#x27;", "'")
        assert "You did not want to wait for Tee: you don't pay" in page
        assert "To pay in the store: Rp149,000" in page
    assert asked.steps.count() == 3
    assert (asked.steps.latest("pk").place, stand_of(asked)) == ("web", (0, "not_waited", "refund"))


def test_an_old_page_says_what_has_become_of_it(asked):
    found_all(asked)
    assert "Tee was found: it is in your bag." in read(tap(asked, "refund"))
    ask_of(asked, "hat")
    reason = ShortReason.SOLD
    mark_short(pickup_id=asked.pk, line=line_of(asked, "hat").pk, found=0, reason=reason, by=RINA)
    assert "We could not find Hat after all" in read(tap(asked, "wait", "hat"))
    cancel(pickup_id=asked.pk, by=RINA)
    page = read(tap(asked, "refund"))
    assert "This order is cancelled" in page
    assert "was found" not in page


@pytest.mark.parametrize("state", [State.READY, State.COLLECTED, State.CANCELLED, State.EXPIRED])
def test_of_what_nobody_asked_nothing_is_done(pickup, state):
    bring(pickup, state)
    before = stand_of(pickup)
    read(tap(pickup, "refund"))
    assert (stand_of(pickup), Pickup.objects.get().state) == (before, state)


@pytest.mark.parametrize(
    "said",
    [
        {"answer": "never"}, {"answer": ""}, {"line": ""}, {"line": "x"}, {"line": "-1"}, {"line": "9" * 40},
        {"line": "9" * 18}, {"line": "\N{ARABIC-INDIC DIGIT ONE}"}, {"line": "\0"},
    ],
)  # fmt: skip
def test_a_form_that_is_none_of_ours_does_nothing(asked, said):
    assert QUESTION in read(tap(asked, said.get("answer", "refund"), **said))
    assert stand_of(asked) == (0, "", "")


def test_another_pickups_line_is_not_answered_here(asked, collected, shop):
    other = collected(shop.store, (shop.hat, 1)).pickup
    ask_of(other, "hat")
    tap(asked, "refund", line=line_of(other, "hat").pk)
    assert stand_of(other, "hat") == (0, "", "")


def test_only_a_form_answers_and_only_at_an_address_somebody_was_given(asked):
    assert Client().get(f"{address_of(asked)}answer/").status_code == 405
    assert "nothing at this address" in read(Client().post("/collect/x/answer/"), 404)


def test_both_sides_follow_question_answer_and_end(pickup, shop, monkeypatch, django_capture_on_commit_callbacks):
    told, both = [], [f"pickup-{pickup.pk}", f"pickups-{shop.store.pk}"]
    for module in ("instore.pickup.live", "instore.tablet.live"):
        monkeypatch.setattr(f"{module}.publish", told.extend)
    to_picking(pickup)
    for act in (
        lambda: ask_of(pickup),
        lambda: tap(pickup, "wait"),
        lambda: pick_all(pickup),
    ):
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert sorted(told) == both
