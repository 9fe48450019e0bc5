"""No page asks the database more than ten times, for nobody and for somebody, however much there is to show.

Shelves with all their facets may ask ten times.

Inside a test's transaction nothing is remembered: these are the costs of a page that nobody has seen yet.
"""

import pytest
from django.contrib.auth import get_user_model

from instore.stores import known
from instore.stores.models import Store
from omni_sync.oscar.models import Category
from settings.bench.goods import make_products, open_shops, stock
from tests.instore.places import make_product
from tests.shop.pages import lines_of

pytestmark = pytest.mark.django_db
BUDGET = 10  # of a member, the ninth counts what is in the basket; one reads the header and the footer
SHELF_BUDGET = 13  # of a member who filters and sees the page first: ten for anybody once it was seen
FILTERED = "/catalogue/?size=42&colour=black&price_max=900000&here=1&mine=1&sort=price"


@pytest.fixture(params=["nobody", "somebody"])
def visitor(request, client):
    if request.param == "somebody":
        client.force_login(get_user_model().objects.create_user(email="budi@langkah.example"))
    client.cookies["lintas_store"] = "shop-0001"
    return client


def cost(client, url, limit):
    client.get(url)
    is_shelf = url.startswith(("/catalogue/?", "/catalogue/category/")) or url == "/catalogue/"
    with limit(SHELF_BUDGET if is_shelf else BUDGET) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured), response


@pytest.mark.parametrize(
    "path", ["/catalogue/", "/catalogue/category/shoes_{}/", FILTERED, "/stores/", "/stores/shop-0001/"]
)
def test_a_page_costs_the_same_for_one_product_and_for_fifty_in_five_stores_and_in_five_hundred(
    path, visitor, django_assert_max_num_queries
):
    shoes = Category.add_root(name="Shoes")
    costs = []
    for products, stores in ((1, 5), (50, 500)):
        partners = open_shops(stores - Store.objects.count(), after=Store.objects.count())
        ids = make_products(products)
        shoes.product_set.add(*ids)
        stock(partners[:1], ids, 3)
        costs.append(cost(visitor, path.format(shoes.pk), django_assert_max_num_queries)[0])
    assert costs[0] == costs[1]


@pytest.mark.parametrize("chosen", [False, True])
def test_a_product_costs_the_same_at_one_size_and_at_fifty_in_five_stores_and_in_five_hundred(
    visitor, chosen, django_assert_max_num_queries
):
    style = make_product("Tee", structure="parent")
    costs = []
    for sizes, stores in ((1, 5), (50, 500)):
        partners = open_shops(stores - Store.objects.count(), after=Store.objects.count())
        for number in range(style.children.count(), sizes):
            make_product(f"Tee {number}", parent=style, size=f"{number}")
        stock(partners, [style.children.last().pk], 3)
        url = (style.children.first() if chosen else style).get_absolute_url()
        queries, response = cost(visitor, url, django_assert_max_num_queries)
        assert len(lines_of(response)) == min(stores - 1, 12)
        costs.append(queries)
    assert costs[0] == costs[1]
    with django_assert_max_num_queries(BUDGET):
        visitor.get(f"{url}places/", headers={"HX-Request": "true"})


@pytest.mark.django_db(transaction=True)
def test_pages_cost_little_once_they_were_seen(client, django_assert_max_num_queries, monkeypatch):
    """A product then takes two: did the catalogue change, and how much is there?"""
    monkeypatch.setattr(known, "SECONDS", 3600)  # what was seen is not forgotten before it is counted
    product = make_product("Tee")
    client.cookies["lintas_store"] = "shop-0001"
    costs = {path: [] for path in ("/", "/catalogue/", product.get_absolute_url())}
    for products, stores in ((1, 5), (50, 500)):
        partners = open_shops(stores - Store.objects.count(), after=Store.objects.count())
        stock(partners, [product.pk], 3)
        stock(partners[:1], make_products(products), 3)
        known.forget_known_stores()  # they were written past the signals
        for path, counts in costs.items():
            counts.append(cost(client, path, django_assert_max_num_queries)[0])
    assert costs == {"/": [3, 3], "/catalogue/": [4, 4], product.get_absolute_url(): [2, 2]}
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example"))
    assert [cost(client, path, django_assert_max_num_queries)[0] for path in costs] == [6, 7, 5]
