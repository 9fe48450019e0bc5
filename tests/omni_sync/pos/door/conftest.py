"""A till at Menteng that sells two things."""

import pytest

from tests.factories import (
    make_connection,
    make_record,
    make_store,
)


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def till(store):
    make_record(store)
    make_record(store, sku="CAP")
    return make_connection(store)
