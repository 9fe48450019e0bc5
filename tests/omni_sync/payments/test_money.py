"""A payment from the page to the refund, the webhooks all lost: what the provider says is read at the source."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from omni_sync.money.exceptions import InvalidAmount
from omni_sync.payments import drain
from omni_sync.payments.begin import Pages
from omni_sync.payments.exceptions import (
    AlreadyAsked,
    AuthorisationOver,
    DifferentPayment,
    NotAuthorised,
    NotOpen,
    Reject,
    Retry,
    TooMuch,
)
from omni_sync.payments.models import Call, Payment
from omni_sync.payments.port import Ending
from omni_sync.payments.stripe import amounts
from omni_sync.transactions import OutsideTransaction
from tests.omni_sync.payments.conftest import SECRET, asked, begin, fresh, look, until_answered

pytestmark = pytest.mark.django_db
State = Payment.State


def test_a_page_holds_the_money_and_says_who_we_are(bank):
    payment = begin(email="siti@example.com", language="id")
    (sent,) = bank.written("/v1/checkout/sessions")
    assert payment.state == State.OPEN
    assert payment.url.startswith(bank.url)
    assert sent["key"] == "basket-1.0"
    assert sent["fields"]["payment_intent_data"] == {"capture_method": "manual", "metadata": {"lintas": "basket-1"}}
    assert sent["fields"]["metadata"] == {"lintas": "basket-1"}
    assert int(sent["fields"]["expires_at"]) == int(payment.until.timestamp())
    assert sent["fields"]["locale"] == "id"


@pytest.mark.parametrize(
    ("currency", "amount", "counted"),
    [("IDR", "149000", 14900000), ("EUR", "12.34", 1234), ("JPY", "1500", 1500)],
)
def test_the_provider_counts_as_it_does_and_we_as_we_do(bank, currency, amount, counted):
    payment = begin(amount=amount, currency=currency)
    bank.pay(payment)
    asked("ask_capture", look(payment), "take")
    drain.make_calls()
    asked("ask_refund", fresh(payment), "back", amount=Decimal(amount))
    drain.make_calls()
    wire = [
        bank.written("/v1/checkout/sessions")[0]["fields"]["line_items"]["0"]["price_data"]["unit_amount"],
        bank.written("/capture")[0]["fields"]["amount_to_capture"],
        bank.written("/v1/refunds")[0]["fields"]["amount"],
    ]
    paid = fresh(payment)
    assert wire == [str(counted)] * 3
    assert (paid.amount, paid.captured, paid.refunded) == (Decimal(amount),) * 3


@pytest.mark.parametrize(("amount", "currency"), [("149000.50", "IDR"), ("1.5", "JPY"), ("0.001", "EUR")])
def test_an_amount_the_currency_has_not_is_never_asked_for(bank, amount, currency):
    with pytest.raises(InvalidAmount):
        begin(amount=amount, currency=currency)
    assert bank.journal == []


def test_what_stripe_has_no_number_for_is_refused():
    with pytest.raises(InvalidAmount):
        amounts.to_wire(Decimal("12.50"), "MGA")


def test_happy_path(bank, held, heard):
    assert held.state == State.AUTHORISED
    assert held.capture_before is not None
    asked("ask_capture", held, "hand-over-1")
    assert drain.make_calls() == (1, True)
    assert (fresh(held).state, fresh(held).captured) == (State.CAPTURED, Decimal(149000))
    assert heard == [("payment_captured", Decimal(149000))]


def test_what_is_learnt_at_once_is_told_in_order(bank, heard):
    payment = begin()
    bank.pay(payment)
    (intent,) = bank.things("payment_intent")
    bank.stub.bank.capture(intent["id"], {})
    look(payment)
    look(payment)
    assert heard == [("payment_authorised", None), ("payment_captured", Decimal(149000))]


def test_a_short_pick_takes_a_part_and_lets_go_of_the_rest(bank, held):
    asked("ask_capture", held, "hand-over-1", amount=Decimal(99000))
    drain.make_calls()
    (intent,) = bank.things("payment_intent")
    assert (intent["amount_received"], intent["amount_capturable"]) == (9900000, 0)
    assert fresh(held).captured == Decimal(99000)
    with pytest.raises(TooMuch) as refusal:
        asked("ask_refund", held, "too-much", amount=Decimal(99001))
    assert refusal.value.room == Decimal(99000)


def test_a_declined_card_may_be_followed_by_another(bank, heard):
    payment = begin()
    page = bank.decline(payment)
    assert (page.status_code, "declined" in page.text) == (200, True)
    seen = look(payment)
    assert (seen.state, seen.declined_for, heard) == (State.OPEN, "generic_decline", [])
    bank.fault("declined")
    bank.pay(payment)
    assert look(payment).state == State.OPEN
    assert bank.pay(payment).status_code == 303
    assert look(payment).state == State.AUTHORISED
    assert heard == [("payment_authorised", None)]


def test_a_page_nobody_paid_on_expires(bank, heard):
    payment = begin()
    bank.stub.bank.expire_session(payment.session)
    seen = look(payment)
    assert (seen.state, seen.ending, heard) == (State.ENDED, Ending.EXPIRED, [("payment_failed", Ending.EXPIRED)])
    with pytest.raises(NotOpen):
        begin()


def test_cancelling_closes_the_page(bank, heard):
    payment = begin()
    asked("ask_cancel", payment, "left")
    drain.make_calls()
    assert bank.things("checkout.session")[0]["status"] == "expired"
    assert "Nothing can be paid" in bank.pay(payment).text
    assert heard == [("payment_failed", Ending.CANCELLED)]


def test_cancelling_lets_go_of_what_was_paid_this_very_moment(bank, heard):
    payment = begin()
    asked("ask_cancel", payment, "left")
    bank.pay(payment)
    drain.make_calls()
    assert bank.things("payment_intent")[0]["status"] == "canceled"
    assert (fresh(payment).state, heard) == (State.ENDED, [("payment_failed", Ending.CANCELLED)])


def test_a_payment_that_never_began_ends_without_a_call(bank, heard):
    bank.fault("error_before", path="/sessions")
    with pytest.raises(Retry):
        begin()
    assert asked("ask_cancel", Payment.objects.get(), "left") is None
    assert (Payment.objects.get().state, heard) == (State.ENDED, [("payment_failed", Ending.CANCELLED)])


def test_money_is_taken_or_let_go_of_not_both(bank, held):
    first = asked("ask_capture", held, "take")
    assert asked("ask_capture", held, "take") == first
    for verb, key in (("ask_capture", "again"), ("ask_cancel", "left")):
        with pytest.raises(AlreadyAsked):
            asked(verb, held, key)
    with pytest.raises(DifferentPayment):
        asked("ask_refund", held, "take", amount=Decimal(1))
    drain.make_calls()
    with pytest.raises(NotAuthorised):
        asked("ask_cancel", held, "left")


def test_nothing_is_taken_before_it_is_held_or_after(bank, held):
    with pytest.raises(NotAuthorised):
        asked("ask_capture", begin(key="basket-2"), "take")
    with pytest.raises(TooMuch):
        asked("ask_capture", held, "take", amount=Decimal(149001))
    Payment.objects.filter(pk=held.pk).update(capture_before="2020-01-01T00:00Z")
    with pytest.raises(AuthorisationOver):
        asked("ask_capture", held, "take")
    assert not Call.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_asking_belongs_to_a_transaction(bank):
    from omni_sync.payments.ask import ask_cancel

    with pytest.raises(OutsideTransaction):
        ask_cancel(payment=begin(), key="left")


def test_an_authorisation_that_ran_out_is_told(bank, held, heard):
    bank.lapse(held)
    seen = look(held)
    assert (seen.state, seen.ending, heard) == (State.ENDED, Ending.LAPSED, [("payment_failed", Ending.LAPSED)])


def test_an_authorisation_that_ran_out_before_the_capture_arrived_is_told_with_the_refusal(bank, held, heard):
    call = asked("ask_capture", held, "take")
    bank.lapse(held)
    drain.make_calls()
    assert (fresh(call).state, fresh(held).state) == (Call.State.REFUSED, State.ENDED)
    assert heard == [("payment_failed", Ending.LAPSED), ("call_refused", "payment_intent_unexpected_state")]


def test_a_capture_that_fails_may_be_asked_for_again(bank, held, heard):
    bank.fault("capture_fails")
    call = asked("ask_capture", held, "take")
    drain.make_calls()
    assert (fresh(call).state, fresh(call).answer) == (Call.State.REFUSED, "processing_error")
    assert (fresh(held).state, heard) == (State.AUTHORISED, [("call_refused", "processing_error")])
    asked("ask_capture", held, "take-2")
    drain.make_calls()
    assert fresh(held).captured == Decimal(149000)


@pytest.mark.parametrize("fault", ["silent_after", "error_after", "error_before"])
@pytest.mark.parametrize(
    ("verb", "path"), [("ask_capture", "/capture"), ("ask_cancel", "/cancel"), ("ask_refund", "/refunds")]
)
def test_what_was_carried_out_unheard_is_not_done_twice(bank, held, heard, fault, verb, path):
    if verb == "ask_refund":
        asked("ask_capture", held, "take")
        drain.make_calls()
    bank.fault(fault, path=path, seconds=3)
    call = asked(verb, held, "key-1", **({"amount": Decimal(50000)} if verb == "ask_refund" else {}))
    assert drain.make_calls() == (0, True)
    assert fresh(call).state == Call.State.WAITING
    until_answered()
    seen = fresh(held)
    assert fresh(call).state == Call.State.DONE
    assert len(heard) == (2 if verb == "ask_refund" else 1)
    assert sum(refund["amount"] for refund in bank.things("refund")) == int(seen.refunded) * 100
    assert seen.refunded == (Decimal(50000) if verb == "ask_refund" else 0)


@pytest.mark.parametrize(("fault", "keys"), [("silent_after", {"0"}), ("error_after", {"0", "1"})])
def test_beginning_again_gives_one_page(bank, fault, keys):
    bank.fault(fault, path="/sessions", seconds=3)
    with pytest.raises(Retry):
        begin()
    payment = begin()
    assert begin() == payment
    assert {sent["key"] for sent in bank.written("/sessions")} == {f"basket-1.{key}" for key in keys}
    assert len(bank.things("checkout.session")) == len(keys)
    with pytest.raises(DifferentPayment):
        begin(amount="1000")


def test_a_wrong_key_is_mended_and_nothing_forgotten(bank, held, settings):
    settings.LINTAS_STRIPE_SECRET_KEY = "wrong"
    call = asked("ask_capture", held, "take")
    drain.make_calls()
    with pytest.raises(Retry):
        begin(key="basket-2")
    assert fresh(call).answer == "api_key_invalid"
    settings.LINTAS_STRIPE_SECRET_KEY = SECRET
    until_answered(1)
    assert (fresh(call).state, begin(key="basket-2").tries) == (Call.State.DONE, 0)


def test_what_the_provider_refuses_is_asked_with_another_key_next_time(bank):
    with pytest.raises(Reject):
        begin(pages=Pages(paid="nowhere", back="nowhere"))
    assert Payment.objects.get().tries == 1


def test_a_try_much_later_has_a_page_that_lives_long_enough(bank):
    bank.fault("error_before", path="/sessions")
    with pytest.raises(Retry):
        begin()
    Payment.objects.update(until=timezone.now() + timedelta(minutes=20))
    payment = begin(email="siti@example.com")
    assert (payment.tries, payment.email) == (2, "")
    assert payment.until > timezone.now() + timedelta(minutes=30)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_inside_a_transaction(bank):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        begin()
    assert bank.journal == []


def test_a_provider_that_is_away_is_asked_later(bank, held, settings):
    settings.LINTAS_STRIPE_API_BASE = "http://127.0.0.1:9"
    call = asked("ask_capture", held, "take")
    assert drain.make_calls() == (0, True)
    settings.LINTAS_STRIPE_API_BASE = bank.url
    until_answered(1)
    assert fresh(call).state == Call.State.DONE
