"""Many at once say the same, and many send: one letter. The control shows that it is the claim that does it."""

import time

import pytest
from django.core import mail
from django.utils import timezone

from omni_sync.messages import drain
from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from tests.omni_sync.messages.conftest import told
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether a worker claims a message before it sends it, to a server that takes its time."""
    send = Email.send

    def slowly(channel, parcel):
        time.sleep(0.02)
        return send(channel, parcel)

    monkeypatch.setattr(Email, "send", slowly)
    if not request.param:
        monkeypatch.setattr(drain, "take", lambda most: list(Message.objects.due(timezone.now())[:most]))
    return request.param


def test_said_by_many_at_once_it_is_one_message():
    outcomes = at_once(*[told] * 8)
    assert failures(outcomes) == []
    assert sorted(outcomes) == [False] * 7 + [True]
    assert Message.objects.count() == 1


def test_sent_by_many_at_once_each_goes_out_once(guarded):
    for n in range(12):
        told(key=f"news-{n}", to=f"s{n}@example.com")
    outcomes = at_once(*[send_messages] * 4)
    assert failures(outcomes) == []
    readers = [letter.to[0] for letter in mail.outbox]
    assert set(readers) == {f"s{n}@example.com" for n in range(12)}
    assert (len(readers) == 12) is guarded
