"""The shopper is asked from the pick list: once for a tap, seen on it and under Today, and followed."""

import re

import pytest

from instore.pickup.ask import answer
from instore.pickup.models import Answer, Pickup, State
from instore.tablet.models import TabletAction
from omni_sync.messages.models import Message
from tests.instore.pickup.conftest import bring, line_of
from tests.instore.pickup.test_ask import SHOPPER, ask_of, stand_of
from tests.instore.places import put
from tests.instore.tablet.conftest import page_of, tap
from tests.instore.tablet.test_follow import followed, goes_on, live
from tests.instore.tablets import read

pytestmark = pytest.mark.django_db
ASK = "Ask the shopper: wait or refund?"


def shopper_says(pickup, said):
    answer(pickup_id=pickup.pk, line=line_of(pickup, "tee").pk, said=said, by=SHOPPER)


@pytest.mark.parametrize("state", [State.PLACED, State.PICKING])
def test_the_tap_asks_and_the_sheet_says_when(on_duty, pickup, state):
    bring(pickup, state)
    Pickup.objects.update(email="dewi@example.com")
    assert read(on_duty.get(page_of(pickup))).count(ASK) == 2
    for _ in range(2):
        assert tap(on_duty, pickup, "ask", 1, line=line_of(pickup, "tee").pk).url == page_of(pickup)
    page = read(on_duty.get(page_of(pickup)))
    assert len(re.findall(r"Asked at \d\d:\d\d", page)) == 1
    assert page.count(ASK) == 1
    assert Message.objects.filter(kind="pickup_asked").count() == 1
    assert TabletAction.objects.get().verb == "ask"
    shopper_says(pickup, Answer.WAIT)
    page = read(on_duty.get(page_of(pickup)))
    assert "The shopper waits" in page
    assert "Asked at" not in page
    tap(on_duty, pickup, "ask", 2, line=line_of(pickup, "tee").pk)
    shopper_says(pickup, Answer.REFUND)
    page = read(on_duty.get(page_of(pickup)))
    assert "0 of 2: the shopper did not want to wait" in page
    assert "The shopper waits" not in page


def test_a_shopper_without_an_address_reads_it_on_their_page_only(on_duty, pickup):
    said = "they read it on their page only"
    assert said in read(on_duty.get(page_of(pickup)))
    Pickup.objects.update(email="dewi@example.com")
    assert said not in read(on_duty.get(page_of(pickup)))


def test_every_refusal_says_what_to_do_next(on_duty, pickup):
    tee, hat = line_of(pickup, "tee").pk, line_of(pickup, "hat").pk
    tap(on_duty, pickup, "ask", 1, line=tee)
    assert "asked already. Look for it meanwhile" in read(tap(on_duty, pickup, "ask", 2, line=tee), 409).replace(
        "  ", " "
    )
    tap(on_duty, pickup, "begin", 3)
    tap(on_duty, pickup, "found", 4, line=hat, quantity=1)
    assert "All of it is in the bag by now." in read(tap(on_duty, pickup, "ask", 5, line=hat), 409)
    assert "out of date" in read(tap(on_duty, pickup, "ask", 6, line=tee + 999), 409)
    tap(on_duty, pickup, "missing", 7, line=tee, found=1, reason="sold")
    assert "only 1 is there" in read(tap(on_duty, pickup, "ask", 8, line=tee), 409)


@pytest.mark.parametrize("state", [state for state in State if state not in (State.PLACED, State.PICKING)])
def test_of_a_bag_that_is_packed_nobody_is_asked(on_duty, pickup, state):
    bring(pickup, state)
    assert ASK not in read(on_duty.get(page_of(pickup)))
    read(tap(on_duty, pickup, "ask", 1, line=line_of(pickup, "tee").pk), 409)
    assert line_of(pickup, "tee").asked_at is None


@pytest.mark.parametrize("said", [{}, {"line": "x"}, {"line": "9" * 19}])
def test_a_form_that_is_none_of_ours_does_nothing(on_duty, pickup, said):
    assert "out of date" in read(tap(on_duty, pickup, "ask", 1, **said), 409)
    assert not TabletAction.objects.exists()


def test_that_the_shopper_does_not_wait_is_for_the_shopper_to_say(on_duty, pickup):
    bring(pickup, State.PICKING)
    assert "did not want to wait" not in read(on_duty.get(page_of(pickup)), 200).lower()
    line = line_of(pickup, "tee").pk
    assert "out of date" in read(tap(on_duty, pickup, "missing", 1, line=line, found=0, reason="not_waited"), 409)
    assert stand_of(pickup) == (0, "", "")


def test_today_marks_who_is_asked_and_who_waits(on_duty, pickup):
    badge = re.compile(r"(Asked|Waits)\s*</span>")

    def badges():
        return badge.findall(on_duty.get("/staff/today/").content.decode())

    assert badges() == []
    ask_of(pickup)
    assert badges() == badge.findall(on_duty.get("/staff/today/?of=placed").content.decode()) == ["Asked"]
    shopper_says(pickup, Answer.WAIT)
    assert badges() == ["Waits"]
    ask_of(pickup)
    assert badges() == ["Asked"]
    shopper_says(pickup, Answer.REFUND)
    assert badges() == []


def test_what_is_in_danger_names_the_ways_out(on_duty, pickup, shop):
    put(shop.tee.product, shop.store.partner, 0, sku="TEE")
    today = read(on_duty.get("/staff/today/"))
    for way in ("Look for it and count it again", "ask its shopper whether to wait", "mark it as not there"):
        assert way in today


def test_an_answer_is_read_on_a_sheet_that_stays_open(on_duty, pickup):
    again, _ = followed(on_duty.get(page_of(pickup)))
    ask_of(pickup)
    asked = live(on_duty, again)
    assert "Asked at" in read(asked)
    assert goes_on(live(on_duty, followed(asked)[0]), "pickup")
    shopper_says(pickup, Answer.WAIT)
    waits = live(on_duty, followed(asked)[0])
    assert "The shopper waits" in read(waits)
    assert goes_on(live(on_duty, followed(waits)[0]), "pickup")
