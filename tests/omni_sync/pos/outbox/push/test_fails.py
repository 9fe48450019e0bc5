"""A receiver that fails, hangs, drips, is busy or gone: it is tried again, left, or left alone."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.pos.outbox import send
from omni_sync.pos.outbox.endpoints import resume
from omni_sync.pos.outbox.models import Endpoint
from omni_sync.pos.outbox.schedule import PAUSES
from tests.factories import make_connection
from tests.omni_sync.pos.outbox.push.pushed import push_all
from tests.omni_sync.pos.outbox.receiver import (
    Receiver,
    endpoint_of,
    hang,
    listening,
    say,
    time_passes,
)
from tests.stress.crowd import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("status", [301, 307, 400, 404, 500, 503])
def test_a_failure_is_tried_again_with_the_same_id_before_anything_else(store, endpoint, receiver, status):
    receiver.answers.extend([(status, {"Location": f"{receiver.url}/elsewhere"})])
    wanted = say(store, 3)
    assert push_all() == 0
    assert receiver.numbers == wanted[:1]
    assert push_all() == 0  # its time has not come
    failed = endpoint_of(endpoint)
    assert (failed.attempts, failed.last_status, failed.stopped_at) == (1, status, None)
    assert failed.last_error
    time_passes(endpoint)
    assert push_all() == 3
    assert receiver.numbers == wanted[:1] + wanted
    assert {one.path for one in receiver.heard} == {"/hook"}
    healed = endpoint_of(endpoint)
    assert (healed.attempts, healed.last_status, healed.last_error) == (0, 204, "")


def test_a_receiver_that_hangs_is_left_and_hears_the_same_later(store, endpoint, receiver, monkeypatch):
    monkeypatch.setattr(send, "WHOLE", 0.2)
    receiver.answers.append(hang(receiver.let_go))
    wanted = say(store, 2)
    assert push_all() == 0
    assert "in time" in endpoint_of(endpoint).last_error
    receiver.let_go.set()
    time_passes(endpoint)
    assert push_all() == 2
    assert receiver.numbers == wanted[:1] + wanted


def drip(door):
    """An answer that never stops beginning."""
    for _ in range(100):
        door.wfile.write(b"HTTP/1.1 200 OK\r\nX-More: " if _ == 0 else b"x")
        door.wfile.flush()
        time.sleep(0.05)
    door.close_connection = True


def test_a_receiver_that_drips_its_answer_is_left_too(store, endpoint, receiver, monkeypatch):
    monkeypatch.setattr(send, "WHOLE", 0.3)
    receiver.answers.append(drip)
    say(store)
    assert push_all() == 0
    assert "in time" in endpoint_of(endpoint).last_error


def test_a_long_answer_is_not_read_to_its_end(store, endpoint, receiver):
    sent = []

    def tell_stories(door):
        door.send_response(200)
        door.send_header("Content-Length", str(10**9))
        door.end_headers()
        try:
            sent.extend(door.wfile.write(b"x" * 65536) for _ in range(2000))
        except OSError:
            door.close_connection = True

    receiver.answers.append(tell_stories)
    wanted = say(store, 2)
    assert push_all() == 2
    assert receiver.numbers == wanted
    eventually(lambda: len(sent) < 2000)


def test_a_receiver_that_is_not_there_is_tried_again(store, till):
    with Receiver() as receiver:
        listening(till, receiver)
    say(store)
    assert push_all() == 0
    failed = endpoint_of(till)
    assert (failed.last_status, failed.attempts) == (None, 1)
    assert "could not be reached" in failed.last_error


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_receiver_that_asks_for_time_is_given_it(store, endpoint, receiver, status):
    receiver.answers.append((status, {"Retry-After": "3600"}))
    say(store)
    push_all()
    waits = endpoint_of(endpoint).next_attempt_at - timezone.now()
    assert timedelta(minutes=59) < waits <= timedelta(hours=1)


def test_a_receiver_may_name_the_time(store, endpoint, receiver):
    at = timezone.now() + timedelta(hours=2)
    receiver.answers.append((503, {"Retry-After": at.strftime("%a, %d %b %Y %H:%M:%S GMT")}))
    say(store)
    push_all()
    assert abs(endpoint_of(endpoint).next_attempt_at - at) < timedelta(minutes=1)


def test_a_receiver_that_is_gone_for_good_is_left_alone(store, endpoint, receiver):
    receiver.answers.append(410)
    wanted = say(store, 2)
    push_all()
    time_passes(endpoint)
    push_all()
    assert receiver.numbers == wanted[:1]
    assert endpoint_of(endpoint).stopped_for == Endpoint.Stop.GONE
    resume(connection=endpoint)  # a person knows better
    push_all()
    assert receiver.numbers == wanted[:1] + wanted


def test_after_the_last_of_ten_attempts_it_stands_still_until_a_person_resumes_it(store, endpoint, receiver):
    receiver.answers.extend([500] * 10)
    wanted = say(store, 2)
    waited = []
    for _ in range(10):
        push_all()
        waits_until = endpoint_of(endpoint).next_attempt_at
        waited.append(waits_until and waits_until - timezone.now())
        time_passes(endpoint)
    assert waited.pop() is None
    assert all(0.75 * pause < wait < 1.2 * pause for pause, wait in zip(PAUSES, waited, strict=True))
    push_all()
    assert receiver.numbers == wanted[:1] * 10
    stopped = endpoint_of(endpoint)
    assert (stopped.stopped_for, stopped.attempts) == (Endpoint.Stop.EXHAUSTED, 10)
    more = say(store)
    assert resume(connection=endpoint)
    push_all()
    assert receiver.numbers == wanted[:1] * 10 + wanted + more


def test_one_that_breaks_us_stops_nobody_else(store, endpoint, receiver):
    broken = make_connection(store, name="broken")
    with Receiver() as other:
        listening(broken, other)
        broken.secret = b"not sealed by us"
        broken.save()
        wanted = say(store)
        assert push_all() == 1
        assert (receiver.numbers, other.numbers) == (wanted, [])
        assert "could not send" in endpoint_of(broken).last_error
