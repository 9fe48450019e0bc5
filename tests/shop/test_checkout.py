"""The checkout: guest and member, delivered and collected."""

from html import unescape

import pytest
from django.contrib.auth import get_user_model
from oscar.core.loading import get_class, get_model

from instore.stores.models import Store
from omni_sync.oscar.models import Basket, Order
from omni_sync.stock.count import count
from omni_sync.stock.models import Hold
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db
ADDRESS = {
    "first_name": "Ayu", "last_name": "Lestari", "line1": "Jalan Cikini 5", "line4": "Jakarta", "postcode": "10330",
    "phone_number": "+62 21 5550181",
}  # fmt: skip


@pytest.fixture
def member(client):
    user = get_user_model().objects.create_user(email="budi@langkah.example")
    client.force_login(user)
    return client


@pytest.fixture
def shop():
    """A tee in the warehouse and, dearer, at Menteng."""
    country = get_model("address", "Country")
    country.objects.update_or_create(
        iso_3166_1_a2="ID", defaults={"printable_name": "Indonesia", "is_shipping_country": True}
    )
    tee = make_product("Tee", size="M")
    records = {
        "gudang": put(tee, make_warehouse(), 9, price="139000"),
        "menteng": put(tee, make_store("menteng").partner, 9, price="149000"),
    }
    return tee, records


def fill(visitor, product, place, quantity=1):
    visitor.post(f"/basket/add/{product.pk}/", {"quantity": quantity})
    return visitor.post("/basket/place/", {"place": place, "next": "checkout"})


def say_who(visitor, email="ayu@langkah.example"):
    return visitor.post("/checkout/", {"username": email, "options": "anonymous"}, follow=True)


def order(visitor):
    return visitor.post("/checkout/preview/", {"action": "place_order"}, follow=True)


def test_a_guest_has_it_delivered_in_three_steps(client, shop):
    tee, _ = shop
    assert fill(client, tee, "deliver", 2).url == "/checkout/"
    page = text_of(client.get("/checkout/"))
    assert "1 Your e-mail 2 Where to 3 Look and order" in page
    assert "Tee, M Rp278" in page
    page = text_of(say_who(client))
    assert "Where shall we send it?" in page
    response = client.post("/checkout/shipping-address/", ADDRESS, follow=True)
    assert response.request["PATH_INFO"] == "/checkout/preview/"
    page = text_of(response)
    assert "Jalan Cikini 5" in page
    assert "You pay when it arrives. Nothing is charged now." in page
    assert "Delivery to your door Free" in page
    response = order(client)
    placed = Order.objects.get()
    page = text_of(response)
    assert f"Order number {placed.number}" in page
    assert "We send a confirmation to ayu@langkah.example." in page
    assert (placed.shipping_method, placed.total_incl_tax) == ("Delivery to your door", 278000)
    assert placed.lines.get().partner.code == "gudang"
    link = f"/accounts/order-status/{placed.number}/{placed.verification_hash()}/"
    assert link in response.content.decode()
    assert client.get(link, follow=True).status_code == 200  # it asks for the e-mail first


def test_a_guest_collects_it_without_an_address(client, shop):
    tee, records = shop
    fill(client, tee, "menteng")
    assert "1 Your e-mail 2 Look and order" in text_of(client.get("/checkout/"))
    response = say_who(client)
    assert response.request["PATH_INFO"] == "/checkout/preview/"
    page = text_of(response)
    assert "Collect it at Menteng" in page
    assert "Ready to" in page
    assert "You pay in the shop" in page
    page = text_of(order(client))
    placed = Order.objects.get()
    assert "We put it aside at Menteng: ready to" in page
    assert (placed.shipping_code, placed.shipping_method) == ("collect", "Collect at Menteng")
    assert (placed.shipping_address, placed.shipping_incl_tax, placed.total_incl_tax) == (None, 0, 149000)
    assert Hold.objects.open().get().stockrecord == records["menteng"]


def test_a_member_goes_straight_to_what_is_left_to_say(member, shop):
    tee, _ = shop
    fill(member, tee, "menteng")
    response = member.get("/checkout/", follow=True)
    assert response.request["PATH_INFO"] == "/checkout/preview/"
    assert "We put it aside at Menteng" in text_of(order(member))
    placed = Order.objects.get()
    assert placed.user.email == "budi@langkah.example"
    for prefix, words in (("", "How you get it Collect at Menteng"), ("/id", "Ambil di Menteng")):
        page = text_of(member.get(f"{prefix}/accounts/orders/{placed.number}/"))
        assert words in page
        assert "Where it goes" not in page


