"""A warehouse that sends, two shops that do not, and a basket."""

import pytest

from omni_sync.carts.fulfilment import choose
from tests.omni_sync.oscar import conftest as goods

basket, place, product, request_of = goods.basket, goods.place, goods.product, goods.request_of
stocked, strategy = goods.stocked, goods.strategy


@pytest.fixture
def gudang(place):
    return place("Gudang", sells_online=True)


@pytest.fixture
def menteng(place):
    return place("Menteng")


@pytest.fixture
def dago(place):
    return place("Dago")


@pytest.fixture
def go():
    """Chooses for a basket."""
    return lambda ours, place=None: choose(basket=ours, place=place)


def contents(ours):
    """The lines as they stand in the database: title, place, quantity, price."""
    rows = ours.lines.order_by("pk").values_list(
        "product__title", "stockrecord__partner__name", "quantity", "price_incl_tax"
    )
    return [(title, name, quantity, int(price)) for title, name, quantity, price in rows]
