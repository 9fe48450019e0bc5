"""Two people answer at once, and a worker has the lane meanwhile: each answer counts once. With its control."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from omni_sync.pos import resolve, retry
from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from omni_sync.sales.models import Sale
from tests.factories import make_connection, make_record, make_store, on_hand, sale, tell_all, violations
from tests.stress.crowd import Meeting, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def till(store):
    make_record(store, on_hand=50)
    return make_connection(store)


@pytest.fixture
def people():
    users = get_user_model().objects
    return [users.create(email=f"{name}@langkah.example", is_staff=True) for name in ("rani", "budi")]


def contradiction(store, till):
    tell_all(till, sale(store, "R-1", {"TEE": 2}))
    tell_all(till, sale(store, "R-1", {"TEE": 5}))
    return InboxEvent.objects.get(state="conflict")


def answer_at_once(event, people, *use_cases):
    """Each person gives their answer, all at the same moment; who was heard."""
    outcomes = at_once(*(lambda u=u, p=p: u(event=event, by=p) for u, p in zip(use_cases, people, strict=True)))
    assert failures(outcomes) == []
    drain()
    return sorted(outcomes)


ANSWERS = [resolve.accept_as_new, resolve.accept_as_correction, resolve.ignore]


@pytest.mark.parametrize("first", ANSWERS, ids=lambda use_case: use_case.__name__)
@pytest.mark.parametrize("second", ANSWERS, ids=lambda use_case: use_case.__name__)
def test_of_two_people_who_answer_one_conflict_at_once_one_is_heard(store, till, people, first, second):
    event = contradiction(store, till)
    assert answer_at_once(event, people, first, second) == [False, True]
    event.refresh_from_db()
    left = {"new": 43, "correction": 45, "ignored": 48}[event.resolution]
    assert on_hand(store) == left
    assert violations() == []


def test_control_two_who_look_before_they_write_are_both_heard(store, till, people, monkeypatch):
    """The same without the guard: both see an open conflict, and it is taken up twice."""
    meeting = Meeting(2)

    def look_then_write(event, by, resolution, of, **change):
        is_open = InboxEvent.objects.get(pk=event.pk).state in of
        meeting.wait()
        if is_open:
            change |= {"resolution": resolution, "resolved_by": by.pk, "resolved_at": timezone.now()}
            InboxEvent.objects.filter(pk=event.pk).update(**change)
        return is_open

    monkeypatch.setattr(resolve, "_answer", look_then_write)
    event = contradiction(store, till)
    assert answer_at_once(event, people, resolve.accept_as_new, resolve.accept_as_new) == [True, True]
    assert on_hand(store) == 38  # five units left the shelf twice
    assert not meeting.failed


@pytest.fixture
def failed(store, till):
    tell_all(till, *(sale(store, f"R-{n}", {"TEE": 1}) for n in range(3)))
    InboxEvent.objects.update(state="pending")  # as though their sales were in the way
    drain()
    assert InboxEvent.objects.filter(state="failed").count() == 3
    Sale.objects.all().delete()
    return retry.failures_by_reason()[0].reason


def test_all_that_failed_for_one_reason_take_their_turn_again_once(store, till, people, failed):
    outcomes = at_once(*(lambda p=p: retry.retry_all(reason=failed, by=p) for p in people))
    assert failures(outcomes) == []
    assert sum(outcomes) == 3
    assert InboxEvent.objects.filter(state="pending", attempts=0, resolution="retried").count() == 3


def test_applying_again_beside_a_worker_applies_each_event_once(store, till, people, failed):
    event = InboxEvent.objects.filter(state="failed").first()
    tasks = [lambda: retry.retry_all(reason=failed, by=people[0]), lambda: resolve.retry(event=event, by=people[1])]
    assert failures(at_once(*tasks, lambda: drain(seconds=2), lambda: drain(seconds=2))) == []
    drain()
    assert on_hand(store) == 47
    assert retry.retry_all(reason=failed, by=people[0]) == 0
    assert violations() == []


def test_another_reason_is_left_alone(store, till, people, failed):
    other = InboxEvent.objects.filter(state="failed").first()
    InboxEvent.objects.filter(pk=other.pk).update(error="KeyError: 'x'\nand more of it", type="order.updated")
    assert {f.reason: f.events for f in retry.failures_by_reason()} == {failed: 2, "KeyError: 'x'": 1}
    assert retry.retry_all(reason="KeyError: 'x'", by=people[0]) == 1
    other.refresh_from_db()
    assert other.state == "hint"  # what no form of ours names is read at the source
    assert retry.retry_all(reason="nothing of the sort", by=people[0]) == 0
