"""Click and collect as its shoppers meet it: LESSONS 34, 37, 38, 39 and 41."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from oscar.core.loading import get_model

from instore.pickup.models import Pickup, State
from instore.stores import known
from instore.stores.models import Store
from omni_sync.carts.models import Fulfilment
from omni_sync.oscar.models import Basket, Order, Product, ProductClass, StockRecord
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Hold
from tests.instore.pickup.conftest import bring
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.conftest import english, no_known_stores  # noqa: F401 - fixtures
from tests.shop.pages import text_of
from tests.shop.test_basket import add, change, collect, places_of
from tests.shop.test_checkout import ADDRESS, order, say_who

pytestmark = pytest.mark.django_db


@pytest.fixture
def menteng():
    return make_store("menteng")


@pytest.fixture
def dago():
    return make_store("dago")


@pytest.fixture
def tee(menteng, dago):
    """In the warehouse and in both shops."""
    product = make_product("Tee")
    for place in (make_warehouse(), menteng.partner, dago.partner):
        put(product, place, 9, sku="TEE")
    return product


@pytest.fixture
def hat(menteng):
    """Only at Menteng."""
    product = make_product("Hat")
    put(product, menteng.partner, 2, sku="HAT")
    return product


@pytest.fixture
def embroidery(menteng):
    """Something nobody counts: it is made when somebody asks for it."""
    kind = ProductClass.objects.create(name="Uncounted", track_stock=False)
    product = Product.objects.create(title="Embroidery", product_class=kind)
    StockRecord.objects.create(
        product=product, partner=menteng.partner, partner_sku="SEW", price=50000, price_currency="IDR"
    )
    return product


def offered(client):
    """The shops of the basket's page, by what their buttons say."""
    return [place for place in places_of(client.get("/basket/")) if "Collect at" in place]


def test_lesson_34_a_shop_that_takes_nobody_in_is_offered_to_nobody(client, tee):
    Store.objects.filter(partner__code="dago").update(is_open_to_public=False)
    known._memory.forget()
    add(client, tee)
    assert ["Menteng" in place for place in offered(client)] == [True]
    assert "not one of ours" in text_of(collect(client, "dago"))
    assert not Fulfilment.objects.exists()
    told = client.get("/api/v1/availability", {"sku": "TEE"}).json()
    assert [each["store"] for each in told["stores"]] == ["menteng"]


def test_lesson_34_a_shop_that_lacks_a_line_says_which_and_is_not_ordered_from(client, tee, hat):
    add(client, tee)
    collect(client, "menteng")
    add(client, hat)
    first, second = offered(client)
    assert "Menteng" in first
    assert "has everything" in first
    assert second.startswith("Collect at Dago not the Hat")
    assert "Not at Dago." in text_of(collect(client, "dago", next="checkout"))
    assert client.get("/checkout/").url == "/basket/"
    assert not Order.objects.exists()


def test_lesson_37_what_is_sold_without_being_counted_is_collected_as_well(client, embroidery):
    add(client, embroidery, 3)
    collect(client, "menteng", next="checkout")
    say_who(client)
    assert "We put it aside at Menteng" in text_of(order(client))
    bring(Pickup.objects.get(), State.COLLECTED)
    assert Order.objects.get().status == "Complete"
    assert audit()["violations"] == []


def test_lesson_37_tapping_about_in_the_shops_leaves_no_basket_and_no_order(client, tee):
    seen = [client.get(path) for path in ("/", "/stores/", "/stores/menteng/", tee.get_absolute_url(), "/basket/")]
    tapped = [client.post("/stores/", {"store": code}) for code in ("menteng", "dago", "")]
    assert [answer.status_code for answer in seen + tapped] == [200] * 5 + [302] * 3
    assert not Basket.objects.exists()
    assert not Order.objects.exists()


@pytest.mark.parametrize(("language", "label"), [("en", "Collect at {}"), ("id", "Ambil di {}")])
def test_lesson_37_every_shop_of_the_list_is_a_button_with_its_name_in_the_readers_words(client, tee, language, label):
    add(client, tee)
    prefix = "" if language == "en" else f"/{language}"
    page = client.get(f"{prefix}/basket/")
    codes = re.findall(r'class="way-choice"[^>]*name="place" value="(\w+)"', page.content.decode())
    assert codes[0] == "deliver"
    assert sorted(codes[1:]) == ["dago", "menteng"]
    for code, words in list(zip(codes, places_of(page), strict=True))[1:]:
        assert words.startswith(label.format(code.title()))
        client.post(f"{prefix}/basket/place/", {"place": code})
        assert Fulfilment.objects.get().partner.code == code


