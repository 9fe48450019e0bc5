"""Shoppers who want the same goods, one by one or all at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from omni_sync.stock.exceptions import SoldOut
from omni_sync.stock.hold import Holder, Line, hold
from tests.factories import make_connection, make_product, make_record, make_store


@pytest.fixture
def store(db):
    return make_store("menteng")


@pytest.fixture
def record(store):
    """Five of them are there."""
    return make_record(store, on_hand=5)


@pytest.fixture
def other(store):
    return make_record(store, product=make_product("Cap"), sku="CAP", on_hand=5)


@pytest.fixture
def till(store):
    return make_connection(store)


@pytest.fixture
def wants():
    """``wants(key, (record, 2), …)``: True if the shopper was promised all of it."""

    def ask(key, *lines, kind="basket", minutes: float | None = 15):
        until = None if minutes is None else timezone.now() + timedelta(minutes=minutes)
        try:
            with transaction.atomic():
                hold(lines=[Line(r.pk, n) for r, n in lines], holder=Holder(kind, str(key)), until=until)
        except SoldOut:
            return False
        return True

    return ask


@pytest.fixture
def race(transactional_db) -> Callable:
    """Run the calls at the same moment, each on a connection of its own; what each returned or raised."""

    def run(*calls):
        start = threading.Barrier(len(calls))

        def one(call):
            try:
                start.wait(timeout=30)
                return call()
            except Exception as failure:
                return failure
            finally:
                connection.close()

        with ThreadPoolExecutor(len(calls)) as crowd:
            return list(crowd.map(one, calls))

    return run
