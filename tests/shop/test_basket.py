"""The basket page: for a guest and for a member, delivered and collected."""

import re

import pytest
from django.contrib.auth import get_user_model

from instore.stores.models import Store
from omni_sync.carts.models import Fulfilment
from omni_sync.oscar.models import Basket, BasketLine, Product, StockRecord
from settings.bench.goods import make_products, open_shops, stock
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import text_of, words

pytestmark = pytest.mark.django_db
BUDGET = 20


@pytest.fixture(params=["guest", "member"])
def visitor(request, client):
    if request.param == "member":
        client.force_login(get_user_model().objects.create_user(email="budi@langkah.example"))
    return client


@pytest.fixture
def goods():
    """A tee that is everywhere, dearer at Menteng; a hat that Dago alone does not have."""
    gudang, menteng, dago = make_warehouse(), make_store("menteng"), make_store("dago")
    tee, hat = make_product("Tee", size="M"), make_product("Hat")
    for place, price in ((gudang, "139000"), (menteng.partner, "149000"), (dago.partner, "139000")):
        put(tee, place, 9, sku="TEE", price=price)
        if place != dago.partner:
            put(hat, place, 2, sku="HAT", price="50000")
    return tee, hat


def add(visitor, product, quantity=1):
    return visitor.post(f"/basket/add/{product.pk}/", {"quantity": quantity}, follow=True)


def collect(visitor, code, **more):
    return visitor.post("/basket/place/", {"place": code, **more}, follow=True)


def change(visitor, line, quantity, **more):
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": line.pk, "form-0-quantity": quantity}
    return visitor.post("/basket/", {**form, **more}, follow=True)


def places_of(response):
    """Each place's button."""
    return [words(html) for html in re.findall(r'<button class="way-choice".*?</button>', response.content.decode(),
                                               re.DOTALL)]  # fmt: skip


def test_an_empty_basket_says_so(visitor):
    response = visitor.get("/basket/")
    assert "Nothing in it yet." in text_of(response)
    assert "form-0-id" not in response.content.decode()


def test_a_line_shows_what_it_is_and_what_it_costs(visitor, goods):
    tee, _ = goods
    response = add(visitor, tee, 2)
    assert "Tee are in your basket. See your basket" in text_of(response)
    page = text_of(visitor.get("/basket/"))
    assert "Tee Size M" in page
    assert "Rp139,000 each" in page or "Rp139.000 each" in page
    assert "278" in page


def test_the_shops_that_can_fill_every_line_come_first_and_ones_own_before_all(visitor, goods):
    for each in goods:
        add(visitor, each)
    first = places_of(visitor.get("/basket/"))
    assert [line.split(" · ")[0].split(" Ready")[0] for line in first] == [
        "Delivered to you To your door", "Collect at Menteng", "Collect at Dago not the Hat",
    ]  # fmt: skip
    assert "has everything" in first[1]
    visitor.cookies["lintas_store"] = "dago"
    assert "Collect at your shop, Dago" in places_of(visitor.get("/basket/"))[1]


def test_a_price_that_changes_with_the_place_is_shown(visitor, goods):
    tee, _ = goods
    add(visitor, tee)
    page = text_of(collect(visitor, "menteng"))
    assert re.search(r"Tee, M costs Rp149.000 instead of Rp139.000 at Menteng", page)
    assert re.search(r"Rp149.000 instead of Rp139.000, at Menteng", page)
    assert Fulfilment.objects.get().partner.code == "menteng"
    page = text_of(collect(visitor, "deliver"))
    assert re.search(r"Tee, M costs Rp139.000 instead of Rp149.000 when it is delivered", page)


def test_a_line_that_is_not_there_says_so_and_stops_the_checkout(visitor, goods):
    for each in goods:
        add(visitor, each)
    response = collect(visitor, "dago", next="checkout")
    assert response.request["PATH_INFO"] == "/basket/"
    page = text_of(response)
    assert "Not at Dago. Choose another shop, have it delivered, or remove it." in page
    assert "Something in your basket cannot be had like this" in page
    assert "Go to checkout" not in page
    assert visitor.get("/checkout/").url == "/basket/"
    assert Basket.open.get().num_items == 2


