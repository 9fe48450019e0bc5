"""``manage.py connection``: tokens, and where the webhook goes, as CONTRACTS and docs/tills.md have it."""

import json

import pytest
from django.core.management import CommandError, call_command

from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.models import BearerToken, Endpoint, OutboxChange
from omni_sync.pos.outbox.push import push_due
from omni_sync.pos.outbox.tokens import connection_of
from tests.factories import make_store
from tests.omni_sync.pos.outbox.receiver import Receiver, say, settle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def command(capsys, store):
    def command(**options):
        call_command("connection", "till", **options)
        return json.loads(capsys.readouterr().out.strip().splitlines()[-1])

    return command


def test_a_token_is_printed_when_it_is_asked_for_and_never_again(command):
    assert "token" not in command()
    token = command(token=True)["token"]
    assert connection_of(token) == Connection.objects.get()
    assert "token" not in command(show_secret=True)
    assert BearerToken.objects.count() == 1


def test_a_webhook_is_set_paused_resumed_replayed_and_ended(command, store):
    with Receiver() as receiver:
        command(webhook=receiver.url)
        told = say(store, 2)
        settle()
        push_due()
        command(pause=True)
        told += say(store)
        settle()
        assert push_due() == (0, True)
        command(resume=True)
        push_due()
        assert receiver.numbers == told
        command(replay_from="2001-01-01")
        push_due()
        assert receiver.numbers == told * 2
        command(replay_from=receiver.heard[0].told["cursor"])
        push_due()
        assert receiver.numbers == told * 2 + told[1:]
        command(webhook="")
        assert not Endpoint.objects.exists()
    kinds = list(OutboxChange.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["address", "paused", "resumed", "replayed", "replayed", "address"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"webhook": "http://shop.example/"}, "https only"),
        ({"webhook": "https://192.168.1.9/"}, "our own network"),
        ({"webhook": "nonsense"}, "not an address"),
        ({"replay_from": "yesterday"}, "neither a cursor nor a time"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_made(command, options, why):
    with pytest.raises(CommandError, match=why):
        command(**options)
    assert not Connection.objects.exists()


@pytest.mark.parametrize("options", [{"replay_from": "2001-01-01"}, {"resume": True}])
def test_without_a_webhook_there_is_nothing_to_replay(command, options):
    with pytest.raises(CommandError, match="no webhook"):
        command(**options)
