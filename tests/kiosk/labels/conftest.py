import itertools

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from instore.stores.shelves import ShelfPlace
from omni_sync.catalogue.gtin import check_digit
from omni_sync.catalogue.identify import describe
from tests.instore.places import make_product, make_store, put
from tests.instore.tablets import make_manager

numbers = itertools.count(100_000)


def new_gtin():
    payload = f"952123{next(numbers)}"
    return f"0{payload}{check_digit(payload)}"


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def shelve(store):
    """Put something on the store's shelves: its size, one of a style."""

    def put_there(sku="TEE-M", *, title="Tee", size="M", colour="black", price="149000", place="A-1", gtin=None, on=3):
        style = make_product(title, structure="parent")
        product = make_product("", parent=style, gtin=new_gtin() if gtin is None else gtin)
        describe(product=product, size=size, colour=colour)
        if place:
            ShelfPlace.objects.create(store=store, product=style, place=place)
        put(product, store.partner, on, sku=sku, price=price)
        return product

    return put_there


@pytest.fixture
def manager():
    return make_manager()


@pytest.fixture
def rosa(store):
    """Of the partner's own people."""
    rosa = get_user_model().objects.create_user(email="rosa@langkah.example", password="x")
    rosa.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    store.partner.users.add(rosa)
    return rosa
