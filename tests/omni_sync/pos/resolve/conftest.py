"""A till at Menteng, and Rani who gives the answers."""

import pytest
from django.contrib.auth import get_user_model

from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from tests.factories import (
    make_connection,
    make_record,
    make_store,
    sale,
    tell_all,
    violations,
)
from tests.omni_sync.pos.resolve.conflicts import newest


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def record(store):
    return make_record(store, on_hand=50)


@pytest.fixture
def till(store, record):
    return make_connection(store)


@pytest.fixture
def rani():
    return get_user_model().objects.create(email="rani@langkah.example", is_staff=True)


@pytest.fixture
def answer(rani):
    """Give an answer to the one open conflict (or failure), then work off the lane."""

    def give(use_case, state="conflict"):
        done = use_case(event=InboxEvent.objects.get(state=state), by=rani)
        drain()
        assert violations() == []
        return done

    return give


@pytest.fixture
def failed(store, till):
    event = sale(store, "R-9", {"TEE": 3})
    tell_all(till, event)
    InboxEvent.objects.update(state="pending")  # as though its order were in the way
    drain()
    assert newest().state == "failed"
    return event
