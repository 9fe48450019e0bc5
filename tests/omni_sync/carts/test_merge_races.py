"""Somebody adds on their phone while a sign-in elsewhere merges a guest's basket into theirs. The control loses it."""

import pytest
from django.test import Client

from omni_sync.oscar.middleware import BasketMiddleware
from omni_sync.oscar.models import Basket, BasketLine
from tests.omni_sync.carts import conftest as carts
from tests.stress.crowd import Pause, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)
place, product, stocked, gudang = carts.place, carts.product, carts.stocked, carts.gudang


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request):
    return request.param


def add(browser, thing, quantity):
    return browser.post(f"/basket/add/{thing.pk}/", {"quantity": quantity}).status_code


def test_what_is_added_elsewhere_while_baskets_are_merged_is_not_lost(
    guarded, monkeypatch, product, stocked, gudang, django_user_model
):
    tee = product("Tee")
    stocked(tee, gudang, 99)
    user = django_user_model.objects.create(email="ayu@example.com")
    phone, browser = Client(), Client()
    phone.force_login(user)
    add(phone, tee, 1)
    add(browser, tee, 1)
    browser.force_login(user)
    pause = Pause(seconds=1 if guarded else 30)  # the line was read, and is not written yet
    monkeypatch.setattr(BasketLine, "save", pause.before(BasketLine.save))
    if not guarded:
        monkeypatch.setattr(BasketMiddleware, "_wait_for_baskets", lambda *_: None)

    def adds():
        assert pause.reached.wait(30)
        try:
            return add(phone, tee, 3)
        finally:
            pause.over.set()

    assert failures(at_once(lambda: browser.get("/basket/").status_code, adds)) == []
    (held,) = BasketLine.objects.filter(basket__owner=user, basket__status=Basket.OPEN).values_list("quantity")
    assert (held == (4,)) is guarded
