"""A pickup that stays on the screen: read again when somebody else took it on, and only then."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from instore.pickup.cancel import cancel
from instore.pickup.code import code_of
from instore.pickup.live import pickup_topic
from instore.pickup.models import State
from instore.pickup.moves import By
from omni_sync.live.token import read as topics_of_token
from tests.instore.pickup.conftest import bring, pick_all, to_picking
from tests.instore.tablet.conftest import nonce, page_of, tap
from tests.instore.tablets import read

pytestmark = pytest.mark.django_db
WEB = By(place="web")


def followed(answer):
    """What the page reads again, and what it listens to."""
    part = re.search(r'data-live="([^"]+)" hx-get="([^"]+)"', answer.content.decode())
    return part[2], part[1]


def live(tablet, again):
    """What the page is answered when it hears that something changed."""
    return tablet.get(again, headers={"HX-Request": "true", "Lintas-Untapped": "1"})


def goes_on(answer, part):
    """Nothing but the right to listen on is renewed: what is open or typed on the page stays."""
    assert answer.headers["HX-Retarget"] == answer.headers["HX-Reselect"] == f"#{part}-follows"
    assert read(answer) == ""
    assert followed(answer)[1]
    return True


def at_the_counter(tablet, pickup):
    return tablet.post("/staff/collect/", {"code": code_of(pickup)}).url


def test_a_page_follows_its_pickup_only(on_duty, pickup):
    _, token = followed(on_duty.get(page_of(pickup)))
    assert list(topics_of_token(token).topics) == [pickup_topic(pickup.pk)]


def test_what_it_shows_already_is_not_read_again(on_duty, pickup):
    again, _ = followed(on_duty.get(page_of(pickup)))
    with CaptureQueriesContext(connection) as queries:
        assert goes_on(live(on_duty, again), "pickup")
    assert len(queries) <= 6, [query["sql"] for query in queries]
    tap(on_duty, pickup, "begin", 1)
    changed = live(on_duty, again)
    assert "Being picked" in read(changed)
    assert goes_on(live(on_duty, followed(changed)[0]), "pickup")
    assert "Being picked" in read(on_duty.get(followed(changed)[0]))  # somebody opened that very address


@pytest.mark.parametrize("seen", ["", "0", "x", "-1", "\0", "9" * 400])
def test_whatever_else_was_seen_gets_the_page(on_duty, pickup, seen):
    answer = on_duty.get(page_of(pickup), {"seen": seen}, headers={"HX-Request": "true"})
    assert "Start to pick" in read(answer)


def test_cancelled_goods_are_asked_back_where_there_are_any(on_duty, pickup):
    to_picking(pickup)
    pick_all(pickup)
    again, _ = followed(on_duty.get(page_of(pickup)))
    cancel(pickup_id=pickup.pk, by=WEB)
    said = read(live(on_duty, again))
    assert "This was cancelled. Put the goods back where they were." in said
    assert "The bag is ready" not in said


def test_of_an_empty_bag_nothing_is_asked_back(on_duty, pickup):
    cancel(pickup_id=pickup.pk, by=WEB)
    assert "Put the goods back" not in read(on_duty.get(page_of(pickup)))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.PLACED, "Promised"), (State.READY, "Kept until"), (State.EXPIRED, "Kept until"),
        (State.COLLECTED, "This was handed over already."), (State.PUT_BACK, "These goods are back on the shelf."),
    ],
)  # fmt: skip
def test_a_page_says_the_time_that_matters_or_what_became_of_it(on_duty, pickup, state, said):
    bring(pickup, state)
    page = read(on_duty.get(page_of(pickup)))
    assert said in page
    assert ("Promised" in page) == (state == State.PLACED)
    assert ("in the bag" in page) == (state != State.PUT_BACK)


def test_a_bag_follows_too(on_duty, pickup):
    bring(pickup, State.READY)
    bag = at_the_counter(on_duty, pickup)
    again, _ = followed(on_duty.get(bag))
    assert goes_on(live(on_duty, again), "bag")
    cancel(pickup_id=pickup.pk, by=WEB)
    said = read(live(on_duty, again))
    assert "This was cancelled. Put the goods back where they were." in said
    assert "hand over" not in said


def test_a_bag_whose_code_is_forgotten_is_not_emptied_but_left(on_duty, pickup, collected, shop):
    bring(pickup, State.READY)
    again, _ = followed(on_duty.get(at_the_counter(on_duty, pickup)))
    at_the_counter(on_duty, collected(shop.store, (shop.hat, 1)).pickup)  # in another window
    answer = live(on_duty, again)
    assert answer.headers["HX-Redirect"] == "/staff/collect/"
    assert on_duty.get(again).url == "/staff/collect/"


@pytest.mark.parametrize(("friend", "came", "note"), [("Budi", True, "Budi"), ("Budi", False, ""), ("", True, "")])
def test_the_history_says_whether_it_was_the_friend(on_duty, pickup, friend, came, note):
    bring(pickup, State.READY)
    type(pickup).objects.update(friend=friend)
    bag = at_the_counter(on_duty, pickup)
    assert ("It is Budi who takes it" in read(on_duty.get(bag))) == bool(friend)
    on_duty.post(bag, {"nonce": nonce(1), "method": "cash", **({"friend": "yes"} if came else {})})
    assert pickup.steps.get(after=State.COLLECTED).note == note
    assert ("Given to Budi" in read(on_duty.get(bag))) == bool(note)
