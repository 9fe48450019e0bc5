"""Processes that die, promises that end, tabs and clicks at once: one order or none."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from omni_sync.checkout import sweep
from omni_sync.checkout.models import Intended
from omni_sync.oscar.models import Basket, Order, StockRecord
from omni_sync.payments import drain
from omni_sync.payments.models import Payment
from omni_sync.payments.reconcile import reconcile
from omni_sync.stock.count import count
from omni_sync.stock.models import Hold
from omni_sync.stock.sweep import sweep_holds
from tests.omni_sync.payments.conftest import bank, posting_bank  # noqa: F401 - fixtures
from tests.shop.pages import text_of
from tests.shop.paying.pays import go_and_pay, hand_it_over, leave, nothing_is_left, paid
from tests.shop.test_checkout import fill, say_who

pytestmark = pytest.mark.django_db


def test_the_web_process_dies_between_payment_and_order(client, shop, bank):  # noqa: F811
    payment = leave(client, shop, "deliver")
    bank.pay(payment)
    Payment.objects.update(looked_at=timezone.now() - timedelta(hours=1))
    reconcile()
    assert sweep.sweep() == 1
    assert sweep.sweep() == 0
    order = Order.objects.get()
    assert order.guest_email == "ayu@langkah.example"
    assert order.shipping_address.postcode == "10330"
    assert len(mail.outbox) == 1
    page = text_of(client.get(paid(payment), follow=True))
    assert f"Order number {order.number}" in page
    assert len(mail.outbox) == 1


def test_the_web_process_dies_before_the_page_is_made(client, shop, bank, monkeypatch):  # noqa: F811
    fill(client, shop, "menteng")
    say_who(client)
    monkeypatch.setattr("omni_sync.oscar.payment.open_page", lambda **_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        go_and_pay(client)
    assert Basket.objects.get().status == Basket.FROZEN
    Intended.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert sweep.sweep() == 1
    nothing_is_left(shop)


def test_the_provider_is_away(client, shop, bank):  # noqa: F811
    bank.fault("error_before", path="/v1/checkout/sessions", times=9)
    fill(client, shop, "menteng")
    say_who(client)
    answer = go_and_pay(client)
    assert answer.status_code == 409
    assert "The card payment cannot be reached just now." in text_of(answer)
    nothing_is_left(shop)


def test_paid_after_the_promise_ended_and_the_goods_are_there(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    Hold.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert sweep_holds() == 1
    bank.pay(payment)
    client.get(paid(payment))
    assert Hold.objects.open().get().holder == Order.objects.get().number


def test_paid_after_the_promise_ended_and_the_goods_are_gone(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    Hold.objects.update(until=timezone.now() - timedelta(minutes=1))
    sweep_holds()
    count(stockrecord=StockRecord.objects.get(partner__code="menteng"), quantity=0)
    bank.pay(payment)
    page = text_of(client.get(paid(payment), follow=True))
    assert "somebody else bought the last one" in page
    nothing_is_left(shop)
    drain.make_calls()
    assert bank.things("payment_intent")[0]["status"] == "canceled"
    assert Payment.objects.get().state == Payment.State.ENDED
    assert sweep.sweep() == 0
    (letter,) = mail.outbox
    assert letter.to == ["ayu@langkah.example"]
    assert "somebody else bought the last one" in letter.body
    assert Intended.objects.get().email == ""


def test_another_price_is_never_ordered(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    StockRecord.objects.update(price=Decimal(159000))
    bank.pay(payment)
    assert "the price changed" in text_of(client.get(paid(payment), follow=True))
    nothing_is_left(shop)
    drain.make_calls()
    assert bank.things("payment_intent")[0]["status"] == "canceled"


def test_a_second_click_leads_to_the_same_page(client, shop):
    payment = leave(client, shop)
    answer = go_and_pay(client)
    page = client.get(answer.url)
    assert payment.url in page.content.decode()
    assert "Go on paying" in text_of(page)
    assert (Payment.objects.count(), Intended.objects.count()) == (1, 1)


def test_another_tab_that_read_the_basket_before_leads_there_too(client, shop, monkeypatch):
    from oscar.core.loading import get_class

    fill(client, shop, "menteng")
    say_who(client)
    view, other, known = get_class("checkout.views", "PaymentDetailsView"), type(client)(), []
    other.cookies = client.cookies.copy()
    number = view.generate_order_number

    def overtaken(self, basket):
        if not known:
            known.append(1)
            known.append(go_and_pay(other))
        return number(self, basket)

    monkeypatch.setattr(view, "generate_order_number", overtaken)
    answer = go_and_pay(client)
    assert known[1].url == Payment.objects.get().url
    assert answer.url == f"/pay/{Intended.objects.get().key}/"


def test_lost_words_and_repeated_ones_place_one_order(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    bank.pay(payment)
    for _ in range(3):
        client.get(paid(payment))
        sweep.settle_decided()
    assert (Order.objects.count(), len(mail.outbox)) == (1, 1)


@pytest.mark.parametrize(
    ("currency", "price", "wire"), [("IDR", "149000", "29800000"), ("EUR", "12.34", "2468"), ("JPY", "1500", "3000")]
)
def test_money_is_the_same_everywhere_to_the_smallest_coin(client, shop, bank, currency, price, wire):  # noqa: F811
    StockRecord.objects.update(price=Decimal(price), price_currency=currency)
    payment = leave(client, shop, quantity=2)
    bank.pay(payment)
    client.get(paid(payment))
    order = Order.objects.get()
    total = Decimal(price) * 2
    assert (order.total_incl_tax, order.currency) == (total, currency)
    assert (order.sources.get().amount_allocated, order.sources.get().currency) == (total, currency)
    hand_it_over(order.pickup)
    assert bank.written("/capture")[0]["fields"]["amount_to_capture"] == wire
    assert (Payment.objects.get().captured, order.sources.get().amount_debited) == (total, total)
