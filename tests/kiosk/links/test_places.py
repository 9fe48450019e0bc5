"""Stores and shelves, and whose device it is that asks."""

import json

import pytest

from instore.devices.models import Kind
from tests.kiosk.links.answers import LINKSET, PAGE, leads_to
from tests.kiosk.links.conftest import GLN, GTIN

pytestmark = pytest.mark.django_db


def test_a_store_leads_to_its_page_in_the_readers_language(client, menteng):
    leads_to(client.get(f"/414/{GLN}?a=b"), "/stores/menteng/?a=b")
    leads_to(client.get(f"/414/{GLN}", HTTP_ACCEPT_LANGUAGE="id"), "/id/stores/menteng/")


def test_a_shop_without_pages_of_its_stores_shows_what_stands_there(client, menteng, settings):
    settings.LINTAS_STORE_PAGE = "there-is-none"
    leads_to(client.get(f"/414/{GLN}"), "/shelf/at/menteng/")


def test_a_shelf_leads_to_what_stands_on_it(client, on_shelf):
    path = f"/414/{GLN}/254/A-12%2FB"
    leads_to(client.get(path, REQUEST_URI=path), "/shelf/at/menteng/A-12%2FB/")
    leads_to(client.get(f"/414/{GLN}/254/Z"), "/stores/menteng/")
    said = json.loads(client.get(path, REQUEST_URI=path, HTTP_ACCEPT=LINKSET).content)["linkset"][0]
    assert said["anchor"] == f"https://shop.example{path}"
    assert said["itemDescription"] == "Menteng, A-12/B"


def test_staff_and_kiosks_are_sent_to_pages_of_their_own(client, rice, carrying):
    leads_to(client.get(f"/01/{GTIN}?a=b", **carrying(Kind.TABLET)), f"/staff/articles/{GTIN}/?a=b")
    leads_to(client.get(f"/01/{GTIN}", **carrying(Kind.KIOSK)), f"/kiosk/product/{GTIN}/")
    leads_to(client.get(f"/01/{GTIN}", **carrying(Kind.SCREEN)), PAGE)
    leads_to(client.get(f"/01/{GTIN}", HTTP_COOKIE="lintas_device=stranger"), PAGE)


def test_few_questions_are_put_to_the_database(
    client, rice, menteng, carrying, say, django_assert_num_queries, django_assert_max_num_queries
):
    tablet = carrying(Kind.TABLET)
    for number in range(50):
        say("certificationInfo", f"https://brand.example/{number}")
    client.get(f"/01/{GTIN}")
    with django_assert_num_queries(1):
        client.get(f"/01/{GTIN}")
    with django_assert_num_queries(1):
        client.get(f"/S/MENTENG/01/{GTIN}?linkType=gs1:pip")
    with django_assert_num_queries(2):
        client.get(f"/S/MENTENG/01/{GTIN}", **tablet)
    with django_assert_max_num_queries(1):
        client.get(f"/414/{GLN}/254/A")
    with django_assert_num_queries(0):
        client.get("/01/123")
        client.get("/.well-known/gs1resolver")
