"""The list of the shops and each shop's page."""

import html
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from instore.stores.models import Store
from instore.stores.towns import KnownTown, fill_towns
from shop.models import StoreFront
from tests.instore.places import make_product, make_store, put
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


def test_the_list_says_where_each_shop_is_and_whether_it_is_open(client):
    Store.objects.filter(pk=make_store("menteng").pk).update(street="Jl. Cikini 1")
    make_store("dago", week=[[]] * 7)
    make_store("hidden", public=False)
    words = text_of(client.get("/stores/"))
    assert "Menteng Jl. Cikini 1, Jakarta Open day and night" in words
    assert "Dago Jakarta Closed for now" in words
    assert "Hidden" not in words


def test_without_shops_the_list_says_so(client):
    assert "We have no stores yet." in text_of(client.get("/stores/"))


def test_a_long_list_has_pages(client):
    for number in range(49):
        make_store(f"shop-{number:02}")
    assert "Page 1 of 2" in text_of(client.get("/stores/"))
    assert "Shop-48" in text_of(client.get("/stores/?page=2"))


def test_a_shops_page_has_address_map_telephone_and_a_week_of_hours(client):
    store = make_store("menteng", at=("-6.1967", "106.8316"), week=[[["10:00", "21:00"]]] * 7)
    tomorrow = timezone.localdate() + timedelta(days=1)
    Store.objects.filter(pk=store.pk).update(
        street="Jl. Cikini 1", phone="+62215550181", exceptions={tomorrow.isoformat(): []}
    )
    StoreFront.objects.create(store=store, words="A bench at the door.")
    page = client.get("/stores/menteng/").content.decode()
    assert "https://www.openstreetmap.org/?mlat=-6.196700&amp;mlon=106.831600#map=17/-6.196700/106.831600" in page
    assert "<iframe" not in page
    assert 'href="tel:+62215550181">+62 21 5550181<' in page
    words = text_of(client.get("/stores/menteng/"))
    assert "A bench at the door." in words
    assert "Today 10:00\N{EN DASH}21:00" in words
    assert "closed (special)" in words
    assert words.count("10:00\N{EN DASH}21:00") == 6


def test_a_shops_page_shows_what_it_has_and_nothing_else(client):
    menteng, dago = make_store("menteng").partner, make_store("dago").partner
    style = make_product("Here in one size", structure="parent")
    put(make_product("Here, M", parent=style, size="M"), menteng, 1, sku="HERE")
    gone = make_product("Gone")
    put(gone, menteng, 0, sku="GONE")
    put(gone, dago, 5, sku="GONE")
    words = text_of(client.get("/stores/menteng/"))
    assert "Here in one size Rp149,000 At Menteng now" in words
    assert "Gone" not in words


def test_a_shop_that_has_nothing_says_so(client):
    make_store("menteng")
    assert "Nothing is here right now." in text_of(client.get("/stores/menteng/"))


@pytest.mark.parametrize("path", ["/stores/nowhere/", "/nothing/", "/catalogue/gone_999999/"])
def test_what_is_not_there_is_said_in_the_shops_own_words(path, client):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address" in text_of(answer)
    assert "See everything" in text_of(answer)


def test_a_shop_that_is_not_public_has_no_page(client):
    make_store("hidden", public=False)
    assert client.get("/stores/hidden/").status_code == 404


def test_indonesian_readers_have_it_in_theirs(client):
    make_store("menteng", week=[[["10:00", "21:00"]]] * 7)
    with translation.override("id"):
        words = text_of(client.get("/id/stores/menteng/"))
    assert "Jam buka" in words
    assert "10.00\N{EN DASH}21.00" in words


def test_the_first_look_asks_no_more_for_many_pictures_than_for_one(client):
    """After every change of the catalogue, each process looks once."""

    def looks():
        caches["renditions"].clear()
        with CaptureQueriesContext(connection) as asked:
            assert "<img" in client.get("/stores/").content.decode()
        return len(asked)

    for number in range(6):
        code = f"shop-{number}"
        picture = Image.objects.create(title=code, file=get_test_image_file(f"{code}.png", size=(900, 600)))
        picture.get_renditions("width-480|format-webp")
        StoreFront.objects.create(store=make_store(code), picture=picture)
        if number == 0:
            few = looks()
    assert looks() == few


