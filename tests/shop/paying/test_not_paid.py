"""Declined, back, too late, or the provider is away: the basket is open again and nobody's money is held."""

from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.checkout import sweep
from omni_sync.checkout.models import Intended
from omni_sync.oscar.models import Basket, Order
from omni_sync.payments import drain
from omni_sync.payments.models import Payment
from omni_sync.stock.models import Hold
from omni_sync.stock.sweep import sweep_holds
from tests.omni_sync.payments.conftest import bank, posting_bank  # noqa: F401 - fixtures
from tests.shop.pages import text_of
from tests.shop.paying.pays import Why, back, go_and_pay, later, leave, nothing_is_left, paid

pytestmark = pytest.mark.django_db


def test_a_declined_card_then_another(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    bank.decline(payment)
    answer = client.get(paid(payment))
    assert "We are waiting for the bank" in text_of(answer)
    assert answer.headers["Refresh"]
    bank.pay(payment)
    client.get(paid(payment))
    assert Order.objects.get().total_incl_tax == 149000


def test_who_comes_back_has_the_basket_and_orders_in_another_way(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    answer = client.get(back(payment), follow=True)
    assert answer.request["PATH_INFO"] == "/checkout/preview/"
    assert "Collect it at Menteng" in text_of(answer)
    nothing_is_left(shop)
    drain.make_calls()
    assert Payment.objects.get().state == Payment.State.ENDED
    client.post("/checkout/preview/", {"action": "place_order"}, follow=True)
    assert Order.objects.get().pickup.pay_in_store
    client.get(back(payment))
    client.get(paid(payment))
    assert Order.objects.get().basket.status == Basket.SUBMITTED


def test_who_comes_back_may_pay_once_more(client, shop, bank):  # noqa: F811
    first = leave(client, shop)
    client.get(back(first))
    go_and_pay(client)
    second = Payment.objects.latest("pk")
    assert second.pk != first.pk
    client.get(back(first))  # from the browser's history: the second is none of its business
    assert Basket.objects.get().status == Basket.FROZEN
    bank.pay(second)
    client.get(paid(second))
    assert Order.objects.get().sources.get().reference == second.key


def test_somebody_else_with_the_address_changes_nothing(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    stranger = type(client)()
    assert stranger.get(back(payment)).status_code == 200
    assert Intended.objects.get().is_open
    bank.pay(payment)
    page = text_of(stranger.get(paid(payment), follow=True))
    assert "Order number" not in page
    assert Order.objects.count() == 1
    assert stranger.get("/pay/nobodys/paid/").status_code == 404


def test_paid_and_then_back_is_paid(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    bank.pay(payment)
    assert client.get(back(payment), follow=True).request["PATH_INFO"] == "/checkout/thank-you/"
    assert Order.objects.count() == 1


def test_nobody_pays_in_time(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    later(payment)
    Hold.objects.update(until=timezone.now() + timedelta(minutes=1))
    assert sweep.sweep() == 1
    nothing_is_left(shop)
    assert Intended.objects.get().why == Why.EXPIRED
    drain.make_calls()
    assert Payment.objects.get().state == Payment.State.ENDED
    page = text_of(client.get(paid(payment), follow=True))
    assert "The time to pay is over." in page
    assert "Tee" in page


def test_goods_are_kept_as_long_as_the_page(client, shop):
    leave(client, shop)
    Hold.objects.update(created_at=timezone.now() - timedelta(minutes=20))
    assert sweep_holds() == 0
    assert Hold.objects.open().get().until > timezone.now() + timedelta(minutes=30)
