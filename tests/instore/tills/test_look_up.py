"""A till finds what a code collects at its own stores, hands it over, and can't guess."""

from datetime import timedelta

import pytest
from django.utils import timezone

from instore.pickup.code import code_of
from instore.pickup.models import ShortReason, State
from instore.pickup.pick import begin, mark_picked, mark_short
from instore.pickup.ready import mark_ready
from instore.staff.models import StaffEvent
from instore.tills import look_up as looking
from instore.tills.models import CodeLookup
from omni_sync.pos.outbox.tokens import make_token
from tests.factories import make_connection, sale, tell_all
from tests.instore.pickup import conftest as pickups
from tests.instore.pickup.conftest import RINA, assert_books_are_right, bring, levels, line_of, state_of
from tests.instore.places import make_store, put
from tests.stress.crowd import Meeting, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)
basket, collected, order, pickup, product, request_of, shop, strategy = (
    pickups.basket, pickups.collected, pickups.order, pickups.pickup, pickups.product, pickups.request_of,
    pickups.shop, pickups.strategy,
)  # fmt: skip
WRONG = "AAAAAA"


@pytest.fixture
def till(shop):
    return make_connection(shop.store.partner, name="menteng-till")


@pytest.fixture
def ask(client, till):
    token = make_token(connection=till)

    def ask(code, *, token=token, **more):
        return client.get("/api/v1/pickups", {"code": code, **more}, headers={"Authorization": f"Bearer {token}"})

    return ask


def test_the_till_is_told_what_goes_over_the_counter_and_nothing_of_the_shopper(ask, pickup):
    bring(pickup, State.READY)
    answer = ask(code_of(pickup).lower())
    assert answer.json() == {
        "order": str(pickup.order.number),
        "store": "menteng",
        "state": "ready",
        "currency": "IDR",
        "due": "447000",
        "lines": [
            {"order_line": "1", "sku": "TEE", "title": "Tee", "ordered": 2, "quantity": 2, "amount": "298000"},
            {"order_line": "2", "sku": "HAT", "title": "Hat", "ordered": 1, "quantity": 1, "amount": "149000"},
        ],
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_from_the_code_to_the_hand_over(ask, till, pickup, shop):
    bring(pickup, State.READY)
    found = ask(code_of(pickup)).json()
    lines = [
        {"line": str(n), "sku": line["sku"], "quantity": line["quantity"], "amount": line["amount"],
         "unit_price": "149000", "order": found["order"], "order_line": line["order_line"]}
        for n, line in enumerate(found["lines"], 1)
    ]  # fmt: skip
    tell_all(till, sale(shop.store.partner, "R-1", lines, at=timezone.now()))
    assert state_of(pickup) == State.COLLECTED
    assert levels(shop) == {"tee": (3, 0), "hat": (3, 0)}
    assert ask(code_of(pickup)).status_code == 404
    assert_books_are_right()


def test_a_short_line_is_handed_over_and_paid_for_without_what_is_missing(ask, pickup):
    begin(pickup_id=pickup.pk, by=RINA)
    mark_short(pickup_id=pickup.pk, line=line_of(pickup, "tee").pk, found=1, reason=ShortReason.DAMAGED, by=RINA)
    mark_picked(pickup_id=pickup.pk, line=line_of(pickup, "hat").pk, quantity=1)
    mark_ready(pickup_id=pickup.pk, by=RINA)
    told = ask(code_of(pickup)).json()
    assert (told["due"], told["lines"][0]["quantity"], told["lines"][0]["amount"]) == ("298000", 1, "149000")


def test_each_look_up_is_written_down(ask, till, pickup):
    ask(code_of(pickup))
    ask(WRONG)
    assert list(CodeLookup.objects.order_by("pk").values_list("connection", "pickup")) == [
        (till.pk, pickup.pk), (till.pk, None),
    ]  # fmt: skip


def test_only_codes_of_its_own_stores(ask, till, shop, collected, pickup):
    dago = make_store("dago")
    elsewhere = collected(dago, (put(shop.tee.product, dago.partner, 1, sku="TEE-D"), 1)).pickup
    assert ask(code_of(elsewhere)).status_code == 404
    assert ask(code_of(pickup), store="dago").status_code == 404
    assert ask(code_of(pickup), store="menteng").status_code == 200


def test_one_code_at_two_stores_of_a_till_asks_which(client, monkeypatch, shop, collected):
    monkeypatch.setattr("instore.pickup.code.new_code", lambda: "CCCCCC")
    dago = make_store("dago")
    collected(shop.store, (shop.tee, 1))
    collected(dago, (put(shop.tee.product, dago.partner, 1, sku="TEE-D"), 1))
    token = make_token(connection=make_connection(shop.store.partner, dago.partner))
    headers = {"Authorization": f"Bearer {token}"}
    refused = client.get("/api/v1/pickups", {"code": "CCCCCC"}, headers=headers)
    assert (refused.status_code, "dago, menteng" in refused.json()["detail"]) == (409, True)
    found = client.get("/api/v1/pickups", {"code": "CCCCCC", "store": "dago"}, headers=headers)
    assert found.json()["store"] == "dago"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer lts_guessed"}])
def test_nobody_asks_without_a_token(client, pickup, headers):
    answer = client.get("/api/v1/pickups", {"code": code_of(pickup)}, headers=headers)
    assert answer.status_code == 401
    assert not CodeLookup.objects.exists()


@pytest.mark.parametrize("code", ["", "A", "\x00" * 6, "🙂" * 6])
def test_what_is_no_code_is_not_found(ask, code):
    assert ask(code).status_code == 404


def test_a_store_code_that_no_database_stores_is_refused(ask):
    assert ask(WRONG, store="\x00").status_code == 422


def test_after_five_wrong_codes_not_even_the_right_one_is_heard_for_a_minute(ask, pickup):
    assert [ask(WRONG).status_code for _ in range(5)] == [404] * 5
    refused = ask(code_of(pickup))
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    event = StaffEvent.objects.get(kind=StaffEvent.Kind.CODES_LOCKED)
    assert event.detail == "menteng-till"
    CodeLookup.objects.update(at=timezone.now() - timedelta(seconds=61))
    assert ask(code_of(pickup)).status_code == 200


def test_right_codes_do_not_count(ask, pickup):
    assert {ask(code_of(pickup)).status_code for _ in range(7)} == {200}


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_ten_guesses_at_once_are_five(till, guarded, monkeypatch):
    if not guarded:
        monkeypatch.setattr(looking, "_in_turn", lambda _: None)
    monkeypatch.setattr(looking, "_pickups", Meeting(10, 0.2).before(looking._pickups))
    outcomes = at_once(*[lambda: looking.look_up(connection=till, code=WRONG)] * 10)
    heard = sum(type(failure).__name__ == "CodeUnknown" for failure in failures(outcomes))
    assert heard == 5 if guarded else heard > 5
