"""Oscar's own pages show our availability, and its own checkout honours it."""

import pytest
from goods import Guest, place
from oscar.core.loading import get_class, get_model

from omni_sync.oscar.refusals import BasketSoldOut
from omni_sync.stock.count import count
from omni_sync.stock.models import Hold, Movement

Order = get_model("order", "Order")
Basket = get_model("basket", "Basket")


def test_the_product_page_answers_for_the_place_that_sells_online(shop):
    assert "In stock (50 available)" in Guest().page(shop.scarf)
    count(stockrecord=shop.online, quantity=3)
    assert "In stock (3 available)" in Guest().page(shop.scarf)
    count(stockrecord=shop.online, quantity=0)
    assert "Unavailable" in Guest().page(shop.scarf)


def test_more_than_there_is_never_enters_the_basket(shop):
    count(stockrecord=shop.online, quantity=2)
    guest = Guest()
    guest.add(shop.scarf, 3)
    assert not Basket.objects.filter(lines__isnull=False).exists()


def test_a_guest_orders_and_the_order_holds_the_goods(shop):
    guest = Guest()
    guest.add(shop.scarf, 2)
    guest.go_to_preview()
    answer = guest.order()
    assert answer.status_code == 302
    order = Order.objects.get()
    assert order.number == f"B-{order.basket_id}"
    assert order.notes.get().message == "Wrap it in the blue paper."
    assert order.basket.status == Basket.SUBMITTED
    hold = Hold.objects.open().get()
    assert (hold.holder_kind, hold.holder, hold.quantity, hold.until) == ("order", order.number, 2, None)
    assert shop.online.net_stock_level == 48
    assert "In stock (48 available)" in Guest().page(shop.scarf)
    assert not Movement.objects.filter(stockrecord=shop.online).exclude(kind="counted").exists()


def test_two_guests_and_one_scarf(shop):
    """LESSONS 1, 9, 15: the second is told at the last moment, politely, and loses nothing."""
    count(stockrecord=shop.online, quantity=1)
    first, second = Guest(), Guest()
    for guest in (first, second):
        guest.add(shop.scarf)
        guest.go_to_preview()
    assert first.order().status_code == 302
    answer = second.order()
    assert (answer.status_code, answer.url) == (302, "/basket/")
    assert "no longer available" in second.get("/basket/").content.decode()
    assert Order.objects.count() == 1
    assert Basket.open.get().num_items == 1


def test_the_last_scarf_goes_between_the_last_look_and_the_order(shop, monkeypatch):
    count(stockrecord=shop.online, quantity=1)
    guest = Guest()
    guest.add(shop.scarf)
    guest.go_to_preview()
    view = get_class("checkout.views", "PaymentDetailsView")
    monkeypatch.setattr(view, "check_basket_is_valid", lambda *_: place(shop.basket(), _creator()))
    answer = guest.order()
    assert answer.status_code == 409
    assert "“Blue scarf” is sold out." in answer.content.decode()
    assert Order.objects.count() == 1
    assert Basket.open.get(order=None).num_items == 1
    assert not Hold.objects.open().filter(holder_kind="basket").exists()


def test_an_order_that_cannot_be_held_is_not_written_at_all(shop):
    with pytest.raises(BasketSoldOut, match="only 50 are left"):
        place(_large_basket(shop), _creator())
    assert not Order.objects.exists()
    assert not Hold.objects.exists()


def test_a_failed_payment_lets_go_of_the_goods(shop, monkeypatch):
    """LESSONS 16: nobody is blocked by their own hold."""
    refused = get_class("payment.exceptions", "UnableToTakePayment")
    view = get_class("checkout.views", "PaymentDetailsView")
    seen = []

    def refuse(self, order_number, total, **kwargs):
        seen.append(Hold.objects.open().get().quantity)
        raise refused("Card declined")

    monkeypatch.setattr(view, "handle_payment", refuse)
    guest = Guest()
    guest.add(shop.scarf, 50)
    guest.go_to_preview()
    answer = guest.order()
    assert seen == [50]
    assert "Card declined" in answer.content.decode()
    assert not Hold.objects.open().exists()
    assert shop.online.net_stock_level == 50
    assert Basket.open.get().num_items == 50


def test_an_abandoned_payment_page_does_not_block_its_own_shopper(shop, monkeypatch):
    """LESSONS 16, with the payment on another site: the first basket stays frozen, and holds everything."""
    redirect = get_class("payment.exceptions", "RedirectRequired")
    view = get_class("checkout.views", "PaymentDetailsView")

    def leave(self, order_number, total, **kwargs):
        raise redirect("https://pay.example/")

    guest = Guest()
    guest.add(shop.scarf, 50)
    guest.go_to_preview()
    with monkeypatch.context() as patched:
        patched.setattr(view, "handle_payment", leave)
        assert guest.order().url == "https://pay.example/"
    assert "Unavailable" in Guest().page(shop.scarf)
    assert "In stock (50 available)" in guest.page(shop.scarf)
    guest.add(shop.scarf, 50)
    guest.go_to_preview()
    assert guest.order().status_code == 302
    assert Order.objects.get().num_items == 50
    assert shop.online.net_stock_level == 0


def _creator():
    return get_class("order.utils", "OrderCreator")


def _large_basket(shop):
    basket = shop.basket(50)
    basket.lines.update(quantity=51)
    basket.reset_offer_applications()
    return basket
