"""A shop that is somebody's own, with goods."""

import pytest

from instore.stores.models import Store
from instore.stores.own import OwnStore
from omni_sync.oscar.models import Basket, BasketLine, StockRecord
from tests.factories import make_product, make_record, make_store
from tests.omni_sync.triggers.conftest import clock, only

__all__ = ["clock", "only"]


@pytest.fixture
def menteng(db):
    place = make_store("menteng", online=True)
    Store.objects.create(partner=place, is_open_to_public=True)
    return place


@pytest.fixture
def goods(menteng):
    """Makes a thing at Menteng, so many of it."""

    def make(title="Tee", on_hand=5, **fields):
        return make_record(menteng, product=make_product(title, **fields), sku=title.upper(), on_hand=on_hand)

    return make


def calls_it_theirs(person, place):
    return OwnStore.objects.create(user=person.user, store_id=place.pk)


def basket_of(person, *records, quantity=1):
    """A basket at home; its lines were put there now."""
    basket = Basket.objects.create(owner=person.user)
    for record in records:
        BasketLine.objects.create(
            basket=basket, line_reference=f"{record.pk}", product=record.product, stockrecord=record,
            quantity=quantity, price_incl_tax=record.price, price_excl_tax=record.price, price_currency="IDR",
        )  # fmt: skip
    return basket


def left(record, units):
    """The books say that so many are there."""
    from omni_sync.stock.models import Level

    Level.objects.filter(stockrecord=record).update(on_hand=units)
    return StockRecord.objects.get(pk=record.pk)
