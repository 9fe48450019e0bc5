"""Eight windows of one shopper add at once: eight things are in the basket. The control has no lock, and loses."""

import pytest
from django.test import Client

from omni_sync.oscar import baskets
from omni_sync.oscar.models import Basket, BasketLine
from tests.omni_sync.carts import conftest as carts
from tests.stress.crowd import Meeting, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)
place, product, stocked, gudang = carts.place, carts.product, carts.stocked, carts.gudang
WINDOWS = 8


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch, window):
    """Whether anybody waits for the basket's row; who has read what is in it waits for the others."""
    write = Meeting(WINDOWS).before(Basket.add_product)

    def read_and_write(self, *args, **kwargs):
        list(self.all_lines())
        return write(self, *args, **kwargs)

    monkeypatch.setattr(Basket, "add_product", read_and_write)
    if not request.param:
        monkeypatch.setattr(baskets, "wait_for_basket", lambda _: None)
    return request.param


@pytest.fixture
def goods(product, stocked, gudang):
    made = [product(f"Thing {n}") for n in range(WINDOWS)]
    for each in made:
        stocked(each, gudang, 99)
    return made


@pytest.fixture
def window(goods, django_user_model):
    """Makes one more window of the same member, who has a basket with the first thing in it."""
    user = django_user_model.objects.create(email="ayu@example.com")

    def open_one():
        browser = Client()
        browser.force_login(user)
        return browser

    open_one().post(f"/basket/add/{goods[0].pk}/", {"quantity": 1})
    return open_one


def adding(browser, thing):
    return lambda: browser.post(f"/basket/add/{thing.pk}/", {"quantity": 1}).status_code


def held():
    return dict(BasketLine.objects.values_list("product__title", "quantity"))


def test_eight_units_of_one_thing_are_eight(guarded, window, goods):
    outcomes = at_once(*(adding(window(), goods[0]) for _ in range(WINDOWS)))
    if guarded:
        assert failures(outcomes) == []
        assert held() == {"Thing 0": 1 + WINDOWS}
    else:
        assert held()["Thing 0"] < 1 + WINDOWS
    assert Basket.objects.count() == 1


def test_eight_things_are_eight_lines(window, goods):
    outcomes = at_once(*(adding(window(), thing) for thing in goods))
    assert failures(outcomes) == []
    assert held() == {"Thing 0": 2, **{f"Thing {n}": 1 for n in range(1, WINDOWS)}}
