"""The same told again, and something else under the same name."""

import pytest

from omni_sync.oscar.models import Order
from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from tests.factories import (
    as_body,
    books,
    make_connection,
    make_store,
    on_hand,
    post,
    returned,
    sale,
    states,
)
from tests.omni_sync.pos.door.answers import is_unusable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


def test_the_same_event_again_is_a_duplicate(client, till, store):
    event = sale("menteng", "R-1", {"TEE": 1})
    told = [post(client, till, [event, event]).json(), post(client, till, [event]).json()]
    assert [(t["accepted"], t["duplicates"]) for t in told] == [(1, 1), (0, 1)]
    drain()
    assert on_hand(store) == -1


def test_the_same_document_under_another_id_with_equal_content_is_a_duplicate(client, till, store):
    event = sale("menteng", "R-1", {"TEE": 1})
    reordered = {**event, "id": "evt-other", "data": dict(reversed(event["data"].items()))}
    told = post(client, till, [event, reordered]).json()
    assert (told["accepted"], told["duplicates"]) == (1, 1)
    drain()
    assert (on_hand(store), states(event, reordered)) == (-1, ["applied", "duplicate"])


@pytest.mark.parametrize("together", [True, False])
def test_the_same_id_with_other_content_is_a_conflict_and_nothing_is_applied(client, till, store, together):
    event, other = sale("menteng", "R-1", {"TEE": 1}, key="e1"), sale("menteng", "R-9", {"TEE": 5}, key="e1")
    for delivery in [[event, other]] if together else [[event], [other]]:
        assert post(client, till, delivery).status_code == 202
    drain()
    assert states(event) == ["applied", "conflict"]
    assert on_hand(store) == -1
    assert post(client, till, [other]).json()["duplicates"] == 1  # it is known that it contradicts
    assert InboxEvent.objects.count() == 2


@pytest.mark.parametrize("together", [True, False])
def test_the_same_document_with_other_content_is_a_conflict_and_nothing_is_applied(client, till, store, together):
    event, other = sale("menteng", "R-1", {"TEE": 1}), sale("menteng", "R-1", {"TEE": 5})
    for delivery in [[event, other]] if together else [[event], [other]]:
        assert post(client, till, delivery).status_code == 202
    drain()
    assert states(event, other) == ["applied", "conflict"]
    assert on_hand(store) == -1


def test_one_number_may_be_used_by_two_stores_and_two_kinds(client, till, store):
    kemang = make_store("kemang")
    both = make_connection(store, kemang)
    events = [sale("menteng", "1", {"TEE": 1}), sale("kemang", "1", {"TEE": 1}), returned("menteng", "1", {"TEE": 1})]
    assert post(client, both, events).json()["accepted"] == 3


def test_nothing_of_a_refused_event_is_in_the_books(client, till, store):
    bad = sale("menteng", "R-1", [("TEE", 1), ("CAP", 0)])
    is_unusable(post(client, till, as_body([bad])))
    drain()
    assert books(store) == {("menteng", "TEE"): 0, ("menteng", "CAP"): 0}
    assert not Order.objects.exists()