def test_a_product_that_the_place_has_none_of_is_refused_in_plain_words(visitor, goods):
    tee, hat = goods
    add(visitor, tee)
    collect(visitor, "dago")
    page = text_of(add(visitor, hat))
    assert "Dago has no more of “Hat”, and your basket is collected there." in page
    assert Basket.open.get().num_items == 1


def test_everything_there_goes_on_to_the_checkout(visitor, goods):
    add(visitor, goods[0])
    response = visitor.post("/basket/place/", {"place": "menteng", "next": "checkout"})
    assert response.url == "/checkout/"


@pytest.mark.parametrize("place", ["", "nowhere", "gudang", "x" * 300, "deliver\x00"])
def test_a_place_that_is_no_shop_changes_nothing(visitor, goods, place):
    add(visitor, goods[0])
    assert "not one of ours" in text_of(collect(visitor, place))
    assert not Fulfilment.objects.exists()


@pytest.mark.parametrize("quantity", ["-1", "9999", "three", "1.5", "99999999999999999999"])
def test_a_quantity_that_cannot_be_is_refused_beside_its_line(visitor, goods, quantity):
    add(visitor, goods[0], 2)
    line = Basket.open.get().lines.get()
    response = change(visitor, line, quantity)
    assert 'aria-invalid="true"' in response.content.decode()
    line.refresh_from_db()
    assert line.quantity == 2


def test_a_quantity_changes_and_nothing_is_left_of_none(visitor, goods):
    add(visitor, goods[0], 2)
    line = Basket.open.get().lines.get()
    assert "3 items" in text_of(change(visitor, line, 3))
    assert "Nothing in it yet." in text_of(change(visitor, line, 0))


def test_a_line_is_removed_whatever_its_quantity_says(visitor, goods):
    for each in goods:
        add(visitor, each)
    line = Basket.open.get().lines.first()
    assert "1 item" in text_of(change(visitor, line, "rubbish", **{"form-0-DELETE": "on"}))


def test_htmx_gets_the_part_that_changes(visitor, goods):
    add(visitor, goods[0])
    response = visitor.get("/basket/", headers={"HX-Request": "true"})
    page = response.content.decode()
    assert page.lstrip().startswith('<div id="basket"')
    assert 'hx-swap-oob="true"' in page
    assert "<html" not in page


def test_a_member_saves_a_line_and_takes_it_back_to_where_the_basket_is_now(client, goods):
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example"))
    tee, _ = goods
    for each in goods:
        add(client, each)
    line = Basket.open.get().lines.get(product=tee)
    page = text_of(change(client, line, 1, **{"form-0-save_for_later": "on"}))
    assert "Move to the basket" in page
    collect(client, "menteng")
    form = {"saved-TOTAL_FORMS": 1, "saved-INITIAL_FORMS": 1, "saved-0-id": line.pk, "saved-0-move_to_basket": "on"}
    page = text_of(client.post("/basket/saved/", form, follow=True))
    assert "Tee is back in your basket." in page
    assert {each.stockrecord.partner.code for each in Basket.open.get().lines.all()} == {"menteng"}


def test_the_page_costs_the_same_at_one_line_and_at_fifty_in_five_shops_and_in_a_hundred(
    visitor, django_assert_max_num_queries
):
    gudang = make_warehouse()
    costs = []
    for lines, stores in ((1, 5), (50, 100)):
        partners = open_shops(stores - Store.objects.count(), after=Store.objects.count())
        ids = make_products(lines)
        records = stock([gudang.pk, *partners[:2]], ids, 3)
        visitor.post("/basket/place/", {"place": "deliver"})
        add(visitor, Product.objects.get(pk=ids[0]))
        fill(Basket.open.get(), StockRecord.objects.filter(pk__in=records, partner=gudang, product__in=ids[1:]))
        visitor.post("/basket/place/", {"place": "shop-0001"})
        visitor.get("/basket/")
        with django_assert_max_num_queries(BUDGET) as captured:
            response = visitor.get("/basket/")
        assert len(re.findall(r'<li class="basket-line[ "]', response.content.decode())) == lines + len(costs)
        costs.append(len(captured))
    assert costs[0] == costs[1]


def fill(basket, records):
    """One line of each record, past the page."""
    BasketLine.objects.bulk_create(
        BasketLine(basket=basket, product_id=record.product_id, stockrecord=record, price_currency="IDR",
                   line_reference=f"{record.product_id}_{record.pk}")
        for record in records
    )  # fmt: skip
