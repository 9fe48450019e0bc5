"""Webhooks, duplicates and speed: LESSONS 42, 43, 56 and 57."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from omni_sync.stock.count import count
from omni_sync.stock.models import Movement
from tests.factories import NOON, on_hand, sale, tell, tell_all, violations
from tests.instore import places


def test_lesson_42_deliveries_that_differ_by_milliseconds_are_one_sale(record, store, till):
    events = [
        {**sale(store, "R-1", {"TEE": 1}, at=NOON + timedelta(milliseconds=n)), "sent_at": f"…:{n}"} for n in range(4)
    ]
    told = [tell(till, event) for event in events]
    assert [(t.accepted, t.duplicates) for t in told] == [(1, 0), (0, 1), (0, 1), (0, 1)]
    drain()
    assert (on_hand(store), Movement.objects.filter(kind="sale").count()) == (4, 1)


def test_lesson_43_one_event_that_comes_several_times_at_once_is_kept_once(race, record, store, till):
    event = sale(store, "R-1", {"TEE": 1})
    told = race(*[lambda: tell(till, event)] * 4)
    assert sorted((t.accepted, t.duplicates) for t in told) == [(0, 1), (0, 1), (0, 1), (1, 0)]
    race(*[drain] * 2)
    assert (on_hand(store), InboxEvent.objects.count(), violations()) == (4, 1, [])


def queries(work):
    with CaptureQueriesContext(connection) as caught:
        work()
    return len(caught)


def test_lesson_56_a_figure_costs_the_same_after_one_movement_and_after_hundreds(record, store, till, client):
    places.make_store("menteng")

    def ask():
        return client.get("/api/v1/availability", {"sku": "TEE"})

    ask()
    few = queries(ask), queries(lambda: tell_all(till, sale(store, "A", {"TEE": 1}, at=timezone.now())))
    tell_all(till, *(sale(store, f"B-{n}", {"TEE": 1}, at=timezone.now()) for n in range(300)))
    many = queries(ask), queries(lambda: tell_all(till, sale(store, "C", {"TEE": 1}, at=timezone.now())))
    assert many <= few


@pytest.mark.django_db
def test_lesson_57_fifty_places_cost_no_more_queries_than_five(client):
    product = places.make_product()

    def ask():
        answer = client.get("/api/v1/availability", {"sku": "TEE"})
        return len(answer.json()["stores"])

    def open_stores(few):
        for n in few:
            store = places.make_store(f"place-{n}")
            places.put(product, store.partner, n)

    open_stores(range(5))
    ask()
    five = queries(ask)
    open_stores(range(5, 50))
    assert ask() == 50
    assert queries(ask) <= five <= 3


def test_lesson_57_counts_at_many_places_at_once_do_not_collide(race, record):
    records = [record, *(places.put(record.product, places.make_warehouse(f"w{n}"), 1) for n in range(5))]
    outcomes = race(*(lambda r=r: count(stockrecord=r, quantity=9) for r in records))
    assert outcomes == [None] * 6
    assert violations() == []
