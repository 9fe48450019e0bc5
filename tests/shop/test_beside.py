"""What stands beside a product: what goes with it, what was seen before, and the list for later."""

import re

import pytest
from django.contrib.auth import get_user_model
from oscar.core.loading import get_model

from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Category
from shop.storefront import seen
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def member(client):
    user = get_user_model().objects.create_user(email="sari@langkah.example")
    client.force_login(user)
    return user


def names(response):
    return re.findall(r'class="card-name"><a href="[^"]*">(.*?)</a>', response.content.decode())


def beside(client, product, **headers):
    return client.get(f"{product.get_absolute_url()}goes-with/", headers=headers)


def recommend(first, second, ranking):
    get_model("catalogue", "ProductRecommendation").objects.create(
        primary=first, recommendation=second, ranking=ranking
    )


def order(number, *products):
    placed = get_model("order", "Order").objects.create(
        number=number, total_incl_tax=1, total_excl_tax=1, currency="IDR"
    )
    for product in products:
        placed.lines.create(product=product, title="x", num_allocated=0, line_price_incl_tax=1, line_price_excl_tax=1,
                            line_price_before_discounts_incl_tax=1, line_price_before_discounts_excl_tax=1)  # fmt: skip


def test_what_is_recommended_stands_first_then_what_was_bought_together_then_what_is_near(client):
    tee, chinos, belt, socks, polo, far = (
        make_product(name) for name in ("Tee", "Chinos", "Belt", "Socks", "Polo", "Far")
    )
    shelf = Category.add_root(name="Tops")
    shelf.product_set.add(tee, polo)
    recommend(tee, belt, 1)
    recommend(tee, chinos, 5)
    order("1", tee, socks)
    order("2", far)
    assert names(beside(client, tee)) == ["Chinos", "Belt", "Socks", "Polo"]


def test_sizes_bought_together_are_their_styles(client):
    tee, jeans = (make_product(name, structure="parent") for name in ("Tee", "Jeans"))
    order("1", make_product("Tee, M", parent=tee, size="M"), make_product("Jeans, 32", parent=jeans, size="32"))
    assert names(beside(client, tee)) == ["Jeans"]


def test_neither_another_colour_nor_what_is_not_public_goes_with_it(client):
    black, white = make_product("Kawan tee, black"), make_product("Kawan tee, white")
    for product, colour in ((black, "black"), (white, "white")):
        describe(product=product, colour=colour)
    recommend(black, white, 1)
    recommend(black, make_product("Secret", is_public=False), 2)
    assert names(beside(client, black)) == []
    assert "It stands well alone." in text_of(beside(client, black))
    assert beside(client, black, **PART).content.decode().strip() == ""


def test_a_page_that_is_open_is_given_a_row_and_others_a_page(client, django_assert_max_num_queries):
    tee = make_product("Tee")
    costs = []
    for count in (1, 20):
        for number in range(count):
            recommend(tee, make_product(f"Friend {count} {number}"), count - number)
        beside(client, tee, **PART)
        with django_assert_max_num_queries(10) as captured:
            row = beside(client, tee, **PART)
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert len(names(row)) == 4
    assert "<html" not in row.content.decode()
    assert "HX-Request" in row.headers["Vary"]
    page = beside(client, tee)
    assert len(names(page)) == 12
    assert "<html" in page.content.decode()


def test_what_was_seen_is_listed_last_first_without_the_page_it_stands_on(client):
    products = [make_product(name) for name in ("One", "Two", "Three")]
    assert "You looked at" not in text_of(client.get(products[0].get_absolute_url()))
    for product in products[1:]:
        client.get(product.get_absolute_url())
    assert "You looked at" in text_of(client.get(products[2].get_absolute_url()))
    assert names(client.get("/seen/")) == ["Three", "Two", "One"]
    assert names(client.get(f"/seen/?but={products[2].pk}", headers=PART)) == ["Two", "One"]


