"""Lanes: in the order of arrival, in batches, and a poisoned event stops nobody but itself."""

import pytest
from django.db import NotSupportedError, OperationalError

from omni_sync.pos import apply as applying
from omni_sync.pos import drain as draining
from omni_sync.pos.drain import drain, drain_one, is_idle
from omni_sync.pos.models import InboxEvent, Lane, OutboxEvent
from omni_sync.pos.tasks import drain_inbox
from omni_sync.sales.models import Sale
from tests.factories import make_connection, make_record, make_store, on_hand, sale, states, tell, violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    store = make_store("menteng")
    make_record(store)
    return store


@pytest.fixture
def till(store):
    return make_connection(store)


@pytest.fixture
def poison(monkeypatch):
    """Sales with these numbers can't be applied."""
    numbers = set()
    translate = applying.translate

    def poisoned(event, row, batch):
        if getattr(event.data, "sale", None) in numbers:
            raise ValueError("cannot be\x00applied")
        return translate(event, row, batch)

    monkeypatch.setattr(applying, "translate", poisoned)
    return numbers


def test_a_poisoned_event_stops_nobody_but_itself(till, store, poison):
    poison.add("R-2")
    events = [sale(store, f"R-{n}", {"TEE": 1}) for n in range(5)]
    tell(till, *events)
    drain()
    assert states(*events) == ["applied", "applied", "failed", "applied", "applied"]
    failed = InboxEvent.objects.get(state="failed")
    assert ("ValueError: cannot be" in failed.error, failed.attempts) == (True, 1)
    assert (on_hand(store), Sale.objects.count(), is_idle(), violations()) == (-4, 4, True, [])


def test_nothing_of_a_poisoned_event_is_in_the_books(till, store, poison, monkeypatch):
    """It fails after everything was written: all of it goes back."""

    def refuse(**told):
        raise ValueError

    monkeypatch.setattr(applying, "post", refuse)
    tell(till, sale(store, "R-1", {"TEE": 1}))
    drain()
    assert (Sale.objects.count(), OutboxEvent.objects.filter(type="sale.recorded").count()) == (0, 0)
    assert InboxEvent.objects.get().state == "failed"


@pytest.mark.parametrize(
    "trouble",
    [OperationalError("server closed the connection"), NotSupportedError("cached plan must not change result type")],
)
def test_the_databases_own_trouble_fails_no_event(till, store, monkeypatch, trouble):
    def lost(**told):
        raise trouble

    tell(till, sale(store, "R-1", {"TEE": 1}))
    with monkeypatch.context() as patch:
        patch.setattr(draining, "apply", lost)
        with pytest.raises(type(trouble)):
            drain()
    assert InboxEvent.objects.get().state == "pending"
    drain()
    assert on_hand(store) == -1


def test_a_lane_is_worked_off_in_batches_in_the_order_of_arrival(till, store, monkeypatch):
    monkeypatch.setattr(draining, "MOST_EVENTS", 2)
    events = [sale(store, f"R-{n}", {"TEE": 1}) for n in range(5)]
    tell(till, *events)
    seen = []
    while drain_one():
        seen.append(states(*events).count("applied"))
    assert seen == [2, 4, 5]


def test_lanes_take_turns(store, monkeypatch):
    monkeypatch.setattr(draining, "MOST_EVENTS", 1)
    kemang = make_store("kemang")
    make_record(kemang)
    till = make_connection(store, kemang)
    tell(till, *(sale(s, f"R-{n}", {"TEE": 1}) for s in (store, kemang) for n in range(2)))
    drain_one()
    drain_one()
    assert (on_hand(store), on_hand(kemang)) == (-1, -1)
    assert Lane.objects.count() == 2


def test_the_task_works_off_everything(till, store):
    tell(till, sale(store, "R-1", {"TEE": 1}))
    assert (drain_inbox(), drain_inbox()) == (1, 0)


def test_what_a_till_sold_is_told_to_other_systems(till, store):
    tell(till, sale(store, "R-1", {"TEE": 2}))
    drain()
    told = {event.type: event for event in OutboxEvent.objects.all()}
    assert told["stock.changed"].data == {
        "sku": "TEE", "store": "menteng", "on_hand": -2, "held": 0, "available": 0
    }  # fmt: skip
    assert told["sale.recorded"].data["order"] == "menteng-R-1"
    assert told["sale.recorded"].data["total"] == "2000.00"
    assert {event.store for event in told.values()} == {store}
