"""Who was away for long, and how a pusher hears that there is something to push."""

import threading

import pytest

from omni_sync.pos.outbox import push
from omni_sync.pos.outbox.endpoints import listen, pause, resume
from omni_sync.pos.outbox.exceptions import WebhookRefused
from omni_sync.pos.outbox.models import Endpoint
from omni_sync.pos.outbox.prune import prune
from tests.factories import make_record, make_store, sale, tell_all
from tests.omni_sync.pos.outbox.push.pushed import push_all
from tests.omni_sync.pos.outbox.receiver import (
    listening,
    long_ago,
    say,
    settle,
)
from tests.stress.crowd import eventually

pytestmark = pytest.mark.django_db(transaction=True)


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
