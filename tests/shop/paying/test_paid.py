"""Paid on the provider's page: the checkout over real HTTP against the stub, every event of it lost unless said."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from instore.pickup.models import Pickup
from omni_sync.catalogue.identify import describe
from omni_sync.checkout.models import Intended
from omni_sync.oscar.models import Basket, Order
from omni_sync.payments import drain
from omni_sync.payments.models import Call, Payment
from omni_sync.people.sizes.models import ForSomebodyElse
from omni_sync.people.sizes.typed import sizes_of
from omni_sync.stock.models import Hold
from tests.omni_sync.payments.conftest import bank, posting_bank  # noqa: F401 - fixtures
from tests.shop.pages import text_of
from tests.shop.paying.pays import State, go_and_pay, hand_it_over, leave, paid
from tests.shop.test_checkout import fill, say_who

pytestmark = pytest.mark.django_db


def test_a_guest_pays_for_what_is_collected(client, shop, bank):  # noqa: F811
    fill(client, shop, "menteng", 2)
    page = text_of(say_who(client))
    assert "How do you want to pay? In the shop, when you collect it Now, by card" in page
    assert "Test money" in page
    go_and_pay(client)
    payment = Payment.objects.get()
    intended = Intended.objects.get()
    assert (payment.amount, payment.reference) == (298000, intended.number)
    assert Basket.objects.get().status == Basket.FROZEN
    assert Hold.objects.open().get().until > payment.until
    assert bank.pay(payment).headers["Location"] == f"http://testserver{paid(payment)}"
    page = text_of(client.get(paid(payment), follow=True))
    order = Order.objects.get()
    assert f"Order number {order.number}" in page
    assert "Paid by card" in page
    assert "pay in the shop" not in page
    assert order.guest_email == "ayu@langkah.example"
    pickup = Pickup.objects.get()
    assert (pickup.pay_in_store, pickup.email) == (False, "ayu@langkah.example")
    hold = Hold.objects.open().get()
    assert (hold.holder_kind, hold.quantity, hold.until) == ("order", 2, None)
    source = order.sources.get()
    assert (source.amount_allocated, source.amount_debited, source.source_type.code) == (298000, 0, "card")
    assert source.transactions.get().txn_type == "Authorise"
    assert not Call.objects.exists()
    intended.refresh_from_db()
    assert (intended.state, intended.order, intended.email) == (State.PLACED, order, "")
    assert len([one for one in mail.outbox if order.number in one.subject + one.body]) == 1


def test_a_guest_pays_for_what_is_sent_and_it_is_taken_at_once(client, shop, bank):  # noqa: F811
    payment = leave(client, shop, "deliver")
    bank.pay(payment)
    page = text_of(client.get(paid(payment), follow=True))
    assert "Paid by card: Rp139,000. Test money" in page
    assert "when it arrives" not in page
    order = Order.objects.get()
    assert order.shipping_address.line1 == "Jalan Cikini 5"
    assert str(order.shipping_address.phone_number.as_e164) == "+62215550181"
    drain.make_calls()
    assert bank.written("/capture")[0]["fields"]["amount_to_capture"] == "13900000"
    assert order.sources.get().amount_debited == order.total_incl_tax == 139000


def test_a_member_pays_and_sees_it_on_the_order(member, shop, bank):  # noqa: F811
    payment = leave(member, shop)
    bank.pay(payment)
    member.get(paid(payment), follow=True)
    order = Order.objects.get()
    assert order.user.email == "budi@langkah.example"
    assert order.pickup.name == "Budi"
    page = text_of(member.get(f"/accounts/orders/{order.number}/"))
    assert "Card Rp149,000 Held by your bank until you have the goods Rp149,000" in page
    assert "Still to pay" not in page
    hand_it_over(order.pickup)
    assert "Held by your bank" not in text_of(member.get(f"/accounts/orders/{order.number}/"))


def test_what_is_said_beside_it_goes_with_the_order(client, shop, bank):  # noqa: F811
    at = timezone.now().replace(microsecond=0) + timedelta(days=1)
    payment = leave(client, shop, name="Ayu", phone="+62 811", promised_at=at.isoformat())
    bank.pay(payment)
    client.get(paid(payment))
    pickup = Pickup.objects.get()
    assert (pickup.name, pickup.phone, pickup.promised_at) == ("Ayu", "+62 811", at)


def test_a_time_that_is_none_is_refused_beside_its_field(client, shop):
    fill(client, shop, "menteng")
    say_who(client)
    answer = go_and_pay(client, promised_at="soon")
    assert answer.status_code == 422
    assert "Choose one of the times." in text_of(answer)
    assert not Intended.objects.exists()


def test_without_a_provider_nobody_is_asked(client, shop, settings):
    settings.LINTAS_STRIPE_SECRET_KEY = ""
    fill(client, shop, "menteng")
    page = text_of(say_who(client))
    assert "You pay in the shop, when you collect it." in page
    assert "by card" not in page
    assert go_and_pay(client).status_code == 422


def test_what_is_paid_for_somebody_else_teaches_nothing_whenever_the_switch_is_back(member, shop, bank):  # noqa: F811
    describe(product=shop, size="M", size_system="SML")
    member.post("/sizes/for-somebody-else/", {"for": "somebody"})
    payment = leave(member, shop)
    member.post("/sizes/for-somebody-else/", {"for": ""})
    bank.pay(payment)
    member.get(paid(payment), follow=True)
    order = Order.objects.get()
    assert ForSomebodyElse.objects.get().order_id == order.pk
    assert sizes_of(user_id=order.user_id) == {}
    ForSomebodyElse.objects.all().delete()
    assert sizes_of(user_id=order.user_id) == {"SML": "M"}
