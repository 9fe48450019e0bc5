"""Paid on the provider's page: the checkout over real HTTP against the stub, every event of it lost unless said."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone
from oscar.core.loading import get_model

from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup
from instore.pickup.moves import By
from instore.pickup.pick import begin, mark_picked
from instore.pickup.ready import mark_ready
from instore.tablet.owed import owed
from omni_sync.checkout import sweep
from omni_sync.checkout.models import Intended
from omni_sync.oscar.models import Basket, Order, StockRecord
from omni_sync.payments import drain
from omni_sync.payments.models import Call, Payment
from omni_sync.payments.reconcile import look, reconcile
from omni_sync.stock.count import count
from omni_sync.stock.models import Hold
from omni_sync.stock.sweep import sweep_holds
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.omni_sync.payments.conftest import bank, posting_bank  # noqa: F401 - fixtures
from tests.shop.pages import text_of
from tests.shop.test_checkout import ADDRESS, fill, say_who

pytestmark = pytest.mark.django_db
State, Why = Intended.State, Intended.Why


@pytest.fixture
def shop(bank):  # noqa: F811
    country = get_model("address", "Country")
    country.objects.update_or_create(
        iso_3166_1_a2="ID", defaults={"printable_name": "Indonesia", "is_shipping_country": True}
    )
    tee = make_product("Tee", size="M")
    put(tee, make_warehouse(), 9, price="139000")
    put(tee, make_store("menteng").partner, 9, price="149000")
    return tee


@pytest.fixture
def member(client):
    user = get_user_model().objects.create_user(email="budi@langkah.example", first_name="Budi")
    client.force_login(user)
    return client


def go_and_pay(visitor, **said):
    return visitor.post("/checkout/preview/", {"action": "place_order", "pay": "now", **said})


def leave(visitor, tee, place="menteng", quantity=1, **said):
    """Up to the provider's page; the payment that is open on it."""
    fill(visitor, tee, place, quantity)
    if "_auth_user_id" not in visitor.session:
        say_who(visitor)
    if place == "deliver":
        visitor.post("/checkout/shipping-address/", ADDRESS)
        visitor.get("/checkout/shipping-method/")
    answer = go_and_pay(visitor, **said)
    payment = Payment.objects.latest("pk")
    assert (answer.status_code, answer.url) == (302, payment.url)
    return payment


def paid(payment):
    return f"/pay/{payment.key}/paid/"


def back(payment):
    return f"/pay/{payment.key}/back/"


def later(payment):
    """The page is over, and what was promised for it."""
    Payment.objects.filter(pk=payment.pk).update(looked_at=timezone.now() - timedelta(hours=1))
    Intended.objects.filter(key=payment.key).update(until=timezone.now() - timedelta(minutes=10))


def nothing_is_left(tee):
    """No order, the basket open again, every unit on its shelf."""
    assert not Order.objects.exists()
    assert Basket.objects.get(lines__product=tee).status == Basket.OPEN
    assert not Hold.objects.open().exists()


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


def hand_it_over(pickup):
    by = By(place="tablet 1", who="Rina")
    begin(pickup_id=pickup.pk, by=by)
    for line in pickup.lines.all():
        mark_picked(pickup_id=pickup.pk, line=line.pk, quantity=line.quantity)
    mark_ready(pickup_id=pickup.pk, by=by)
    assert owed(pickup).due == 0
    hand_over(pickup_id=pickup.pk, by=by)
    drain.make_calls()


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