JAKARTA, BANDUNG, BALI = ("-6.1967", "106.8316"), ("-6.8853", "107.6135"), ("-8.6939", "115.2636")


@pytest.fixture
def shops():
    for code, at in (("menteng", JAKARTA), ("dago", BANDUNG), ("sanur", BALI)):
        make_store(code, at=at)
    make_store("nowhere")


def listed(response):
    """The shops in the order of the list."""
    return re.findall(r'<h3><a href="[^"]*/stores/([\w-]+)/"', response.content.decode())


def test_shops_stand_by_their_distance_from_a_typed_place(shops, client):
    fill_towns(countries=["ID"], towns=[KnownTown("Cimahi", "ID", 500_000, -6.87, 107.54)])
    client.cookies["lintas_store"] = "sanur"
    page = client.get("/stores/?place=cimahi")
    assert listed(page) == ["dago", "menteng", "sanur", "nowhere"]
    assert "By their distance from Cimahi" in text_of(page)
    assert "Open day and night · 8.3 km" in text_of(page)
    with translation.override("id"):
        assert "8,3 km" in text_of(client.get("/id/stores/?place=cimahi"))


def test_shops_stand_by_their_distance_from_a_position_of_a_kilometre(shops, client):
    page = client.get("/stores/?near=-8.6939123,115.2636456&next=/catalogue/")
    assert listed(page) == ["sanur", "dago", "menteng", "nowhere"]
    assert "By their distance from you" in text_of(page)
    assert "less than 1 km" in text_of(page)
    assert 'name="next" value="/catalogue/"' in page.content.decode()
    assert "115.2636456" not in page.content.decode().split("<main")[1]


@pytest.mark.parametrize("near", ["x", "1", "91,0", "0,181", "-6.2;106.8", "nan,nan", "1e400,0", "\u0661,2", "9" * 999])
def test_what_is_no_position_is_said_and_all_shops_stand_there(near, shops, client):
    page = client.get("/stores/", {"near": near})
    assert "That is no position on earth." in text_of(page)
    assert len(listed(page)) == 4


@pytest.mark.parametrize("place", ["Atlantis", '"><script>alert(1)</script>', "\x00<b>", "%' OR 1=1 --", "ü" * 9000])
def test_a_place_that_nobody_knows_is_said_and_all_shops_stand_there(place, shops, client):
    page = client.get("/stores/", {"place": place})
    assert "We don't know a place called" in html.unescape(text_of(page))
    assert len(listed(page)) == 4
    assert "<script>alert" not in page.content.decode()
    assert "<b>" not in page.content.decode()


@pytest.mark.parametrize("place", ["", "   ", "\x00"])
def test_an_empty_place_is_no_question(place, shops, client):
    page = client.get("/stores/", {"place": place})
    assert len(listed(page)) == 4
    assert "We don't know" not in html.unescape(text_of(page))


def test_the_way_back_is_kept_from_page_to_page_and_is_one_of_ours(client):
    for number in range(49):
        make_store(f"shop-{number:02}", at=JAKARTA)
    page = client.get("/stores/?near=-6.20,106.83&next=/catalogue/%3Fq%3Da%26b").content.decode()
    assert 'href="?near=-6.2%2C106.83&amp;next=%2Fcatalogue%2F%3Fq%3Da%26b&amp;page=2"' in page
    main = client.get("/stores/?next=https://elsewhere.example/").content.decode().split("<main")[1]
    assert "elsewhere.example" not in main


def test_a_place_costs_the_same_among_five_shops_and_among_fifty(client, django_assert_max_num_queries):
    fill_towns(countries=["ID"], towns=[KnownTown("Cimahi", "ID", 500_000, -6.87, 107.54)])
    costs = []
    for shops in (range(5), range(5, 50)):
        for number in shops:
            make_store(f"shop-{number}", at=JAKARTA)
        with django_assert_max_num_queries(8) as asked:
            client.get("/stores/?place=cimahi")
        costs.append(len(asked))
    assert costs[0] == costs[1]