def test_the_sizes_of_a_style_are_one_look(client):
    style = make_product("Tee", structure="parent")
    for size in ("S", "M", "L"):
        client.get(make_product(f"Tee, {size}", parent=style, size=size).get_absolute_url())
    assert names(client.get("/seen/")) == ["Tee"]


def test_a_member_finds_what_they_saw_elsewhere(client, member):
    style = make_product("Tee", structure="parent")
    client.get(make_product("Tee, S", parent=style, size="S").get_absolute_url())
    seen.write_looks()
    client.cookies.pop("oscar_history")
    assert names(client.get("/seen/")) == ["Tee"]


@pytest.mark.parametrize("is_member", [False, True])
def test_what_was_seen_is_forgotten_when_asked(client, is_member, request):
    if is_member:
        request.getfixturevalue("member")
    client.get(make_product("Tee").get_absolute_url())
    assert client.post("/seen/forget/").url == "/seen/"
    seen.write_looks()
    assert "Nothing, or it is forgotten." in text_of(client.get("/seen/"))
    assert client.get("/seen/forget/").status_code == 405


@pytest.mark.parametrize("kept", ["nonsense", '{"a": 1}', '["x", null, -1, 99999999999999999999]', "[[1]]"])
def test_a_cookie_that_is_no_list_of_products_is_nothing_seen(client, kept):
    client.cookies["oscar_history"] = kept
    assert client.get("/seen/").status_code == 200


def lines():
    return list(get_model("wishlists", "Line").objects.values_list("wishlist__owner__email", "product__title"))


def test_a_member_keeps_a_size_on_their_list_once(client, member):
    style = make_product("Tee", structure="parent")
    size = make_product("Tee, M", parent=style, size="M")
    url = f"{size.get_absolute_url()}wish/"
    assert "Tee, M is on your list now." in text_of(client.post(url, follow=True))
    assert "Tee, M is on your list already." in text_of(client.post(url, follow=True))
    assert lines() == [("sari@langkah.example", "Tee, M")]


def test_a_guest_signs_in_and_comes_back_to_what_they_wished_for(client):
    tee = make_product("Tee")
    url = f"{tee.get_absolute_url()}wish/"
    assert client.post(url).url == f"/accounts/login/?next={url}"
    assert lines() == []
    session = dict(client.session)
    client.force_login(get_user_model().objects.create_user(email="sari@langkah.example"))
    kept = client.session
    kept.update({"wished_for": session["wished_for"]})
    kept.save()
    assert "Tee is on your list now." in text_of(client.get(url, follow=True))
    assert lines() == [("sari@langkah.example", "Tee")]


def test_a_foreign_link_puts_nothing_onto_a_list(client, member):
    tee = make_product("Tee")
    assert client.get(f"{tee.get_absolute_url()}wish/").url == tee.get_absolute_url()
    assert lines() == []


def test_what_is_sold_out_can_be_waited_for(client):
    style = make_product("Tee", structure="parent")
    size = make_product("Tee, M", parent=style, size="M")
    make_product("Tee, L", parent=style, size="L")
    record = put(size, make_warehouse(), 0, sku="M")
    page = client.get(size.get_absolute_url()).content.decode()
    (action,) = re.findall(r'class="alert-form" method="post" action="([^"]+)"', page)
    client.post(action, {"email": "guest@langkah.example"})
    alert = get_model("customer", "ProductAlert").objects.get()
    assert (alert.product, alert.email, alert.user) == (size, "guest@langkah.example", None)
    assert "alert-form" not in client.get(style.get_absolute_url()).content.decode()
    record.delete()
    put(size, make_store("menteng").partner, 1, sku="M")
    assert "alert-form" not in client.get(size.get_absolute_url()).content.decode()


def test_a_member_waits_with_the_address_they_have(client, member):
    tee = make_product("Tee")
    put(tee, make_warehouse(), 0)
    page = client.get(tee.get_absolute_url()).content.decode()
    assert 'name="email"' not in page
    (action,) = re.findall(r'class="alert-form" method="post" action="([^"]+)"', page)
    client.post(action)
    assert get_model("customer", "ProductAlert").objects.get().user == member
