"""A tee to pay for."""

import pytest
from django.contrib.auth import get_user_model
from oscar.core.loading import get_model

from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.omni_sync.payments.conftest import bank, posting_bank  # noqa: F401 - fixtures


@pytest.fixture
def shop(bank):  # noqa: F811
    country = get_model("address", "Country")
    country.objects.update_or_create(
        iso_3166_1_a2="ID", defaults={"printable_name": "Indonesia", "is_shipping_country": True}
    )
    tee = make_product("Tee", size="M")
    put(tee, make_warehouse(), 9, price="139000")
    put(tee, make_store("menteng").partner, 9, price="149000")
    return tee


@pytest.fixture
def member(client):
    user = get_user_model().objects.create_user(email="budi@langkah.example", first_name="Budi")
    client.force_login(user)
    return client
