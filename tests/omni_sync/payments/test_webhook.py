"""Webhooks at our real door: signed, duplicated, out of order, lost."""

import json
import time
from decimal import Decimal

import pytest

from omni_sync.payments import drain, notices
from omni_sync.payments.models import Notice, Payment
from omni_sync.payments.port import Ending
from omni_sync.payments.stub.post import signature
from tests.omni_sync.payments.conftest import SIGNED_WITH, asked, begin, fresh, read_all

State = Payment.State
DOOR = "/payments/stripe/webhook"


def event(kind="payment_intent.succeeded", number="evt_1", **thing):
    about = {"object": "payment_intent", "id": "pi_unknown", "metadata": {}, **thing}
    return json.dumps({"id": number, "object": "event", "type": kind, "data": {"object": about}}).encode()


def post(client, body, *, secret=SIGNED_WITH, ahead=0, path=DOOR, header=None):
    shown = header if header is not None else signature(body, secret, int(time.time()) + ahead)
    return client.post(path, data=body, content_type="application/json", headers={"stripe-signature": shown})


def test_happy_path(posting_bank, heard):
    payment = begin()
    assert posting_bank.pay(payment).headers["Location"] == f"http://shop.example/paid?s={payment.session}"
    read_all(posting_bank)
    assert fresh(payment).state == State.AUTHORISED
    asked("ask_capture", payment, "take")
    drain.make_calls()
    asked("ask_refund", payment, "back", amount=Decimal(49000))
    drain.make_calls()
    read_all(posting_bank)
    assert fresh(payment).refunded == Decimal(49000)
    assert heard == [
        ("payment_authorised", None), ("payment_captured", Decimal(149000)), ("payment_refunded", Decimal(49000)),
    ]  # fmt: skip
    assert set(Notice.objects.values_list("state", flat=True)) == {Notice.State.READ}
    assert Notice.objects.count() == 6


def test_a_duplicate_is_heard_once(posting_bank, heard):
    payment = begin()
    posting_bank.fault("webhook_duplicated", times=9)
    posting_bank.pay(payment)
    read_all(posting_bank)
    assert Notice.objects.count() == 2
    assert heard == [("payment_authorised", None)]


def test_order_does_not_matter(posting_bank, heard):
    payment = begin()
    posting_bank.fault("webhook_held", times=9)
    posting_bank.decline(payment)
    posting_bank.pay(payment)
    (intent,) = posting_bank.things("payment_intent")
    posting_bank.stub.bank.capture(intent["id"], {})
    posting_bank.let_go()
    read_all(posting_bank)
    assert Notice.objects.earliest("pk").type == "payment_intent.succeeded"
    assert fresh(payment).state == State.CAPTURED
    assert heard == [("payment_authorised", None), ("payment_captured", Decimal(149000))]


def test_a_late_word_of_the_past_changes_nothing(posting_bank, heard):
    payment = begin()
    posting_bank.fault("webhook_held", path="payment_failed")
    posting_bank.decline(payment)
    asked("ask_cancel", payment, "left")
    drain.make_calls()
    posting_bank.let_go()
    read_all(posting_bank)
    assert (fresh(payment).state, heard) == (State.ENDED, [("payment_failed", Ending.CANCELLED)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "forged",
    [
        {"secret": "whsec_somebody_else"},
        {"ahead": -301},
        {"ahead": 400},
        {"header": ""},
        {"header": "t=,v1="},
        {"header": "t=1,t=2,v1=aa"},
        {"header": "v1=é"},
    ],
)
def test_what_the_provider_did_not_sign_is_refused(client, bank, forged):
    assert post(client, event(), **forged).status_code == 401
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_other_bytes_under_a_good_signature_are_refused(client, bank):
    header = signature(event(), SIGNED_WITH, int(time.time()))
    assert post(client, event() + b" ", header=header).status_code == 401


@pytest.mark.django_db
def test_both_secrets_are_good_while_one_is_changed(client, bank, settings):
    settings.LINTAS_STRIPE_WEBHOOK_SECRETS = ["whsec_new", SIGNED_WITH]
    assert post(client, event()).status_code == 200
    settings.LINTAS_STRIPE_WEBHOOK_SECRETS = []
    assert post(client, event(number="evt_2")).status_code == 401


@pytest.mark.django_db
def test_what_is_not_about_us_is_kept_and_harmless(client, bank):
    strange = [
        event("customer.created", "evt_1", object="customer"),
        event("some.future.thing", "evt_2", id=None),
        event(number="evt_3", metadata={"lintas": "nobody's"}),
        event(number="evt_4", metadata={"lintas": "x" * 900}, id="\x00"),
    ]
    assert [post(client, body).status_code for body in strange] == [200] * 4
    assert notices.read_notices() == (4, True)
    assert set(Notice.objects.values_list("state", flat=True)) == {Notice.State.STRANGE}
    assert bytes(Notice.objects.get(event_id="evt_1").body) == strange[0]


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id":1,"type":"a","data":{"object":null}}', b"[" * 100000])
def test_signed_rubbish_is_said_to_be_rubbish(client, bank, body):
    assert post(client, body).status_code == 422


@pytest.mark.django_db
def test_bytes_that_are_no_text_are_signed_by_nobody(client, bank):
    assert post(client, b"\xff").status_code == 401


@pytest.mark.django_db
def test_the_door_has_a_size_and_a_name(client, bank):
    assert post(client, b" " * (1024 * 1024 + 1)).status_code == 413
    assert post(client, event(), path="/payments/unknown/webhook").status_code == 404
    assert client.get(DOOR).status_code == 405


@pytest.mark.django_db
def test_a_notice_waits_for_a_provider_that_is_away(client, bank, settings):
    payment = begin()
    bank.pay(payment)
    (intent,) = bank.things("payment_intent")
    settings.LINTAS_STRIPE_API_BASE = "http://127.0.0.1:9"
    post(client, event(id=intent["id"], metadata={"lintas": payment.key}))
    assert notices.read_notices() == (0, True)
    settings.LINTAS_STRIPE_API_BASE = bank.url
    Notice.objects.update(next_try="2020-01-01T00:00Z")
    assert notices.read_notices() == (1, True)
    assert fresh(payment).state == State.AUTHORISED


@pytest.mark.django_db
def test_what_was_read_long_ago_is_forgotten(client, bank):
    for number in ("evt_1", "evt_2"):
        post(client, event(number=number))
    notices.read_notices()
    post(client, event(number="evt_3"))
    Notice.objects.exclude(event_id="evt_2").update(received_at="2020-01-01T00:00Z")
    assert notices.forget_notices() == 1
    assert set(Notice.objects.values_list("event_id", flat=True)) == {"evt_2", "evt_3"}
