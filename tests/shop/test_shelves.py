import pytest
from oscar.core.loading import get_model

from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Category
from shop.models import HomePage
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


def test_the_front_page_is_an_editors_in_both_languages(client):
    HomePage.objects.filter(locale__language_code="id").update(headline="Halo", intro="Selamat datang")
    english, indonesian = client.get("/").content.decode(), client.get("/id/").content.decode()
    assert "One shop, on every street" in english
    assert "Nothing is on the shelves yet." in english
    assert "Halo" in indonesian
    assert "Selamat datang" in indonesian
    assert "Rak masih kosong." in indonesian


def test_the_newest_products_stand_first_with_their_lowest_price_and_their_stores(client):
    make_product("Old")
    parent = make_product("New", structure="parent")
    small, large = (make_product(f"New {size}", parent=parent, size=size) for size in "SL")
    menteng, dago = make_store("menteng").partner, make_store("dago").partner
    put(small, menteng, 1, sku="S", price="99000")
    put(large, menteng, 2, sku="L", price="109000")
    put(large, dago, 0, sku="L", price="109000")
    page = client.get("/").content.decode()
    assert page.index("New") < page.index(">Old<")
    assert "Rp99,000" in page
    assert "In 1 shop<" in page
    assert "Sold out for now" in page


def test_what_only_the_warehouse_has_is_online_only(client):
    put(make_product("Parcel"), make_warehouse(), 3)
    assert "Online only" in client.get("/").content.decode()


def test_a_category_shows_its_own_and_what_is_below_it(client):
    shoes = Category.add_root(name="Shoes")
    sandals = shoes.add_child(name="Sandals")
    Category.add_root(name="Clothes")
    make_product("Runner").categories.add(shoes)
    make_product("Slipper").categories.add(sandals)
    make_product("Tee")
    page = client.get(shoes.get_absolute_url()).content.decode()
    assert "Runner" in page
    assert "Slipper" in page
    assert "Tee" not in page
    assert client.get("/catalogue/category/gone_999999/").status_code == 404


def test_long_shelves_have_pages(client):
    for number in range(25):
        make_product(f"Thing {number:02}")
    assert "Page 1 of 2" in client.get("/catalogue/").content.decode()
    second = client.get("/catalogue/?page=2").content.decode()
    assert "Thing 00" in second
    assert "Thing 24" not in second
    assert client.get("/catalogue/?page=nonsense").status_code == 200


def test_what_is_not_public_is_on_no_shelf(client):
    make_product("Secret", is_public=False)
    assert "Secret" not in client.get("/").content.decode()
    assert "Secret" not in client.get("/catalogue/").content.decode()


@pytest.fixture
def two_sizes(client):
    """A style in 41 and 42: Menteng has the 41, Dago the 42. The visitor's shop is Menteng, the size 42."""
    style = make_product("Runner", structure="parent")
    small, large = (make_product(f"Runner {size}", parent=style) for size in ("41", "42"))
    for product, size in ((small, "41"), (large, "42")):
        describe(product=product, size=size, size_system="EU", colour="Black")
    menteng, dago = make_store("menteng").partner, make_store("dago").partner
    put(small, menteng, 1, sku="R41")
    put(large, menteng, 0, sku="R42")
    put(large, dago, 1, sku="R42")
    client.cookies["lintas_store"] = "menteng"
    client.cookies["lintas_sizes"] = "EU=42"
    return style


def test_at_my_shop_and_in_my_size_together_mean_that_size_in_that_shop(client, two_sizes):
    assert "1 product" in text_of(client.get("/catalogue/?here=1"))
    assert "1 product" in text_of(client.get("/catalogue/?mine=1"))
    page = text_of(client.get("/catalogue/?here=1&mine=1"))
    assert "0 products" in page
    assert "No 42 at Menteng right now." in page
    client.cookies["lintas_store"] = "dago"
    assert "1 product" in text_of(client.get("/catalogue/?here=1&mine=1"))


def test_a_toggle_counts_what_it_would_give(client, two_sizes):
    page = text_of(client.get("/catalogue/?size=EU-42"))
    assert "At my shop : Menteng 0 products" in page
    assert "In my size : 42 1 product" in page


@pytest.mark.parametrize(
    "query",
    [
        "price_min=x&price_max=NaN",
        "price_min=-1&price_max=1e99",
        "price_min=Infinity",
        "size=nonsense&colour=nonsense",
        "size=%00&colour=%00&q=%00",
        "page=9999",
        "page=-1",
        "page=x",
        "sort=nonsense",
        "here=1&mine=1",
        "here=x&mine=2",
        "category=999999",
        "category=x",
        "size=" + "&size=".join("9" * 50),
        "price_min=300000&price_max=100000",
    ],
)
def test_what_makes_no_sense_is_left_out(client, query):
    make_product("Tee")
    response = client.get(f"/catalogue/?{query}")
    assert response.status_code in (200, 302)


def test_a_filtered_shelf_is_not_for_search_engines_and_a_plain_one_names_itself(client, two_sizes):
    plain = client.get("/catalogue/").content.decode()
    assert 'rel="canonical"' in plain
    assert "noindex" not in plain
    filtered = client.get("/catalogue/?size=EU-42").content.decode()
    assert "noindex" in filtered
    assert 'rel="canonical"' not in filtered


def test_a_choice_on_an_open_page_gets_a_part_of_it(client, two_sizes):
    part = client.get("/catalogue/?size=EU-42", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'id="found"' in part.content.decode()
    assert "HX-Request" in part["Vary"]
    back = client.get("/catalogue/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()


def test_a_range_is_dressed_like_a_shelf(client, two_sizes):
    picks = get_model("offer", "Range").objects.create(name="Picks", is_public=True)
    picks.add_product(two_sizes)
    page = client.get("/catalogue/ranges/picks/")
    assert "Runner" in text_of(page)
    assert "shop.css" in page.content.decode()
