"""Two devices scan the same code at once. The race has a control without its locks."""

import pytest

from omni_sync.carts.handoff import take as taking
from omni_sync.carts.handoff.exceptions import HandOffGone
from omni_sync.carts.handoff.models import HandOff, HandOffQuerySet
from omni_sync.carts.handoff.offer import offer
from omni_sync.oscar.models import Basket, BasketLine
from tests.omni_sync.carts import conftest as carts
from tests.stress.crowd import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)
basket, place, product, stocked, strategy = carts.basket, carts.place, carts.product, carts.stocked, carts.strategy
gudang = carts.gudang


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether anybody waits for the baskets and the hand-off."""
    if not request.param:
        monkeypatch.setattr(taking, "lock_both", lambda *_: None)
        monkeypatch.setattr(HandOffQuerySet, "select_for_update", lambda self: self)
    return request.param


def test_one_of_two_devices_gets_it(guarded, monkeypatch, basket, product, stocked, gudang, strategy):
    tee = product("Tee")
    stocked(tee, gudang, 9)
    giving, receiving = basket((tee, 2)), [basket(), basket()]
    offered = offer(basket=giving, stays=False)
    monkeypatch.setattr(taking, "_arrive", Meeting(2).before(taking._arrive))

    def take(ours):
        def run():
            mine = Basket.objects.get(pk=ours.pk)
            mine.strategy = strategy()
            return taking.take(hand_off_id=offered.pk, basket=mine, choice=HandOff.Choice.THEIRS)

        return run

    outcomes = at_once(*[take(ours) for ours in receiving])
    units = sum(BasketLine.objects.filter(basket__in=receiving).values_list("quantity", flat=True))
    if guarded:
        assert {type(outcome) for outcome in outcomes} == {HandOff, HandOffGone}
        assert units == 2
    else:
        assert units == 4, "the control is to lose"
