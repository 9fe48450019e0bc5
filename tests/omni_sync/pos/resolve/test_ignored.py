"""Ignored conflicts, and events that failed."""

import pytest

from omni_sync.oscar.models import Order
from omni_sync.pos import resolve
from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from tests.factories import (
    on_hand,
    sale,
    tell_all,
)
from tests.omni_sync.pos.resolve.conflicts import contradict, newest

pytestmark = pytest.mark.django_db


def test_an_ignored_conflict_changes_nothing_and_says_who_and_when(store, till, answer, rani):
    contradict(till, sale(store, "R-1", {"TEE": 2}), wrong := sale(store, "R-1", {"TEE": 5}))
    assert answer(resolve.ignore)
    event = InboxEvent.objects.get(event_id=wrong["id"])
    assert (event.state, event.resolution, event.resolved_by) == ("ignored", "ignored", rani)
    assert event.resolved_at is not None
    assert on_hand(store) == 48


def test_what_was_ignored_is_a_duplicate_when_told_again(store, till, answer):
    contradict(till, first := sale(store, "R-1", {"TEE": 2}), wrong := sale(store, "R-1", {"TEE": 5}))
    answer(resolve.ignore)
    told = tell_all(till, wrong, first)
    assert (told.accepted, told.duplicates) == (0, 2)
    assert not InboxEvent.objects.filter(state="conflict").exists()


def test_an_event_is_answered_once(store, till, rani):
    contradict(till, sale(store, "R-1", {"TEE": 2}), sale(store, "R-1", {"TEE": 5}))
    event = InboxEvent.objects.get(state="conflict")
    use_cases = [resolve.ignore, resolve.accept_as_new, resolve.accept_as_correction, resolve.ignore, resolve.retry]
    assert [use_case(event=event, by=rani) for use_case in use_cases] == [True, False, False, False, False]
    drain()
    assert on_hand(store) == 48


def test_two_ignored_conflicts_with_one_number_are_no_trouble(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 2}), sale(store, "R-1", {"TEE": 5}))
    answer(resolve.ignore)
    tell_all(till, sale(store, "R-1", {"TEE": 6}))
    assert answer(resolve.ignore)


def test_a_failed_event_is_tried_again(store, till, failed, answer):
    Order.objects.all().delete()
    assert answer(resolve.retry, state="failed")
    event = newest()
    assert (event.state, event.error, event.resolution) == ("applied", "", "retried")


def test_a_failed_event_can_be_ignored_and_its_number_is_free_again(store, till, failed, answer):
    assert answer(resolve.ignore, state="failed")
    assert tell_all(till, failed).duplicates == 1
    Order.objects.all().delete()
    assert tell_all(till, sale(store, "R-9", {"TEE": 1})).accepted == 1
    assert newest().state == "applied"


def test_a_failed_hint_is_read_again(store, till, failed, rani):
    InboxEvent.objects.update(type="order.updated")
    assert resolve.retry(event=newest(), by=rani)
    assert newest().state == "hint"
