"""Return page, worker and sweeper at once; the provider's events at our real door."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from instore.pickup.models import Pickup
from omni_sync.checkout import settle as module
from omni_sync.checkout import sweep
from omni_sync.checkout.models import Intended
from omni_sync.oscar.models import Basket, Order
from omni_sync.payments.models import Call, Notice, Payment
from omni_sync.payments.reconcile import look
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Hold
from tests.omni_sync.payments.conftest import bank, posting_bank, read_all  # noqa: F401 - fixtures
from tests.shop.paying.conftest import shop  # noqa: F401 - a fixture
from tests.shop.paying.pays import go_and_pay, leave, paid
from tests.stress.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    bank.pay(payment)
    look(payment)
    return payment


def test_return_page_worker_and_sweeper_place_one_order(client, held):
    Intended.objects.update(until=timezone.now() - timedelta(minutes=1))
    outcomes = at_once(
        lambda: client.get(paid(held)).status_code, sweep.settle_decided, sweep.sweep,
        lambda: module.settle(key=held.key).state,
    )  # fmt: skip
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert (Order.objects.count(), Pickup.objects.count()) == (1, 1)
    assert Intended.objects.get().state == Intended.State.PLACED
    assert Payment.objects.get().cancel_asked_at is None
    assert audit()["violations"] == []


def test_control_without_the_lock_a_paid_order_would_be_called_off(held, monkeypatch):
    gate = threading.Barrier(2)

    def unlocked(key):
        found = Intended.objects.get(key=key)
        gate.wait(10)
        return found

    monkeypatch.setattr(module, "_locked", unlocked)
    monkeypatch.setattr(module, "_payment", lambda key: Payment.objects.get(key=key))
    outcomes = at_once(*[lambda: module.settle(key=held.key).state] * 2)
    harm = Payment.objects.get().cancel_asked_at is not None
    assert harm or any(isinstance(one, Exception) for one in outcomes)


def test_back_and_paid_at_once_is_one_or_the_other(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    at_once(
        lambda: bank.pay(payment), lambda: module.give_up(key=payment.key, why=Intended.Why.BACK),
        lambda: look(payment), sweep.settle_decided,
    )  # fmt: skip
    Payment.objects.update(looked_at="2020-01-01T00:00Z")
    look(Payment.objects.get())
    sweep.settle_decided()
    placed = Intended.objects.get().is_placed
    assert Order.objects.count() == placed
    assert Basket.objects.get().status == (Basket.SUBMITTED if placed else Basket.OPEN)
    assert Hold.objects.open().exists() == placed
    assert Call.objects.filter(kind=Call.Kind.CANCEL).exists() == (not placed)
    assert audit()["violations"] == []


def test_a_double_click_opens_one_page(client, shop):  # noqa: F811
    payment = leave(client, shop)
    basket = Basket.objects.get()
    Basket.objects.update(status=Basket.OPEN)
    Payment.objects.all().delete()
    Intended.objects.all().delete()
    Hold.objects.update(until=timezone.now())
    others = [type(client)() for _ in range(3)]
    for other in others:
        other.cookies = client.cookies.copy()
    outcomes = at_once(*[lambda other=other: go_and_pay(other).status_code for other in others])
    assert set(outcomes) <= {302, 409}
    assert (Payment.objects.count(), Intended.objects.count()) == (1, 1)
    assert payment.reference == Intended.objects.get().number
    assert Basket.objects.get(pk=basket.pk).status == Basket.FROZEN


def test_an_event_alone_places_the_order(client, shop, posting_bank):  # noqa: F811
    posting_bank.fault("webhook_duplicated", times=9)
    payment = leave(client, shop)
    posting_bank.pay(payment)
    read_all(posting_bank)
    assert Payment.objects.get().state == Payment.State.AUTHORISED
    sweep.settle_decided()
    assert Order.objects.get().number == payment.reference


def test_events_in_any_order_and_too_late_change_nothing(client, shop, posting_bank):  # noqa: F811
    posting_bank.fault("webhook_held", times=9)
    payment = leave(client, shop)
    posting_bank.decline(payment)
    posting_bank.pay(payment)
    client.get(paid(payment))
    posting_bank.let_go()
    read_all(posting_bank)
    sweep.settle_decided()
    assert Order.objects.count() == 1
    assert Notice.objects.count() == 3
