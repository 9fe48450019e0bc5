"""What becomes of a pickup is on the timeline of whoever ordered with an account, and on nobody's else."""

from functools import partial
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from oscar.core.loading import get_class

from instore.pickup.models import State
from omni_sync.carts.fulfilment import choose
from omni_sync.people.models import Person, Touchpoint
from omni_sync.people.timeline import timeline_of
from tests.instore.pickup.conftest import bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(shop, basket, order):
    """Two tees that somebody with an account ordered."""
    sari = get_user_model()._default_manager.create(email="sari@langkah.example")
    ours = basket((shop.tee.product, 2))
    choose(basket=ours, place=shop.store.partner)
    creator = partial(get_class("order.utils", "OrderCreator")().place_order, user=sari)
    return order(from_basket=ours, creator=lambda: SimpleNamespace(place_order=creator)).pickup


@pytest.mark.parametrize(
    ("state", "states"),
    [
        (State.PLACED, ["placed"]),
        (State.PICKING, ["placed"]),
        (State.COLLECTED, ["placed", "ready", "collected"]),
        (State.CANCELLED, ["placed", "cancelled"]),
        (State.PUT_BACK, ["placed", "ready", "expired"]),
    ],
)
def test_each_change_is_a_contact_once(mine, shop, state, states):
    bring(mine, state)
    person = Person.objects.get(user=mine.order.user)
    rows = timeline_of(person).filter(kind="pickup").order_by("pk")
    assert [row.data for row in rows] == [{"number": str(mine.order.number), "state": one} for one in states]
    assert {row.store for row in rows} == {shop.store.partner}
    assert [row.channel for row in rows] == ["web"] + ["store"] * (len(states) - 1)


def test_what_was_handed_over_is_a_sale_of_theirs(mine):
    bring(mine, State.COLLECTED)
    assert mine.order.sale.person == Person.objects.get(user=mine.order.user)
    assert Touchpoint.objects.filter(kind="sale", channel="tablet").count() == 1


def test_whoever_ordered_without_an_account_has_no_timeline(pickup):
    bring(pickup, State.COLLECTED)
    assert (Person.objects.count(), Touchpoint.objects.count()) == (0, 0)
