"""Menteng's tablet with Sari at it, and a shopper's phone."""

import pytest
from django.test import Client

from tests.instore.pickup import conftest as pickups
from tests.instore.tablet.conftest import sign_in_at

shop = pickups.shop


@pytest.fixture
def on_duty(shop, clean_cache):
    return sign_in_at(shop.store)


@pytest.fixture
def phone(shop):
    """A browser of nobody's account with two tees in its basket."""
    device = Client()
    device.post(f"/basket/add/{shop.tee.product.pk}/", {"quantity": 2})
    return device
