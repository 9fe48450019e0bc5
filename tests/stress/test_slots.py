"""Two shoppers want the last place in a slot: one order is written. The control has no turns to take."""

import pytest
from django.utils import timezone

from instore.pickup import place as placing
from instore.pickup import slots
from instore.pickup.models import Pickup
from instore.pickup.refusals import SlotRefused
from instore.pickup.slots import free_slots
from instore.stores.models import Store
from omni_sync.carts.fulfilment import choose
from omni_sync.oscar.models import Order
from omni_sync.stock.models import Hold
from tests.instore.pickup import conftest as pickups
from tests.instore.pickup.test_place import order_with
from tests.stress.crowd import Meeting, at_once, deadlocks, failures
from tests.stress.goods import assert_books_are_right

pytestmark = pytest.mark.django_db(transaction=True)
basket, order, product, request_of, shop, strategy = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.shop, pickups.strategy,
)  # fmt: skip


@pytest.fixture
def both_ask(shop, basket, order, monkeypatch):
    """One wants a tee and one a hat, at the same time, where there is room for one; how it went for each."""
    Store.objects.update(pickup_capacity=1)
    shop.store.refresh_from_db()
    at = free_slots(store=shop.store, now=timezone.now())[2].at
    baskets = []
    for record in (shop.tee, shop.hat):  # of one record the second would wait for the level
        ours = basket((record.product, 1))
        choose(basket=ours, place=shop.store.partner)
        baskets.append(ours)
    monkeypatch.setattr(placing, "_written", Meeting(2).before(placing._written))

    def ask():
        return at_once(*(lambda ours=ours: order_with(order, ours, {"promised_at": at}) for ours in baskets))

    return ask


def test_the_last_place_goes_to_one_of_two_shoppers(both_ask):
    outcomes = both_ask()
    assert [type(failure) for failure in failures(outcomes)] == [SlotRefused]
    assert (Order.objects.count(), Pickup.objects.count()) == (1, 1)
    assert Hold.objects.open().get().holder_kind == Hold.ORDER
    assert deadlocks(outcomes) == 0
    assert_books_are_right()


def test_control_without_turns_the_slot_is_promised_twice(both_ask, monkeypatch):
    monkeypatch.setattr(slots, "_in_turn", lambda store: store)
    assert failures(both_ask()) == []
    assert Pickup.objects.count() == 2
