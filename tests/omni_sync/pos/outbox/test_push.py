"""Webhooks against a real receiver that fails, hangs, redirects, and comes back: everything arrives, in order."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from omni_sync.pos.outbox import lease, push, send
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.endpoints import listen, pause, replay, resume, send_test
from omni_sync.pos.outbox.exceptions import NotListening, WebhookRefused
from omni_sync.pos.outbox.models import Endpoint, OutboxChange
from omni_sync.pos.outbox.prune import prune
from omni_sync.pos.outbox.push import push_due
from omni_sync.pos.outbox.schedule import PAUSES
from omni_sync.pos.secrets import new_secret, seal, secrets_of
from tests.factories import make_connection, make_record, make_store, sale, tell_all
from tests.omni_sync.pos.outbox.receiver import (
    Receiver,
    endpoint_of,
    hang,
    listening,
    long_ago,
    say,
    settle,
    time_passes,
)
from tests.stress.crowd import at_once, eventually

pytestmark = pytest.mark.django_db(transaction=True)


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


def push_all():
    settle()
    return push_due()[0]


# what arrives


def test_what_happens_is_pushed_signed_once_and_in_order(store, endpoint, receiver):
    make_record(store, on_hand=9)
    tell_all(endpoint, sale(store, "R-1", {"TEE": 2}), sale(store, "R-2", {"TEE": 1}))
    pushed = push_all()
    assert pushed == len(receiver.heard) == len(set(receiver.numbers))
    assert receiver.types.count("sale.recorded") == 2
    assert all(one.is_signed_with(secrets_of(endpoint)[0]) for one in receiver.heard)
    assert not receiver.heard[0].is_signed_with(new_secret())
    last = [one.told for one in receiver.heard if one.told["type"] == "stock.changed"][-1]
    assert (last["data"]["on_hand"], last["store"]) == (6, "menteng")
    assert last["id"] in receiver.numbers
    assert push_all() == 0


def test_nothing_from_before_it_listened_and_nothing_of_other_stores_is_pushed(store, till, receiver):
    say(store, 3)
    settle()
    listening(till, receiver)
    wanted = say(store)
    say(make_store("dago"))
    push_all()
    assert receiver.numbers == wanted


def test_many_events_go_over_one_connection(store, endpoint, receiver):
    wanted = say(store, 250)
    assert push_all() == 250
    assert receiver.numbers == wanted
    assert len({one.line for one in receiver.heard}) == 1


def test_each_receiver_has_its_own_place(store, endpoint, receiver):
    other = make_connection(store, name="other-till")
    with Receiver(500) as second:
        listening(other, second)
        wanted = say(store, 3)
        push_all()
        assert (receiver.numbers, second.numbers) == (wanted, wanted[:1])
        time_passes(other)
        push_all()
        assert second.numbers == wanted[:1] + wanted
        assert receiver.numbers == wanted


def test_while_secrets_are_changed_it_is_signed_with_both(store, endpoint, receiver):
    old, new = secrets_of(endpoint)[0], new_secret()
    endpoint.secret = seal([new, old])
    endpoint.save()
    say(store)
    push_all()
    (heard,) = receiver.heard
    assert heard.is_signed_with(old)
    assert heard.is_signed_with(new)


def test_an_event_too_large_to_push_says_where_to_read_it(client, store, endpoint, receiver):
    from omni_sync.pos.outbox.tokens import make_token

    (number,) = say(store, text="x" * 30_000)
    push_all()
    (heard,) = receiver.heard
    assert len(heard.body) <= 20_000
    assert (heard.told["too_large"], heard.told["data"]) == (True, {})
    token = make_token(connection=endpoint)
    (event,) = client.get(heard.told["read_at"], headers={"Authorization": f"Bearer {token}"}).json()["events"]
    assert (event["id"], len(event["data"]["text"])) == (number, 30_000)


# what does not arrive


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


# two at once


@pytest.fixture
def second_worker(receiver):
    """Comes while the first is waiting for its first answer, and pushes whatever it may."""
    pushed = []

    def push_meanwhile(door):
        pushed.append(push_due()[0])
        connection.close()
        door.send_response(204)
        door.end_headers()

    receiver.answers.append(push_meanwhile)
    return pushed


def test_two_workers_at_once_send_nothing_twice(store, endpoint, receiver, second_worker):
    wanted = say(store, 5)
    assert push_all() == 5
    assert (receiver.numbers, second_worker) == (wanted, [0])


def test_control_without_the_lease_two_workers_send_things_twice(store, endpoint, receiver, second_worker, monkeypatch):
    free = "(n.leased_until IS NULL OR n.leased_until < statement_timestamp())"
    assert free in lease._TAKE
    monkeypatch.setattr(lease, "_TAKE", lease._TAKE.replace(free, "true"))
    wanted = say(store, 5)
    push_all()
    assert receiver.numbers == wanted[:1] + wanted


def test_many_workers_at_once_send_everything_once_and_in_order(store, endpoint, receiver):
    wanted = say(store, 60)
    settle()
    outcomes = at_once(*[push_due] * 4)
    assert sum(pushed for pushed, _ in outcomes) == 60
    assert receiver.numbers == wanted


def test_no_transaction_is_open_and_nothing_is_locked_while_it_talks(store, endpoint, receiver):
    found = []

    def look(door):
        with transaction.atomic():  # another connection: this is the receiver's thread
            found.append(Endpoint.objects.select_for_update(nowait=True).get().lease is not None)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'"
            )
            found.append(cursor.fetchone()[0])
        connection.close()
        door.send_response(204)
        door.end_headers()

    receiver.answers.append(look)
    say(store)
    assert push_all() == 1
    assert found == [True, 0]


def test_a_worker_that_died_loses_nothing_when_its_lease_is_over(store, endpoint, receiver):
    wanted = say(store, 2)
    settle()
    assert lease.take_turn()
    assert push_due() == (0, True)  # somebody's turn, as far as anybody knows
    time_passes(endpoint)
    push_all()
    assert receiver.numbers == wanted


def test_a_worker_that_lost_its_turn_writes_nothing(store, endpoint):
    say(store)
    settle()
    old = lease.take_turn()
    time_passes(endpoint)
    new = lease.take_turn()
    assert not old.arrived(Cursor(2**40, 1), send.Answer(200))
    assert not old.failed(send.Answer(500, "no"))
    assert endpoint_of(endpoint).lease == new.lease
    assert new.over(new.at)


def test_so_many_endpoints_at_once_and_no_more(store, monkeypatch):
    monkeypatch.setattr(lease, "AT_ONCE", 2)
    with Receiver() as receiver:
        for n in range(3):
            listening(make_connection(store, name=f"t-{n}"), receiver)
        say(store)
        settle()
        turns = [lease.take_turn() for _ in range(3)]
    assert [turn is not None for turn in turns] == [True, True, False]


# by hand


def test_it_is_replayed_from_a_cursor_or_a_time(store, endpoint, receiver, django_user_model):
    rani = django_user_model.objects.create(email="rani@langkah.example")
    old = say(store, 2)
    long_ago(*old, days=10)
    wanted = say(store, 2)
    push_all()
    middle = receiver.heard[0].told["cursor"]
    replay(connection=endpoint, since=timezone.now() - timedelta(hours=1), by=rani)
    push_all()
    assert receiver.numbers == old + wanted + wanted
    replay(connection=endpoint, since=Cursor.read(middle), by=rani)
    push_all()
    assert receiver.numbers == old + wanted + wanted + old[1:] + wanted
    notes = OutboxChange.objects.filter(kind=OutboxChange.Kind.REPLAYED)
    assert [note.by for note in notes] == [rani, rani]
    assert middle in notes[0].detail


def test_replay_from_a_time_before_everything_is_everything_and_after_it_nothing(store, endpoint, receiver):
    wanted = say(store, 3)
    push_all()
    replay(connection=endpoint, since=timezone.now() + timedelta(hours=1))
    assert push_all() == 0
    replay(connection=endpoint, since=timezone.now() - timedelta(days=400))
    push_all()
    assert receiver.numbers == wanted * 2


def test_a_replay_takes_the_turn_of_who_is_pushing(store, endpoint, receiver):
    wanted = say(store, 3)

    def start_over(door):
        replay(connection=endpoint, since=Cursor(0, 0))
        connection.close()
        door.send_response(204)
        door.end_headers()

    receiver.answers.extend([204, start_over])
    push_all()
    push_all()
    assert receiver.numbers == wanted[:2] + wanted


def test_it_is_paused_and_goes_on_where_it_stopped(store, endpoint, receiver):
    assert pause(connection=endpoint)
    assert not pause(connection=endpoint)
    wanted = say(store, 2)
    assert push_all() == 0
    assert resume(connection=endpoint)
    assert not resume(connection=endpoint)
    push_all()
    assert receiver.numbers == wanted


def test_a_new_address_goes_on_where_the_old_one_failed(store, endpoint, receiver):
    wanted = say(store, 2)
    receiver.answers.append(500)
    push_all()
    with Receiver() as second:
        assert listen(connection=endpoint, url=second.url)
        assert not listen(connection=endpoint, url=second.url)
        push_all()
        assert second.numbers == wanted


def test_without_an_address_nothing_is_pushed_and_nothing_can_be_done(store, endpoint, receiver):
    assert listen(connection=endpoint, url="")
    say(store)
    assert push_all() == 0
    for use_case in (resume, send_test):
        with pytest.raises(NotListening):
            use_case(connection=endpoint)
    with pytest.raises(NotListening):
        replay(connection=endpoint, since=Cursor(0, 0))


def test_a_test_event_is_sent_at_once_and_changes_nothing(store, endpoint, receiver):
    before = endpoint_of(endpoint)
    assert send_test(connection=endpoint).arrived
    receiver.answers.append(500)
    assert not send_test(connection=endpoint).arrived
    assert receiver.types == ["webhook.test"] * 2
    assert receiver.heard[0].is_signed_with(secrets_of(endpoint)[0])
    after = endpoint_of(endpoint)
    assert (after.xact, after.event, after.attempts) == (before.xact, before.event, 0)


# long away


def test_who_was_away_longer_than_events_are_kept_is_told_what_is_lost_and_hears_the_rest(store, endpoint, receiver):
    pause(connection=endpoint)
    long_ago(*say(store, 3))
    kept = say(store, 2)
    settle()
    assert prune() == 3
    resume(connection=endpoint)
    push_all()
    assert receiver.types == ["events.lost", "stock.changed", "stock.changed"]
    assert receiver.numbers[1:] == kept
    assert push_all() == 0


def test_who_had_nothing_to_hear_has_lost_nothing(store, endpoint, receiver):
    long_ago(*say(make_store("dago"), 3))
    kept = say(store)
    settle()
    assert prune() == 3
    push_all()
    assert receiver.numbers == kept


# waking


def test_a_commit_asks_for_a_pusher_where_somebody_listens_and_only_there(store, till, receiver, monkeypatch):
    from omni_sync.pos.outbox import wake

    asked = []
    monkeypatch.setattr(wake, "poke", lambda task: asked.append(task.name) or True)
    monkeypatch.setattr(wake, "bell", wake.Bell())
    make_record(store, on_hand=9)
    tell_all(till, sale(store, "R-1", {"TEE": 1}))
    assert asked == []
    wake.bell.silent_until = 0
    listening(till, receiver)
    tell_all(till, sale(store, "R-2", {"TEE": 1}))
    assert asked == ["omni_sync.pos.outbox.tasks.push_events"]


def test_the_tasks_do_it(store, endpoint, receiver):
    from omni_sync.pos.outbox.tasks import prune_outbox, push_events

    wanted = say(store)
    settle()
    assert (push_events(), prune_outbox()) == (1, 0)
    assert receiver.numbers == wanted


def test_the_wire_is_cut_from_a_thread_that_ends(store, endpoint, receiver):
    say(store, 20)
    push_all()
    eventually(lambda: not [t for t in threading.enumerate() if isinstance(t, threading.Timer)])


def test_an_address_inside_is_refused_when_it_is_set(till):
    with pytest.raises(WebhookRefused):
        listen(connection=till, url="https://169.254.169.254/latest/")
    assert not Endpoint.objects.exists()
    assert push.push_due() == (0, True)
