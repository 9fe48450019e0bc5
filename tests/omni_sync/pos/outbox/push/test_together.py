"""Workers at once, and one that dies: nothing is sent twice, nothing is lost."""

import pytest
from django.db import connection, transaction

from omni_sync.pos.outbox import lease, send
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.models import Endpoint
from omni_sync.pos.outbox.push import push_due
from tests.factories import make_connection
from tests.omni_sync.pos.outbox.push.pushed import push_all
from tests.omni_sync.pos.outbox.receiver import (
    Receiver,
    endpoint_of,
    listening,
    say,
    settle,
    time_passes,
)
from tests.stress.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)


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
