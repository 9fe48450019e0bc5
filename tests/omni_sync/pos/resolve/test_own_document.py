"""A conflict that becomes a document of its own."""

import pytest

from omni_sync.oscar.models import Order
from omni_sync.pos import resolve
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.renumber import NoFreeName
from tests.factories import (
    customer,
    on_hand,
    sale,
    tell_all,
    voided,
)
from tests.omni_sync.pos.resolve.conflicts import contradict, newest

pytestmark = pytest.mark.django_db


def test_a_conflict_becomes_a_document_of_its_own(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 2}), other := sale(store, "R-1", {"TEE": 5}))
    assert answer(resolve.accept_as_new)
    assert on_hand(store) == 43
    assert set(Order.objects.values_list("number", flat=True)) == {"menteng-R-1", "menteng-R-1~2"}
    told, new = InboxEvent.objects.get(state="accepted"), newest()
    assert (told.event_id, told.document, told.became) == (other["id"], "sale/R-1", new)
    assert (new.event_id, new.document, new.payload["data"]["sale"]) == (other["id"], "sale/R-1~2", "R-1~2")


def test_what_was_taken_up_is_a_duplicate_when_told_again(store, till, answer):
    contradict(till, first := sale(store, "R-1", {"TEE": 2}), other := sale(store, "R-1", {"TEE": 5}))
    answer(resolve.accept_as_new)
    told = tell_all(till, other, first)
    assert (told.accepted, told.duplicates) == (0, 2)
    assert on_hand(store) == 43


def test_the_first_free_number_is_taken(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 1}), sale(store, "R-1", {"TEE": 2}))
    answer(resolve.accept_as_new)
    tell_all(till, sale(store, "R-1", {"TEE": 3}))
    answer(resolve.accept_as_new)
    assert newest().document == "sale/R-1~3"
    assert on_hand(store) == 44


def test_an_id_that_was_used_twice_gets_a_suffix_and_the_number_stays(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 1}, key="e"), sale(store, "R-2", {"TEE": 2}, key="e"))
    answer(resolve.accept_as_new)
    assert (newest().event_id, newest().document) == ("e~2", "sale/R-2")
    assert on_hand(store) == 47


def test_a_number_of_full_length_makes_room_for_its_suffix(store, till, answer):
    contradict(till, sale(store, "R" * 64, {"TEE": 1}), sale(store, "R" * 64, {"TEE": 2}))
    answer(resolve.accept_as_new)
    assert newest().document == f"sale/{'R' * 62}~2"
    assert newest().state == "applied"


def test_a_customer_may_be_told_anew(store, till, answer):
    contradict(
        till, customer(store, document="C-1", email="a@example.com"), customer(store, document="C-1", phone="+62811")
    )
    assert answer(resolve.accept_as_new)
    assert newest().state == "applied"


def test_a_void_has_no_number_to_be_taken_up_under(store, till, answer):
    contradict(till, voided(store, sale="R-1"), voided(store, sale="R-1", why="mistake"))
    with pytest.raises(NoFreeName):
        answer(resolve.accept_as_new)
    assert InboxEvent.objects.filter(state="conflict", resolved_at=None).count() == 1
