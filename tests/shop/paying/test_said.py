"""What shoppers are told of it, and what they chose beside it."""

import re
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from instore.pickup.models import Pickup
from instore.stores.models import Store
from instore.stores.words import from_when
from omni_sync.checkout import sweep
from omni_sync.checkout.models import Intended
from omni_sync.oscar.models import Order, StockRecord
from omni_sync.payments import drain
from omni_sync.payments.models import Payment
from omni_sync.payments.reconcile import look
from omni_sync.stock.count import count
from tests.omni_sync.payments.conftest import bank, posting_bank  # noqa: F401 - fixtures
from tests.shop.pages import text_of
from tests.shop.paying.pays import State, Why, go_and_pay, leave, paid
from tests.shop.test_checkout import fill, say_who

pytestmark = pytest.mark.django_db


def test_who_left_in_indonesian_comes_back_in_it(client, shop, bank):  # noqa: F811
    fill(client, shop, "menteng")
    client.post("/id/checkout/", {"username": "ayu@langkah.example", "options": "anonymous"})
    client.post("/id/checkout/preview/", {"action": "place_order", "pay": "now"})
    payment = Payment.objects.get()
    assert client.get(paid(payment)).headers["Content-Language"] == "id"
    bank.pay(payment)
    answer = client.get(paid(payment), follow=True)
    assert answer.request["PATH_INFO"] == "/id/checkout/thank-you/"
    assert Order.objects.get().pickup.language == "id"


def test_a_letter_says_how_it_is_paid(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    bank.pay(payment)
    client.get(paid(payment))
    assert "Paid by card: Rp149,000." in mail.outbox[0].body
    mail.outbox.clear()
    fill(client, shop, "menteng")
    say_who(client)
    client.post("/checkout/preview/", {"action": "place_order", "pay": "later"})
    assert "You pay in the shop, when you collect it." in mail.outbox[0].body


def test_who_begins_again_elsewhere_is_not_stopped_by_the_first_try(member, shop, bank):  # noqa: F811
    count(stockrecord=StockRecord.objects.get(partner__code="menteng"), quantity=1)
    first = leave(member, shop)
    second = leave(member, shop)
    assert second.pk != first.pk
    drain.make_calls()
    assert Payment.objects.get(pk=first.pk).state == Payment.State.ENDED
    bank.pay(second)
    member.get(paid(second))
    assert Order.objects.get().sources.get().reference == second.key


def test_a_first_try_that_was_paid_keeps_its_goods(member, shop, bank):  # noqa: F811
    count(stockrecord=StockRecord.objects.get(partner__code="menteng"), quantity=1)
    first = leave(member, shop)
    bank.pay(first)
    look(first)
    fill(member, shop, "menteng")
    assert go_and_pay(member).status_code == 409
    member.get(paid(first))
    assert Order.objects.get().sources.get().reference == first.key


def test_a_page_of_a_process_that_was_given_up_holds_nobodys_money(client, shop, bank):  # noqa: F811
    payment = leave(client, shop)
    Intended.objects.update(state=State.LET_GO, why=Why.EXPIRED, ended_at=timezone.now())
    bank.pay(payment)
    look(payment)
    sweep.sweep()
    drain.make_calls()
    assert Payment.objects.get().state == Payment.State.ENDED
    assert not Order.objects.exists()


def test_the_time_that_was_chosen_is_promised_also_to_who_pays_first(client, shop, bank):  # noqa: F811
    fill(client, shop, "menteng")
    say_who(client)
    page = client.get("/checkout/preview/").content.decode()
    times = re.findall(r'<option value="([^"]+)"', page)
    assert len(times) > 1
    payment = leave(client, shop, promised_at=times[1])
    bank.pay(payment)
    page = text_of(client.get(payment.paid_url, follow=True))
    promised = datetime.fromisoformat(times[1])
    assert Pickup.objects.get().promised_at == promised
    assert f"We put it aside at Menteng: ready {from_when(promised)}." in page


def test_a_slot_that_filled_up_while_somebody_paid_is_nobodys_order_and_nobodys_money(client, shop, bank):  # noqa: F811
    fill(client, shop, "menteng")
    say_who(client)
    times = re.findall(r'<option value="([^"]+)"', client.get("/checkout/preview/").content.decode())
    payment = leave(client, shop, promised_at=times[1])
    Store.objects.update(pickup_capacity=1)
    neighbour = Client()
    fill(neighbour, shop, "menteng")
    say_who(neighbour, "tari@langkah.example")
    said = {"action": "place_order", "pay": "later", "promised_at": times[1]}
    assert neighbour.post("/checkout/preview/", said).status_code == 302
    bank.pay(payment)
    client.get(payment.paid_url, follow=True)
    assert Pickup.objects.count() == Order.objects.count() == 1
    assert Intended.objects.get().why == Why.FAILED
    drain.make_calls()
    payment.refresh_from_db()
    assert (payment.state, payment.captured) == (Payment.State.ENDED, 0)