def test_lesson_38_what_can_be_made_later_is_not_called_missing(client, embroidery):
    add(client, embroidery, 500)
    make_store("dago")
    known._memory.forget()
    there, elsewhere = offered(client)
    assert "Menteng" in there
    assert "has everything" in there
    assert "not the Embroidery" in elsewhere
    assert client.post("/basket/place/", {"place": "menteng", "next": "checkout"}).url == "/checkout/"


def test_lesson_39_an_address_abroad_takes_collecting_from_nobody(client, tee):
    for code in ("ID", "FR"):
        facts = {"printable_name": code, "is_shipping_country": True}
        get_model("address", "Country").objects.update_or_create(iso_3166_1_a2=code, defaults=facts)
    add(client, tee)
    collect(client, "deliver", next="checkout")
    say_who(client)
    abroad = {**ADDRESS, "country": "FR", "line4": "Lyon", "postcode": "69001", "phone_number": "+33 4 72 00 00 00"}
    assert client.post("/checkout/shipping-address/", abroad, follow=True).status_code == 200
    assert any("Menteng" in place for place in offered(client))
    collect(client, "menteng", next="checkout")
    assert "We put it aside at Menteng" in text_of(order(client))
    placed = Order.objects.get()
    assert (placed.shipping_address, placed.pickup.store.partner.code) == (None, "menteng")


def test_lesson_39_a_time_that_passes_while_the_shopper_types_is_not_promised(client, tee):
    add(client, tee)
    collect(client, "menteng", next="checkout")
    say_who(client)
    page = client.get("/checkout/preview/").content.decode()
    chosen = re.findall(r'<option value="([^"]+)"', page)[0]
    Store.objects.update(lead_minutes=60 * 5)  # the shop is slower now: as if hours had gone by
    said = {"action": "place_order", "promised_at": chosen}
    answer = client.post("/checkout/preview/", said)
    assert answer.status_code == 409
    words = unescape(text_of(answer))
    assert "Menteng can't have your order ready at the time you chose. Nothing was ordered." in words
    assert "Please choose another time: there is room" in words
    assert not Order.objects.exists()
    assert not Hold.objects.open().exists()
    offered_now = re.findall(r'<option value="([^"]+)"', client.get("/checkout/preview/").content.decode())
    assert datetime.fromisoformat(offered_now[0]) > datetime.fromisoformat(chosen) + timedelta(hours=1)
    client.post("/checkout/preview/", {**said, "promised_at": offered_now[0]})
    assert Pickup.objects.get().promised_at == datetime.fromisoformat(offered_now[0])


def test_lesson_41_goods_that_lie_in_two_shops_are_not_half_promised_and_two_orders_get_them(client, menteng, dago):
    tee, hat = make_product("Tee"), make_product("Hat")
    put(tee, menteng.partner, 1, sku="TEE")
    put(hat, dago.partner, 1, sku="HAT")
    for each in (tee, hat):
        add(client, each)
    lacking = {place.split(" · ")[0] for place in offered(client)}
    assert lacking == {"Collect at Menteng not the Hat", "Collect at Dago not the Tee"}
    for code in ("menteng", "dago"):
        collect(client, code, next="checkout")
        assert client.get("/checkout/").url == "/basket/"
    assert not Order.objects.exists()
    basket = Basket.open.get()
    change(client, basket.lines.get(product=tee), 0)
    orders_at(client, "dago")
    add(client, tee)
    orders_at(client, "menteng")
    held = {hold.holder: hold.stockrecord.partner.code for hold in Hold.objects.open()}
    assert held == {str(one.number): one.pickup.store.partner.code for one in Order.objects.all()}
    assert sorted(held.values()) == ["dago", "menteng"]
    assert audit()["violations"] == []


def orders_at(client, code):
    collect(client, code, next="checkout")
    say_who(client)
    assert f"We put it aside at {code.title()}" in text_of(order(client))
