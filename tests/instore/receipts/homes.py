"""Stores whose tills print claims, and accounts that they come home to."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from omni_sync.oscar.models import Order
from omni_sync.stock.audit import audit
from omni_sync.stock.queries import export_rows
from tests.factories import make_connection, make_record, sale, tell_all
from tests.instore.places import make_store

CLAIM = "k7" * 13


def make_shop(code="menteng"):
    store = make_store(code)
    make_record(store.partner, on_hand=9)
    return store


def make_user(name="budi"):
    return get_user_model().objects.create_user(f"{name}@langkah.example", "langkah-demi-langkah", first_name=name)


def told(store, number="R-1", *, claim=CLAIM, at=None, **more):
    """The event of a till, that it sold a tee a moment ago."""
    printed = {"claim": claim} if claim else {}
    return sale(store.partner, number, {"TEE": 1}, at=at or timezone.now(), **printed, **more)


def sold(store, number="R-1", **more):
    """The order of a sale that a till of this store has told of."""
    till = more.pop("till", None) or make_connection(store.partner)
    tell_all(till, told(store, number, **more))
    return Order.objects.get(sale__number=number, sale__store=store.partner)


def stock():
    """All that the books say of goods; they are right."""
    assert audit()["violations"] == []
    return list(export_rows())
