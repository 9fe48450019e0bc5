"""The article that staff have scanned."""

import pytest

from instore.stores.shelves import ShelfPlace
from omni_sync.catalogue.identify import set_gtins
from tests.instore.places import make_store, put
from tests.instore.tablets import make_device, read, tablet_of

pytestmark = pytest.mark.django_db(transaction=True)
GTIN = "09506000134352"
PAGE = f"/staff/articles/{GTIN}/"


@pytest.fixture
def tee(shop):
    set_gtins(product=shop.tee.product, values=[GTIN])
    return shop.tee.product


def test_it_says_what_it_costs_where_it_stands_and_who_else_has_it(on_duty, tee, shop):
    put(tee, make_store("dago").partner, 2, sku="TEE-D")
    ShelfPlace.objects.create(store=shop.store, product=tee, place="A-12")
    said = read(on_duty.get(PAGE))
    assert tee.get_title() in said
    assert "Rp" in said
    assert "Stands at A-12" in said
    assert "Dago 2 left" in said


def test_one_tap_puts_it_into_the_shoppers_basket(on_duty, tee):
    answer = on_duty.post("/staff/basket/", {"article": GTIN, "seen": 0}, follow=True)
    assert tee.get_title() in read(answer)


def test_a_number_of_nobody_is_said_to_be_that(on_duty, tee):
    assert "No article of this shop" in read(on_duty.get("/staff/articles/09521234500018/"), 404)
    assert on_duty.get("/staff/articles/123/").status_code == 404


def test_it_is_for_who_is_signed_in_at_a_tablet(client, shop, tee):
    locked = tablet_of(make_device(shop.store, name="Other")[1])
    for browser in (client, locked):
        assert tee.get_title() not in browser.get(PAGE).content.decode()


def test_it_asks_as_much_in_a_chain_of_many(on_duty, tee, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        on_duty.get(PAGE)
    for number in range(50):
        put(tee, make_store(f"shop-{number}").partner, 2, sku=f"T{number}")
    with django_assert_max_num_queries(20):
        on_duty.get(PAGE)
