"""The boutique takes cards: its own numbers and notes, Oscar's own pages, the provider's page in between."""

from goods import Guest
from oscar.core.loading import get_model

from instore.pickup.hand_over import hand_over
from instore.pickup.models import ShortReason
from instore.pickup.moves import By
from instore.pickup.pick import begin, mark_short
from instore.pickup.ready import mark_ready
from instore.stores.models import Store
from omni_sync.carts.fulfilment import choose
from omni_sync.checkout import sweep
from omni_sync.checkout.models import Intended
from omni_sync.payments import drain
from omni_sync.payments.models import Call, Payment
from omni_sync.stock.models import Hold
from tests.omni_sync.payments.conftest import bank  # noqa: F401 - a fixture

Order = get_model("order", "Order")
Basket = get_model("basket", "Basket")


class Payer(Guest):
    """A guest who pays by card."""

    def leave(self, shop, quantity=1):
        self.add(shop.scarf, quantity)
        self.go_to_preview()
        answer = self.post("/checkout/preview/", {"action": "place_order", "pay": "now"})
        payment = Payment.objects.latest("pk")
        assert answer.url == payment.url
        return payment


def test_oscars_own_page_asks_how_to_pay(shop, bank):  # noqa: F811
    guest = Guest()
    guest.add(shop.scarf)
    guest.go_to_preview()
    page = guest.get("/checkout/preview/").content.decode()
    assert 'name="pay" value="now"' in page
    assert "Test money: no real card is charged." in page


def test_without_a_provider_oscars_page_is_as_it_was(shop):
    guest = Guest()
    guest.add(shop.scarf)
    guest.go_to_preview()
    page = guest.get("/checkout/preview/").content.decode()
    assert 'name="pay"' not in page
    assert "Place order" in page


def test_a_guest_pays_and_the_order_is_the_boutiques_own(shop, bank, mailoutbox):  # noqa: F811
    guest = Payer()
    payment = guest.leave(shop, 2)
    bank.pay(payment)
    answer = guest.get(f"/pay/{payment.key}/paid/", follow=True)
    assert answer.request["PATH_INFO"] == "/checkout/thank-you/"
    order = Order.objects.get()
    assert order.number == f"B-{order.basket_id}" == payment.reference
    assert order.notes.get().message == "Wrap it in the blue paper."
    assert (order.total_incl_tax, order.currency, order.guest_email) == (40, "EUR", "ines@example.com")
    assert order.shipping_address.line4 == "Lisboa"
    assert [one.to for one in mailoutbox] == [["ines@example.com"]]
    drain.make_calls()
    assert bank.written("/capture")[0]["fields"]["amount_to_capture"] == "4000"
    assert order.sources.get().amount_debited == 40


def test_the_worker_places_what_the_guest_never_came_back_to(shop, bank, mailoutbox):  # noqa: F811
    payment = Payer().leave(shop)
    bank.pay(payment)
    Payment.objects.update(looked_at="2020-01-01T00:00Z")
    Intended.objects.update(until="2020-01-01T00:00Z")
    assert sweep.sweep() == 1
    assert Order.objects.get().basket.status == Basket.SUBMITTED
    sweep.sweep()
    assert len(mailoutbox) == 1


def test_a_guest_who_comes_back_finds_the_basket(shop, bank):  # noqa: F811
    guest = Payer()
    payment = guest.leave(shop)
    answer = guest.get(f"/pay/{payment.key}/back/", follow=True)
    assert answer.request["PATH_INFO"] == "/checkout/preview/"
    assert Basket.open.get().num_items == 1
    assert not Hold.objects.open().exists()
    assert guest.order().status_code == 302
    assert Order.objects.get().sources.count() == 0


def test_who_left_by_the_browsers_button_finds_the_way(shop, bank):  # noqa: F811
    guest = Payer()
    payment = guest.leave(shop)
    answer = guest.get("/checkout/preview/", follow=True)
    assert payment.url in answer.content.decode()
    assert "Go on paying" in answer.content.decode()


def test_collected_where_no_store_is_known_is_taken_at_once(shop, bank):  # noqa: F811
    """A place people cannot walk into has no counter at which the money could be asked for."""
    guest = Guest()
    guest.add(shop.scarf)
    basket = Basket.open.get()
    basket.strategy = guest.get("/basket/").wsgi_request.strategy
    choose(basket=basket, place=shop.street)
    guest.go_to_preview()
    guest.post("/checkout/preview/", {"action": "place_order", "pay": "now"})
    payment = Payment.objects.get()
    bank.pay(payment)
    guest.get(f"/pay/{payment.key}/paid/")
    drain.make_calls()
    assert Order.objects.get().sources.get().amount_debited == 20


def test_paid_online_and_collected_at_the_street_shop(shop, bank):  # noqa: F811
    """From Oscar's own checkout to the counter, with nothing forked."""
    Store.objects.create(partner=shop.street, city="Lisboa", weekly_hours=[[["00:00", "24:00"]]] * 7, lead_minutes=60)
    guest = Guest()
    guest.add(shop.scarf, 2)
    basket = Basket.open.get()
    basket.strategy = guest.get("/basket/").wsgi_request.strategy
    choose(basket=basket, place=shop.street)
    guest.go_to_preview()
    guest.post("/checkout/preview/", {"action": "place_order", "pay": "now", "name": "Inês"})
    payment = Payment.objects.get()
    bank.pay(payment)
    guest.get(f"/pay/{payment.key}/paid/")
    pickup = Order.objects.get().pickup
    assert (pickup.name, pickup.pay_in_store) == ("Inês", False)
    by, line = By(place="tablet"), pickup.lines.get()
    begin(pickup_id=pickup.pk, by=by)
    mark_short(pickup_id=pickup.pk, line=line.pk, found=1, reason=ShortReason.DAMAGED, by=by)
    mark_ready(pickup_id=pickup.pk, by=by)
    assert not Call.objects.exists()
    hand_over(pickup_id=pickup.pk, by=by)
    drain.make_calls()
    assert bank.written("/capture")[0]["fields"]["amount_to_capture"] == "2000"
    assert Order.objects.get().sources.get().amount_debited == 20
