"""A shop where two tees and a hat wait to be collected, and ways to take their pickup anywhere."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from instore.pickup.cancel import cancel
from instore.pickup.expire import expire
from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup, State
from instore.pickup.moves import By
from instore.pickup.pick import begin, mark_picked
from instore.pickup.put_back import put_back
from instore.pickup.ready import mark_ready
from omni_sync.carts.fulfilment import choose
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Hold, Level
from tests.instore.places import make_product, make_store, put
from tests.omni_sync.oscar import conftest as oscar

basket, order, product, request_of, strategy = (
    oscar.basket, oscar.order, oscar.product, oscar.request_of, oscar.strategy,
)  # fmt: skip
RINA = By(place="tablet 1", who="Rina")
ON_HAND = {"tee": 5, "hat": 4}
ORDERED = {"tee": 2, "hat": 1}


@pytest.fixture
def shop(db):
    """Menteng with five tees and four hats."""
    store = make_store("menteng")
    records = {
        sku: put(make_product(sku.title()), store.partner, quantity, sku=sku.upper(), price="149000")
        for sku, quantity in ON_HAND.items()
    }
    return SimpleNamespace(store=store, **records)


@pytest.fixture
def collected(basket, order):
    """Orders goods to be collected at a store; the order."""

    def make(store, *contents):
        ours = basket(*((record.product, quantity) for record, quantity in contents))
        choose(basket=ours, place=store.partner)
        return order(from_basket=ours)

    return make


@pytest.fixture
def pickup(shop, collected):
    """Two tees and a hat, ordered a moment ago."""
    return collected(shop.store, (shop.tee, 2), (shop.hat, 1)).pickup


def pick_all(pickup):
    for line in pickup.lines.all():
        mark_picked(pickup_id=pickup.pk, line=line.pk, quantity=line.quantity)


def let_time_pass(pickup):
    Pickup.objects.filter(pk=pickup.pk).update(deadline=timezone.now() - timedelta(minutes=1))


def to_picking(pickup):
    begin(pickup_id=pickup.pk, by=RINA)


def to_ready(pickup):
    to_picking(pickup)
    pick_all(pickup)
    mark_ready(pickup_id=pickup.pk, by=RINA)


def to_expired(pickup):
    to_ready(pickup)
    let_time_pass(pickup)
    expire(pickup_id=pickup.pk)


def bring(pickup, state):
    """Take a placed pickup to ``state`` the way staff do."""
    if state == State.PICKING:
        to_picking(pickup)
    elif state == State.READY:
        to_ready(pickup)
    elif state == State.COLLECTED:
        to_ready(pickup)
        hand_over(pickup_id=pickup.pk, by=RINA)
    elif state == State.CANCELLED:
        cancel(pickup_id=pickup.pk, by=RINA)
    elif state == State.EXPIRED:
        to_expired(pickup)
    elif state == State.PUT_BACK:
        to_expired(pickup)
        put_back(pickup_id=pickup.pk, by=RINA)


def state_of(pickup):
    return Pickup.objects.values_list("state", flat=True).get(pk=pickup.pk)


def line_of(pickup, sku):
    return pickup.lines.get(order_line__partner_sku=sku.upper())


def levels(shop):
    """What there is of tees and hats, and what of it is promised."""
    rows = {level.stockrecord_id: (level.on_hand, level.held) for level in Level.objects.all()}
    return {sku: rows[getattr(shop, sku).pk] for sku in ON_HAND}


def reasons():
    """Why promises ended."""
    return set(Hold.objects.exclude(ended_at=None).values_list("end_reason", flat=True))


def assert_books_are_right():
    assert audit()["violations"] == []


def with_transaction(use_case, **arguments):
    with transaction.atomic():
        return use_case(**arguments)
