"""No page of a shelf asks the database more than eight times, nor more for fifty sizes or shops than for one."""

import pytest
from django.contrib.auth import get_user_model

from instore.stores.models import Store
from instore.stores.shelves import ShelfPlace
from omni_sync.catalogue.gtin import check_digit
from omni_sync.catalogue.identify import set_gtins
from omni_sync.oscar.models import Category, Product, ProductImage, ProductReview
from settings.bench.goods import open_shops, stock
from tests.instore.places import make_product

pytestmark = pytest.mark.django_db
BUDGET = 8


def number(place):
    payload = f"0952109{place:06}"
    return payload + str(check_digit(payload))


@pytest.fixture(params=["nobody", "member"])
def visitor(request, client):
    if request.param == "member":
        client.force_login(get_user_model().objects.create_user(email="budi@langkah.example"))
    return client


@pytest.fixture
def style(db):
    style = make_product("Tee", structure="parent")
    Category.add_root(name="Tees").product_set.add(style)
    for score in range(3):
        ProductReview.objects.create(
            product=style, score=score + 1, title="So", body="So", name="Sari", email="s@x.example",
            status=ProductReview.APPROVED,
        )  # fmt: skip
    style.update_rating()
    ProductImage.objects.create(product=style, original="tee.jpg")
    return style


def grow(style, sizes, stores):
    partners = open_shops(stores - Store.objects.count(), after=Store.objects.count())
    for place in range(style.children.count(), sizes):
        make_product(f"Tee {place}", parent=style, size=f"{place}", gtin=number(place))
    sizes = list(style.children.order_by("pk").values_list("pk", flat=True))
    stock(partners[:1], sizes, 3)
    stock(partners[1:], sizes[:1], 3)
    ShelfPlace.objects.get_or_create(store=Store.objects.order_by("pk")[0], product=style, place="A-1")


def cost(client, url, limit):
    client.get(url)
    with limit(BUDGET) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("query", ["?s=shop-0001", ""])
def test_landing_page_costs_the_same_at_one_size_and_shop_and_at_fifty(
    visitor, style, query, django_assert_max_num_queries
):
    costs = []
    for many in (1, 50):
        grow(style, many, many)
        costs.append(cost(visitor, f"/shelf/{number(0)}/{query}", django_assert_max_num_queries))
    assert costs[0] == costs[1]


def test_comparing_costs_the_same_for_one_and_for_four(visitor, style, django_assert_max_num_queries):
    grow(style, 50, 50)
    shelf = Category.objects.get()
    for place in range(100, 103):
        other = make_product(f"Other {place}", gtin=number(place))
        shelf.product_set.add(other)
    costs = []
    for several in ([0], [0, 100, 101, 102]):
        asked = "&".join(f"gtin={number(place)}" for place in several)
        costs.append(cost(visitor, f"/shelf/compare/?{asked}&s=shop-0001", django_assert_max_num_queries))
    assert costs[0] >= costs[1]  # beside four nothing is offered


def test_place_costs_the_same_for_one_style_and_for_fifty(visitor, style, django_assert_max_num_queries):
    costs = []
    for many in (1, 50):
        grow(style, many, many)
        store = Store.objects.order_by("pk")[0]
        for place in range(store.shelf_places.count(), many):
            thing = make_product(f"Thing {place}")
            set_gtins(product=thing, values=[number(1000 + place)])
            stock([store.pk], [thing.pk], 2)
            ShelfPlace.objects.create(store=store, product=thing, place="A-1")
        costs.append(cost(visitor, f"/shelf/at/{store.partner.code}/A-1/", django_assert_max_num_queries))
    assert costs[0] == costs[1]
    assert Product.objects.count() > 50