def test_a_member_sends_it_to_a_known_address(member, shop):
    tee, _ = shop
    user = get_user_model().objects.get()
    country = get_model("address", "Country").objects.get(pk="ID")
    fields = {key: value for key, value in ADDRESS.items() if key != "phone_number"}
    address = get_model("address", "UserAddress").objects.create(user=user, country=country, **fields)
    fill(member, tee, "deliver")
    page = text_of(member.get("/checkout/", follow=True))
    assert "To one of your addresses" in page
    for way in ("edit", "delete"):
        assert "Jakarta" in member.get(f"/checkout/user-address/{way}/{address.pk}/").content.decode()
    form = {"address_id": address.pk, "action": "ship_to"}
    response = member.post("/checkout/shipping-address/", form, follow=True)
    assert response.request["PATH_INFO"] == "/checkout/preview/"
    order(member)
    assert Order.objects.get().shipping_address.line1 == "Jalan Cikini 5"


def test_who_thinks_better_of_collecting_is_asked_where_to(client, shop):
    tee, _ = shop
    fill(client, tee, "menteng")
    say_who(client)
    client.post("/basket/place/", {"place": "deliver"})
    response = client.get("/checkout/preview/", follow=True)
    assert response.request["PATH_INFO"] == "/checkout/shipping-address/"
    client.post("/checkout/shipping-address/", ADDRESS, follow=True)
    client.post("/basket/place/", {"place": "menteng"})
    assert "Collect it at Menteng" in text_of(client.get("/checkout/preview/"))
    order(client)
    assert Order.objects.get().shipping_address is None


def test_what_is_missing_is_said_on_top_and_beside_the_field(client, shop):
    fill(client, shop[0], "deliver")
    page = client.post("/checkout/", {"username": "not an address", "options": "anonymous"}).content.decode()
    assert "error-summary" in page
    assert 'href="#id_username"' in page
    say_who(client)
    page = client.post("/checkout/shipping-address/", {**ADDRESS, "line1": ""}).content.decode()
    assert 'href="#id_line1"' in page
    assert 'aria-invalid="true"' in page


def test_the_last_one_goes_between_the_last_look_and_the_order(client, shop, monkeypatch):
    tee, records = shop
    fill(client, tee, "menteng", 2)
    say_who(client)
    view = get_class("checkout.views", "PaymentDetailsView")
    monkeypatch.setattr(
        view, "check_basket_is_valid", lambda *_: count(stockrecord=records["menteng"], quantity=1) and None
    )
    response = order(client)
    page = text_of(response)
    assert response.status_code == 409
    assert "Nothing was ordered" in page
    assert "Of “Tee” only 1 is left." in page
    assert "Change your basket" in page
    assert Basket.open.get().num_items == 2
    assert not Order.objects.exists()


def test_a_basket_that_another_window_changed_is_not_ordered_unseen(client, shop, monkeypatch):
    tee, _ = shop
    fill(client, tee, "menteng")
    say_who(client)
    view = get_class("checkout.views", "PaymentDetailsView")

    def change(*_):
        Basket.open.get().lines.update(quantity=3)

    monkeypatch.setattr(view, "generate_order_number", lambda *_: change() or "1")
    response = order(client)
    assert response.status_code == 409
    assert "Your basket was changed in another window." in text_of(response)
    assert not Order.objects.exists()


def test_an_empty_basket_is_not_checked_out(client):
    for path in ("", "shipping-address/", "shipping-method/", "payment-method/", "preview/"):
        assert client.get(f"/checkout/{path}", follow=True).request["PATH_INFO"] == "/basket/"
    assert client.get("/checkout/thank-you/").status_code == 302


def test_the_shop_can_take_no_more_when_it_is_ordered(client, shop):
    tee, _ = shop
    fill(client, tee, "menteng")
    say_who(client)
    Store.objects.update(pickup_capacity=0)
    response = order(client)
    page = unescape(text_of(response))
    assert response.status_code == 409
    assert "Menteng can't take more orders to collect at the moment. Nothing was ordered." in page
    assert "Change your basket" in page
    assert Basket.open.get().num_items == 1
    assert not Order.objects.exists()
    assert not Hold.objects.open().exists()
