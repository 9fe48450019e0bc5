"""A dump in another server, whose transactions have smaller numbers: nothing that was told is lost from sight."""

import pytest
from django.db.models import F

from omni_sync.pos.models import OutboxEvent
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.exceptions import CursorGone
from omni_sync.pos.outbox.models import Endpoint, OutboxHorizon
from omni_sync.pos.outbox.prune import prune
from omni_sync.pos.outbox.push import push_due
from omni_sync.pos.outbox.read import read
from omni_sync.pos.outbox.restored import settle_restored
from tests.factories import make_connection, make_store
from tests.omni_sync.pos.outbox.receiver import Receiver, endpoint_of, listening, say, settle

pytestmark = pytest.mark.django_db(transaction=True)
LATER = 10**12


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def till(store):
    return make_connection(store, name="menteng-till")


def restored():
    """As if all this came out of a dump of a server that had run for years."""
    OutboxEvent.objects.update(xact=F("xact") + LATER)
    Endpoint.objects.update(xact=F("xact") + LATER)
    OutboxHorizon.objects.filter(xact__gt=0).update(xact=F("xact") + LATER)


def read_all(till, after=None):
    settle()
    return [event.id for event in read(connection=till, after=after, limit=500).events]


def test_a_reader_of_the_old_life_is_told_and_reads_everything_that_is_kept(store, till):
    told = say(store, 3)
    settle()
    after = read(connection=till, after=None, limit=500).next
    restored()
    since = say(store)
    with pytest.raises(CursorGone):
        read(connection=till, after=Cursor(after.xact + LATER, 0), limit=100)
    with pytest.raises(CursorGone) as refusal:
        read_all(till, after)
    assert read_all(till, Cursor.read(refusal.value.oldest)) == told + since
    assert read_all(till) == told + since


def test_a_webhook_goes_on_where_it_was(store, till):
    with Receiver(204, 204, 500) as receiver:
        listening(till, receiver)
        told = say(store, 4)
        settle()
        push_due()
        OutboxEvent.objects.update(at="2025-11-21T12:00Z")
        Endpoint.objects.update(next_attempt_at=None)
        restored()
        since = say(store)
        assert prune() == 0
        settle()
        push_due()
        assert receiver.numbers == told[:3] + told[2:] + since
        assert "events.lost" not in receiver.types


def test_a_push_finds_out_by_itself(store, till):
    with Receiver() as receiver:
        listening(till, receiver)
        told = say(store, 2)
        settle()
        push_due()
        restored()
        OutboxHorizon.objects.update(xact=LATER * 2)
        since = say(store)
        settle_twice = [push_due() for _ in range(3)]
        assert settle_twice
        settle()
        push_due()
        assert receiver.numbers[-1:] == since
        assert set(receiver.numbers) == set(told + since)
        assert "events.lost" not in receiver.types
        assert endpoint_of(till).xact < LATER


def test_nothing_is_numbered_anew_where_nothing_was_restored(store, till):
    say(store, 3)
    before = list(OutboxEvent.objects.values_list("pk", "xact"))
    assert not settle_restored()
    assert list(OutboxEvent.objects.values_list("pk", "xact")) == before
