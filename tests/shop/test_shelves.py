import pytest

from omni_sync.oscar.models import Category
from shop.models import HomePage
from tests.instore.places import make_product, make_store, make_warehouse, put

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
