"""Choosing a place while another window adds, changes or chooses too. Each race has a control without its lock."""

import pytest
from django.db import transaction
from django.test import Client

from omni_sync.carts import fulfilment as choosing
from omni_sync.carts import move
from omni_sync.carts.fulfilment import choose, fulfilment_of
from omni_sync.oscar import baskets
from omni_sync.oscar.models import Basket
from tests.omni_sync.carts.conftest import contents
from tests.stress.crowd import Pause, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether anybody waits for the basket's row."""
    if not request.param:
        for module in (choosing, baskets):
            monkeypatch.setattr(module, "take_turn", lambda _: Basket.OPEN)
    return request.param


@pytest.fixture
def pause(monkeypatch):
    """Stops the first that has read the lines of a basket to move them; a second goes by, or waits at the guard."""
    pause = Pause(seconds=1)
    monkeypatch.setattr(move, "_merged", pause.before(move._merged))
    return pause


@pytest.fixture
def goods(product, stocked, gudang, menteng, dago):
    tee, hat = product("Tee"), product("Hat")
    for each in (tee, hat):
        for place, price in ((gudang, "100"), (menteng, "120"), (dago, "110")):
            stocked(each, place, 9, price=price)
    return tee, hat


@pytest.fixture
def window(goods):
    """A browser with one tee in its basket."""
    browser = Client()
    browser.post(f"/basket/add/{goods[0].pk}/", {"quantity": 1})
    return browser


def choose_in(basket_id, place, strategy):
    def run():
        ours = Basket.objects.get(pk=basket_id)
        ours.strategy = strategy()
        with transaction.atomic():
            choose(basket=ours, place=place)

    return run


def then(pause, task):
    def run():
        assert pause.reached.wait(20)
        try:
            return task()
        finally:
            pause.over.set()

    return run


def test_what_is_added_while_a_place_is_chosen_comes_from_that_place(guarded, pause, window, goods, menteng, strategy):
    ours = Basket.open.get()
    outcomes = at_once(
        choose_in(ours.pk, menteng, strategy),
        then(pause, lambda: window.post(f"/basket/add/{goods[1].pk}/", {"quantity": 1})),
    )
    assert failures(outcomes) == []
    expected = [("Tee", "Menteng", 1, 120), ("Hat", "Menteng", 1, 120)]
    assert (contents(ours) == expected) is guarded


def test_a_quantity_that_is_changed_while_a_place_is_chosen_is_kept(guarded, pause, window, menteng, strategy):
    ours = Basket.open.get()
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": ours.lines.get().pk, "form-0-quantity": 5}
    outcomes = at_once(
        choose_in(ours.pk, menteng, strategy),
        then(pause, lambda: window.post("/basket/", form)),
    )
    assert failures(outcomes) == []
    assert (contents(ours) == [("Tee", "Menteng", 5, 120)]) is guarded


def test_two_choices_at_once_end_in_one_of_them(pause, window, menteng, dago, strategy):
    ours = Basket.open.get()
    outcomes = at_once(choose_in(ours.pk, menteng, strategy), then(pause, choose_in(ours.pk, dago, strategy)))
    assert failures(outcomes) == []
    ((_, place, _, _),) = contents(ours)
    assert place == str(fulfilment_of(ours).partner) == "Dago"
