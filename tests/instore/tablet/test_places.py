"""Who picks reads where each article stands, along the shelves."""

import pytest

from instore.stores.shelves import ShelfPlace
from instore.tablet.sheet import sheet_of
from tests.instore.tablet.conftest import page_of
from tests.instore.tablets import read

pytestmark = pytest.mark.django_db


def test_what_is_to_be_picked_says_where_it_stands(on_duty, pickup, shop):
    ShelfPlace.objects.create(store=shop.store, product=shop.hat.product, place="A-10")
    ShelfPlace.objects.create(store=shop.store, product=shop.tee.product, place="A-2")
    said = read(on_duty.get(page_of(pickup)))
    assert "Place A-2" in said
    assert [item.place for item in sheet_of(pickup).items] == ["A-2", "A-10"]
    ShelfPlace.objects.filter(place="A-2").delete()
    assert [item.place for item in sheet_of(pickup).items] == ["A-10", ""]
