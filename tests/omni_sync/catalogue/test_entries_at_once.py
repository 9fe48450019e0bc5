"""Imports of many products: their entries follow once."""

import pytest

from omni_sync.catalogue.entries import entries_at_once
from omni_sync.catalogue.models import Entry
from omni_sync.oscar.models import Category, Product
from tests.instore.places import make_product

pytestmark = pytest.mark.django_db


def style_of(product):
    return Entry.objects.filter(product=product).values_list("style", flat=True).first()


def test_entries_follow_at_the_end_of_the_block_and_only_then():
    with entries_at_once():
        tee = make_product("TEE")
        assert style_of(tee) is None
        with entries_at_once():
            Category.add_root(name="Tees")
        assert style_of(tee) is None
    assert style_of(tee) is not None
    Product.objects.get(pk=make_product("CAP").pk).save()
    assert Entry.objects.exclude(style=None).count() == 2


def test_a_block_that_raises_leaves_saves_as_they_were_before():
    with pytest.raises(ZeroDivisionError), entries_at_once():
        raise ZeroDivisionError
    assert style_of(make_product("TEE")) is not None
