"""The counter from the outside: codes, money, and the one hand-over."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from instore.pickup.code import code_of, token_of
from instore.pickup.models import Pickup, State
from instore.staff.models import Role, StaffEvent
from instore.tablet.models import CodeTry
from omni_sync.oscar.models import PaymentSource
from tests.e2e.looks import misshapen
from tests.instore.pickup.conftest import bring, levels, line_of, state_of
from tests.instore.places import make_store
from tests.instore.tablet.conftest import nonce, sign_in_at, tap
from tests.instore.tablets import PIN, WRONG, make_associate, read

pytestmark = pytest.mark.django_db
COLLECT = "/staff/collect/"


@pytest.fixture
def ready(pickup):
    bring(pickup, State.READY)
    Pickup.objects.filter(pk=pickup.pk).update(name="Dewi Lestari")
    pickup.refresh_from_db()
    return pickup


@pytest.fixture
def at_the_counter(on_duty, ready):
    """Sari has typed its code."""
    say(on_duty, code_of(ready))
    return on_duty


def say(tablet, code):
    return tablet.post(COLLECT, {"code": code})


def bag(pickup):
    return f"{COLLECT}{pickup.order.number}/"


def hand_over(tablet, pickup, key=1, **more):
    return tablet.post(bag(pickup), {"nonce": nonce(key), **more})


def events(*kinds):
    return [event.kind for event in StaffEvent.objects.filter(kind__in=kinds).order_by("pk")]


@pytest.mark.parametrize(
    "written",
    [
        lambda pickup: code_of(pickup).lower(),
        lambda pickup: f" {code_of(pickup)[:3]}-{code_of(pickup)[3:]} ",
        token_of,
        lambda pickup: f"https://shop.example/id/collect/{token_of(pickup)}/",
        lambda pickup: f"https://shop.example/collect/{token_of(pickup)}?from=mail",
    ],
)
def test_a_code_or_a_link_shows_whose_bag_it_is(on_duty, ready, written):
    answer = say(on_duty, written(ready))
    assert answer.url == bag(ready)
    page = on_duty.get(bag(ready))
    said = read(page)
    for word in ("Dewi Lestari", "2 of 2 in the bag", "To pay", "447,000", "Paid in cash: hand over"):
        assert word in said
    assert list(misshapen(page.content.decode())) == []
    assert list(misshapen(on_duty.get(COLLECT).content.decode())) == []
    assert not CodeTry.objects.exists()


@pytest.mark.parametrize("method", ["cash", "card"])
def test_the_bag_for_the_money(at_the_counter, ready, shop, method):
    assert hand_over(at_the_counter, ready, method=method).url == bag(ready)
    assert "Handed over" in read(at_the_counter.get(bag(ready)))
    paid = PaymentSource.objects.get(order=ready.pk)
    assert (paid.amount_debited, paid.source_type.code, paid.currency) == (Decimal(447000), method, "IDR")
    assert levels(shop) == {"tee": (3, 0), "hat": (3, 0)}


def test_a_repeat_takes_the_money_once(at_the_counter, ready):
    answers = [hand_over(at_the_counter, ready, method="cash") for _ in range(3)]
    assert {answer.url for answer in answers} == {bag(ready)}
    assert PaymentSource.objects.filter(order=ready.pk).count() == 1
    assert "handed over already." in read(hand_over(at_the_counter, ready, 2), 409)


def test_nothing_is_handed_over_while_money_is_due(at_the_counter, ready, shop):
    assert "447,000 is still to be paid" in read(hand_over(at_the_counter, ready), 409)
    assert state_of(ready) == "ready"
    assert not PaymentSource.objects.filter(order=ready.pk).exists()
    assert levels(shop) == {"tee": (5, 2), "hat": (4, 1)}
    assert "out of date" in read(hand_over(at_the_counter, ready, 2, method="promise"), 409)


def test_what_should_have_been_paid_on_the_web_is_not_taken_here(at_the_counter, ready):
    Pickup.objects.filter(pk=ready.pk).update(pay_in_store=False)
    assert "ask a manager" in read(at_the_counter.get(bag(ready)))
    assert hand_over(at_the_counter, ready, method="cash").status_code == 409
    assert state_of(ready) == "ready"


def test_what_is_paid_is_not_paid_again(at_the_counter, ready):
    kind = PaymentSource._meta.get_field("source_type").related_model.objects.create(name="stripe")
    PaymentSource.objects.create(order=ready.order, source_type=kind, currency="IDR", amount_allocated=447000)
    assert "All is paid" in read(at_the_counter.get(bag(ready)))
    assert hand_over(at_the_counter, ready).status_code == 302
    assert PaymentSource.objects.filter(order=ready.pk).count() == 1


def test_what_was_short_is_not_paid(on_duty, pickup):
    bring(pickup, State.PICKING)
    tap(on_duty, pickup, "missing", 1, line=line_of(pickup, "tee").pk, found=1, reason="sold")
    tap(on_duty, pickup, "found", 2, line=line_of(pickup, "hat").pk, quantity=1)
    tap(on_duty, pickup, "ready", 3)
    say(on_duty, code_of(pickup))
    assert "298,000" in read(on_duty.get(bag(pickup)))
    hand_over(on_duty, pickup, 4, method="card")
    assert PaymentSource.objects.get(order=pickup.pk).amount_debited == 298000


def test_a_bag_is_shown_to_who_was_told_its_code(on_duty, ready):
    assert on_duty.get(bag(ready)).url == COLLECT
    assert hand_over(on_duty, ready, method="cash").url == COLLECT
    assert state_of(ready) == "ready"


def test_a_lock_forgets_whose_bag_it_was(at_the_counter, ready):
    at_the_counter.post("/staff/lock/")
    assert at_the_counter.get(bag(ready)).status_code == 401
    assert "Dewi" not in at_the_counter.get(bag(ready)).content.decode()


def test_a_bag_that_is_not_ready_is_not_handed_over(on_duty, pickup):
    say(on_duty, code_of(pickup))
    assert "not ready yet" in read(on_duty.get(bag(pickup)))
    assert "Nobody has started" in read(hand_over(on_duty, pickup, method="cash"), 409)
    assert not PaymentSource.objects.filter(order=pickup.pk).exists()


def test_a_code_of_another_store_says_where_to_go(ready, clean_cache):
    elsewhere = sign_in_at(make_store("dago"), "Budi")
    for said in (code_of(ready), token_of(ready)):
        assert "This bag waits at Menteng" in read(say(elsewhere, said), 409)
    assert elsewhere.get(bag(ready)).status_code == 404
    assert hand_over(elsewhere, ready, method="cash").status_code == 404
    assert events("wrong_code") == ["wrong_code"] * 2


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.COLLECTED, "handed over already"),
        (State.CANCELLED, "was cancelled"),
        (State.EXPIRED, "time to collect this is over"),
        (State.PUT_BACK, "back on the shelf"),
    ],
)
def test_a_code_that_is_over_says_why(on_duty, pickup, state, told):
    bring(pickup, state)
    for said in (code_of(pickup), token_of(pickup)):
        assert told in read(say(on_duty, said), 409)


@pytest.mark.parametrize("said", ["", "AAAAAA", "x" * 43, "0" * 600, "\0", "/collect/" + "a" * 43])
def test_a_wrong_code_is_written_down(on_duty, ready, said):
    assert "No bag here has this code" in read(say(on_duty, said), 422)
    assert events("wrong_code") == ["wrong_code"]


def test_five_wrong_codes_lock_a_tablet_for_a_minute(on_duty, ready):
    for _ in range(5):
        read(say(on_duty, "AAAAAA"), 422)
    assert "Too many wrong codes" in read(say(on_duty, code_of(ready)), 429)
    assert events("wrong_code", "codes_locked") == ["wrong_code"] * 5 + ["codes_locked"]
    beside = sign_in_at(ready.store, "Budi", device="Stock room")
    assert say(beside, code_of(ready)).status_code == 302
    CodeTry.objects.update(at=timezone.now() - timedelta(seconds=61))
    assert say(on_duty, code_of(ready)).status_code == 302


def test_twenty_wrong_codes_lock_a_store_until_a_manager_opens_it(on_duty, ready):
    manager = make_associate(ready.store, "Rani", role=Role.MANAGER)
    for _ in range(4):
        for _ in range(5):
            read(say(on_duty, "AAAAAA"), 422)
        CodeTry.objects.update(at=timezone.now() - timedelta(minutes=2))
    beside = sign_in_at(ready.store, "Budi", device="Stock room")
    locked = say(beside, code_of(ready))
    assert "Rani" in read(locked, 429)
    assert list(misshapen(locked.content.decode())) == []
    sari = StaffEvent.objects.filter(kind="signed_in").first().associate
    for who, pin in ((manager.pk, WRONG), (sari.pk, PIN), ("", ""), ("9" * 40, PIN)):
        assert beside.post(f"{COLLECT}open/", {"who": who, "pin": pin}).status_code == 422
    assert say(beside, code_of(ready)).status_code == 429
    assert beside.post(f"{COLLECT}open/", {"who": manager.pk, "pin": PIN}).url == COLLECT
    assert say(beside, code_of(ready)).status_code == 302
    assert say(on_duty, code_of(ready)).status_code == 302
    assert events("codes_opened") == ["codes_opened"]
