"""The demo's page of what to try."""

from importlib.util import module_from_spec

import pytest
from django.urls import resolve
from django.utils import translation

from settings import urls
from settings.demonstration import page as tour
from settings.simulator.door import Later
from shop.seed import example
from shop.seed.people import STAFF
from tests.instore.places import make_product, make_store, put
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


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


def test_it_is_there_in_indonesian(tee, client):
    assert "Yang bisa dicoba" in text_of(client.get("/id/tour/"))


def test_it_is_nowhere_else(monkeypatch):
    assert resolve("/tour/", urlconf=urls).url_name == "tour"
    monkeypatch.setattr("django.conf.settings.SHOWS_TOUR", False)
    bare = module_from_spec(urls.__spec__)
    urls.__spec__.loader.exec_module(bare)
    assert resolve("/tour/", urlconf=bare).url_name == "wagtail_serve"  # there is no such page
