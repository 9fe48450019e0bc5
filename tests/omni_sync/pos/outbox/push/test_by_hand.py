"""What a person does to an endpoint: replay, pause, another address, a test event."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.endpoints import listen, pause, replay, resume, send_test
from omni_sync.pos.outbox.exceptions import NotListening
from omni_sync.pos.outbox.models import OutboxChange
from omni_sync.pos.secrets import secrets_of
from tests.omni_sync.pos.outbox.push.pushed import push_all
from tests.omni_sync.pos.outbox.receiver import (
    Receiver,
    endpoint_of,
    long_ago,
    say,
)

pytestmark = pytest.mark.django_db(transaction=True)


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
