"""A tablet in Menteng with Sari at it, and a pickup that waits to be picked."""

import re

import pytest

from tests.instore.pickup import conftest as pickups
from tests.instore.tablets import make_associate, make_device, tablet_of, type_pin

basket, order, product, request_of, strategy, shop, collected, pickup = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy, pickups.shop,
    pickups.collected, pickups.pickup,
)  # fmt: skip


@pytest.fixture
def on_duty(shop, clean_cache):
    """Sari's tablet at the till of Menteng."""
    return sign_in_at(shop.store)


def sign_in_at(store, name="Sari", *, device="Till side", **more):
    tablet = tablet_of(make_device(store, name=device)[1])
    type_pin(tablet, make_associate(store, name, **more))
    return tablet


def page_of(pickup):
    return f"/staff/pickups/{pickup.order.number}/"


def nonce(number=0):
    """One that nobody has sent; the same for the same number."""
    return f"nonce-of-a-test-{number:04}"


def tap(tablet, pickup, verb, key, **more):
    return tablet.post(f"{page_of(pickup)}{verb}/", {"nonce": nonce(key), **more})


def nonces(answer):
    return re.findall(r'name="nonce" value="([^"]+)"', answer.content.decode())
