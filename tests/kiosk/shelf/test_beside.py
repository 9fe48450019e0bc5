"""Side by side, and what stands on a shelf."""

import pytest

from instore.stores.shelves import ShelfPlace
from omni_sync.oscar.models import Category, Product
from tests.instore.places import make_product, make_store, put
from tests.kiosk.shelf.conftest import LARGE, MEDIUM
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db
BAG = "09521000000032"


@pytest.fixture
def bag(menteng, tee):
    shelf = Category.add_root(name="Things")
    bag = make_product("Bag", gtin=BAG)
    shelf.product_set.add(bag, tee[0])
    put(bag, menteng.partner, 4, sku="BAG", price="99000")
    return bag


def test_goods_are_side_by_side_with_price_and_stock_here(phone, bag):
    page = text_of(phone.get(f"/shelf/compare/?gtin={MEDIUM}&gtin={BAG}&s=menteng"))
    assert "Kawan tee, black, M" in page
    assert "Price Rp149,000 Rp99,000" in page
    assert "At Menteng 2 left 4 in stock" in page
    assert "Sizes here M" in page


def test_something_like_it_is_offered_and_each_may_be_taken_off(phone, bag):
    page = phone.get(f"/shelf/compare/?gtin={MEDIUM}&s=menteng").content.decode()
    assert f'href="/shelf/compare/?gtin={MEDIUM}&amp;gtin={BAG}&amp;s=menteng"' in page
    both = phone.get(f"/shelf/compare/?gtin={MEDIUM}&gtin={BAG}&s=menteng").content.decode()
    assert f'href="/shelf/compare/?gtin={BAG}&amp;s=menteng"' in both
    assert f'href="/shelf/{MEDIUM}/?s=menteng&amp;with={BAG}"' in both


def test_what_was_looked_at_is_kept_in_the_address(phone, bag):
    page = phone.get(f"/shelf/{MEDIUM}/?s=menteng&with={BAG}").content.decode()
    assert f'href="/shelf/compare/?gtin={MEDIUM}&amp;gtin={BAG}&amp;s=menteng"' in page
    assert f'href="/shelf/{LARGE}/?s=menteng&amp;with={BAG}"' in page
    assert not phone.cookies


def test_unknown_number_is_said_and_the_others_stay(phone, bag):
    page = text_of(phone.get(f"/shelf/compare/?gtin={MEDIUM}&gtin=123"))
    assert "We don't know 123. Is the number right?" in page
    assert "Kawan tee, black, M" in page
    assert "What do you want to compare?" in text_of(phone.get("/shelf/compare/"))


def test_shelf_shows_what_stands_there(phone, menteng, bag):
    ShelfPlace.objects.create(store=menteng, product=bag, place="B 1/2")
    page = phone.get("/shelf/at/menteng/A-3/")
    assert "Shelf A-3" in text_of(page)
    assert "Kawan tee, black Rp149,000 Sizes here: M (few left)" in text_of(page)
    assert "Bag" not in text_of(page)
    assert f'href="/shelf/{MEDIUM}/?s=menteng"' in page.content.decode()
    everything = phone.get("/shelf/at/menteng/")
    assert "Bag Rp99,000 Shelf B 1/2 4 in stock" in text_of(everything)
    assert 'href="/shelf/at/menteng/B%201/2/?s=menteng"' in everything.content.decode()
    assert phone.get("/shelf/at/menteng/B%201/2/").status_code == 200


def test_size_with_a_place_of_its_own_stands_there_alone(phone, menteng, tee):
    put(tee[2], menteng.partner, 6)
    ShelfPlace.objects.create(store=menteng, product=tee[2], place="C-1")
    assert "Kawan tee, black, L Rp149,000 6 in stock" in text_of(phone.get("/shelf/at/menteng/C-1/"))
    assert "Sizes here: M" in text_of(phone.get("/shelf/at/menteng/A-3/"))
    assert "L" not in text_of(phone.get("/shelf/at/menteng/A-3/")).partition("Sizes here")[2].split()


def test_long_shelf_has_pages(phone, menteng):
    for number in range(30):
        thing = make_product(f"Thing {number:02}")
        ShelfPlace.objects.create(store=menteng, product=thing, place="D-1")
    first = phone.get("/shelf/at/menteng/D-1/").content.decode()
    assert "Thing 23" in first
    assert "Thing 24" not in first
    assert 'href="/shelf/at/menteng/D-1/?s=menteng&amp;page=2"' in first
    assert "Thing 24" in phone.get("/shelf/at/menteng/D-1/?page=2").content.decode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("menteng/Z-9/", "Nothing stands at Z-9 in Menteng now."),
        ("menteng/Z%00/", "Nothing stands at Z in Menteng now."),
        (f"menteng/{999 * 'Z'}/", "Nothing stands at ZZ"),
        ("nowhere/", "No shop of ours has this address."),
        ("men%00teng/", "No shop of ours has this address."),
    ],
)
def test_no_such_place_is_a_dressed_page(phone, menteng, path, said):
    answer = phone.get(f"/shelf/at/{path}")
    assert answer.status_code == 404
    assert said in text_of(answer)


def test_what_is_not_public_stands_nowhere(phone, menteng, tee):
    Product.objects.filter(pk=tee[0].pk).update(is_public=False)
    assert phone.get("/shelf/at/menteng/A-3/").status_code == 404


def test_shop_without_places_says_so(phone):
    make_store("sanur")
    assert "Nobody has said yet what stands where in this shop." in text_of(phone.get("/shelf/at/sanur/"))
