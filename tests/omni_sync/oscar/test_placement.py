from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from oscar.core.loading import get_class

from omni_sync.oscar.models import Basket
from omni_sync.oscar.refusals import BasketSoldOut, BasketTaken
from omni_sync.stock.count import count
from omni_sync.stock.models import Hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(product, place, stocked):
    return stocked(product(), place("Online", sells_online=True), 5)


@pytest.fixture
def checkout(request_of):
    """Makes a checkout of this basket, as far as freezing goes."""

    def make(basket):
        view = get_class("checkout.mixins", "OrderPlacementMixin")()
        view.request = request_of(basket=basket)
        view.request.basket = basket
        view.checkout_session = SimpleNamespace(get_submitted_basket_id=lambda: basket.pk)
        return view

    return make


def test_freezing_holds_for_a_while(checkout, basket, record, settings):
    settings.LINTAS_CHECKOUT_HOLD_MINUTES = 20
    full = basket((record.product, 3))
    checkout(full).freeze_basket(full)
    hold = Hold.objects.open().get()
    assert (hold.holder_kind, hold.holder, hold.quantity) == ("basket", str(full.pk), 3)
    assert timedelta(minutes=19) < hold.until - timezone.now() < timedelta(minutes=21)
    assert Basket.objects.get(pk=full.pk).status == Basket.FROZEN


def test_what_cannot_be_held_is_not_frozen(checkout, basket, record):
    full = basket((record.product, 3))
    count(stockrecord=record, quantity=2)
    with pytest.raises(BasketSoldOut, match="only 2 are left"):
        checkout(full).freeze_basket(full)
    assert Basket.objects.get(pk=full.pk).status == full.status == Basket.OPEN
    assert not Hold.objects.exists()


def test_a_basket_submitted_in_two_windows_is_frozen_once(checkout, basket, record):
    """LESSONS 7: both windows loaded it while it was open."""
    full = basket((record.product, 3))
    other_window = Basket.objects.get(pk=full.pk)
    other_window.strategy = full.strategy
    checkout(full).freeze_basket(full)
    with pytest.raises(BasketTaken):
        checkout(other_window).freeze_basket(other_window)
    assert Hold.objects.open().get().quantity == 3


def test_a_frozen_basket_may_be_frozen_again_by_whoever_comes_back_with_it(checkout, basket, record):
    full = basket((record.product, 3))
    checkout(full).freeze_basket(full)
    again = Basket.objects.get(pk=full.pk)
    again.strategy = full.strategy
    checkout(again).freeze_basket(again)
    assert Hold.objects.open().get().quantity == 3


def test_restoring_opens_the_basket_and_lets_go(checkout, basket, record):
    full = basket((record.product, 3))
    checkout(full).freeze_basket(full)
    checkout(full).restore_frozen_basket()
    assert Basket.objects.get(pk=full.pk).status == Basket.OPEN
    assert Hold.objects.get().end_reason == "cancelled"
    record.refresh_from_db()
    assert record.net_stock_level == 5


def test_an_ordered_basket_is_never_restored(checkout, basket, record, order):
    full = basket((record.product, 3))
    checkout(full).freeze_basket(full)
    order(from_basket=full)
    full.submit()
    checkout(full).restore_frozen_basket()
    assert Basket.objects.get(pk=full.pk).status == Basket.SUBMITTED
    assert Hold.objects.open().get().holder_kind == "order"
