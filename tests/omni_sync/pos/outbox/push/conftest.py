"""A till whose connection pushes to a real receiver."""

import pytest

from tests.factories import make_connection, make_store
from tests.omni_sync.pos.outbox.receiver import (
    Receiver,
    listening,
)


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def till(store):
    return make_connection(store, name="menteng-till")


@pytest.fixture
def receiver():
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def endpoint(till, receiver):
    """The till's connection, pushing to the receiver."""
    return listening(till, receiver)
