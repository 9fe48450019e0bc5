"""The shop that somebody calls theirs."""

import pytest
from django.test import Client
from django.utils import translation

from instore.stores.chosen import COOKIE
from instore.stores.models import Store
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import lines_of, text_of, ways_of

pytestmark = pytest.mark.django_db
JAKARTA, BANDUNG, BALI = ("-6.1967", "106.8316"), ("-6.8853", "107.6135"), ("-8.6939", "115.2636")


@pytest.fixture
def shops():
    return {
        code: make_store(code, at=at).partner for code, at in (("menteng", JAKARTA), ("dago", BANDUNG), ("sanur", BALI))
    }


@pytest.fixture
def tee(shops):
    product = make_product("Kawan tee")
    for code, quantity in (("menteng", 3), ("dago", 0), ("sanur", 9)):
        put(product, shops[code], quantity)
    put(product, make_warehouse(), 12)
    return product


def choose(client, code, **more):
    return client.post("/stores/", {"store": code, **more})


def test_a_choice_is_kept_for_a_year_and_stands_on_every_page(shops, client):
    answer = choose(client, "menteng", next="/catalogue/")
    assert (answer.status_code, answer["Location"]) == (302, "/catalogue/")
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("menteng", 365 * 24 * 60 * 60, "Lax")
    assert cookie["httponly"]
    for path in ("/", "/catalogue/", "/stores/", "/stores/dago/", "/nothing/"):
        assert "Your shop: <strong>Menteng</strong>" in client.get(path).content.decode()


@pytest.mark.parametrize("code", ["nowhere", "menteng; Path=/", "\x00", "x" * 5000, "MENTENG"])
def test_a_code_that_no_shop_has_is_ignored(code, shops, client):
    choose(client, "sanur")
    answer = choose(client, code)
    assert answer.status_code == 302
    assert COOKIE not in answer.cookies
    assert "Your shop: <strong>Sanur</strong>" in client.get("/").content.decode()


@pytest.mark.parametrize("value", ["nowhere", "", "\x00", "<b>", "menteng" * 1000])
def test_a_cookie_that_names_no_shop_is_no_choice(value, tee, client):
    client.cookies[COOKIE] = value
    page = client.get(tee.get_absolute_url())
    assert "Choose your shop" in page.content.decode()
    assert len(lines_of(page)) == 3


def test_a_choice_goes_back_to_pages_of_ours_only(shops, client):
    assert choose(client, "menteng", next="https://elsewhere.example/")["Location"] == "/stores/"
    assert choose(client, "menteng", next="//elsewhere.example/")["Location"] == "/stores/"


def test_a_choice_is_taken_back(shops, client):
    choose(client, "menteng")
    client.post("/stores/", {})
    assert "Choose your shop" in client.get("/").content.decode()


def test_a_choice_needs_the_forms_token(shops):
    strict = Client(enforce_csrf_checks=True)
    assert choose(strict, "menteng").status_code == 403


def test_a_shop_that_closed_for_good_is_nobodys_any_more(tee, client):
    choose(client, "menteng")
    Store.objects.filter(partner__code="menteng").update(is_open_to_public=False)
    page = client.get(tee.get_absolute_url())
    assert "Choose your shop" in page.content.decode()


def test_without_a_choice_all_shops_stand_by_name_and_can_be_chosen(tee, client):
    page = client.get(tee.get_absolute_url())
    assert [line.split()[0] for line in lines_of(page)] == ["Dago", "Menteng", "Sanur"]
    assert page.content.decode().count('name="store"') == 3


def test_the_chosen_shop_stands_first_and_the_others_by_their_distance_from_it(tee, client):
    choose(client, "menteng")
    page = client.get(tee.get_absolute_url())
    mine, parcel = ways_of(page)
    assert mine.startswith("At your shop, Menteng Collect ")
    assert mine.endswith(" 3 left")
    assert parcel == "Delivered to you 12 in stock"
    dago, sanur = lines_of(page)
    assert dago == "Dago Jakarta · 115 km None here now"
    assert sanur.startswith("Sanur Jakarta · 970 km 9 in stock Collect ")


def test_distances_are_written_as_the_reader_writes_numbers(tee, client):
    choose(client, "menteng")
    with translation.override("id"):
        page = client.get(tee.get_absolute_url())
    assert "Toko Anda: <strong>Menteng</strong>" in page.content.decode()
    assert "970 km" in text_of(page)
