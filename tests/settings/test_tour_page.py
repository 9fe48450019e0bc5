"""The demo's page of what to try."""

import re
from importlib.util import module_from_spec

import pytest
from django.urls import resolve
from django.utils import translation

from instore.pickup.address import path_of
from instore.pickup.cancel import cancel
from instore.pickup.moves import By
from instore.staff.models import Associate
from instore.staff.set_pin import set_pin
from settings import urls
from settings.demonstration import page as tour
from settings.demonstration.tour import lines
from settings.simulator.door import Later
from shop.seed import example, staff
from shop.seed.people import STAFF
from shop.seed.places import SHOPS
from tests.instore.pickup import conftest as pickups
from tests.instore.places import make_product, make_store, put
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db
basket, order, product, request_of, strategy, shop, collected, pickup = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy, pickups.shop,
    pickups.collected, pickups.pickup,
)  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def tee():
    product = make_product("Kawan tee, black, M")
    put(product, make_store(example.STORE).partner, 3, sku=example.SKU)
    return product


def test_it_says_how_many_there_are_and_whom_to_sign_in_as(tee, client, django_user_model):
    django_user_model.objects.create_user(email=STAFF.email, password=STAFF.password)
    words = text_of(client.get("/tour/"))
    assert "Menteng 3 left" in words
    assert f"{STAFF.email} {STAFF.password}" in words
    staff = django_user_model.objects.get()
    staff.set_password("another one")
    staff.save()
    assert STAFF.password not in text_of(client.get("/tour/"))


def test_without_the_demos_goods_and_people_it_says_so(client):
    words = text_of(client.get("/tour/"))
    assert "The demo's goods are not there yet." in words
    assert "Nobody yet" in words


def test_its_button_lets_the_till_sell_one(tee, client, monkeypatch):
    sold = []
    monkeypatch.setattr(tour, "sell_one", lambda **given: sold.append(given) or "T-1")
    answer = client.post("/tour/", {"do": "sell"}, follow=True)
    assert sold == [{"sku": example.SKU, "store": example.STORE}]
    assert "sale T-1" in text_of(answer)


def test_a_till_that_cannot_sell_now_is_said(tee, client, monkeypatch):
    def busy(**_):
        raise Later("too busy")

    monkeypatch.setattr(tour, "sell_one", busy)
    assert "did not take it" in text_of(client.post("/tour/", {"do": "sell"}, follow=True))


@pytest.fixture
def hired(transactional_db, clean_cache, pickup):
    """Everybody of the five shops, with a tablet on each counter; an order waits in Menteng."""
    for each in SHOPS:
        if each.code != example.STORE:
            make_store(each.code)
    staff.hire_all()
    return pickup


def test_its_button_gives_a_code_that_makes_a_window_the_tablet(hired, client):
    asked = client.post("/tour/", {"do": "code"})
    client.get("/tour/", headers={"HX-Request": "true"})  # the page that was left reads its live part once more
    answer = client.get("/tour/")
    assert asked.headers["Location"] == "/tour/#collect"
    code = re.search(r"The tablet's code is (\w{4} \w{4})", text_of(answer))[1]
    assert code not in text_of(client.get("/tour/"))
    assert "Sari W." in text_of(client.post("/staff/enrol/", {"code": code}, follow=True))


def test_it_says_the_pins_that_everybody_knows(hired, client):
    assert "Sari W. 271828" in text_of(client.get("/tour/"))
    set_pin(associate=Associate.objects.get(till_id="me-sari"), pin="161803", by=None)
    words = text_of(client.get("/tour/"))
    assert "Sari W. 271828" not in words
    assert "Bagas P. 271828" in words


def test_it_leads_to_an_order_that_waits_while_one_does(hired, client):
    assert path_of(hired) in client.get("/tour/").content.decode()
    printed = "\n".join(lines("http://here"))
    assert f"http://here{path_of(hired)}  the phone: order {hired.order.number}, which waits in Menteng" in printed
    assert "http://here/staff/enrol/  the tablet: its code is " in printed
    cancel(pickup_id=hired.pk, by=By(place="web"))
    assert "/collect/" not in client.get("/tour/").content.decode()
    assert "/collect/" not in "\n".join(lines("http://here"))


def test_where_nobody_works_nothing_is_collected(tee, client):
    assert "Collect an order" not in text_of(client.get("/tour/"))
    assert client.post("/tour/", {"do": "code"}).status_code == 302
    assert "/staff/" not in "\n".join(lines("http://here"))


def test_it_is_there_in_indonesian(tee, client):
    assert "Yang bisa dicoba" in text_of(client.get("/id/tour/"))


def test_it_is_nowhere_else(monkeypatch):
    assert resolve("/tour/", urlconf=urls).url_name == "tour"
    monkeypatch.setattr("django.conf.settings.SHOWS_TOUR", False)
    bare = module_from_spec(urls.__spec__)
    urls.__spec__.loader.exec_module(bare)
    assert resolve("/tour/", urlconf=bare).url_name == "wagtail_serve"  # there is no such page
