"""Many at once say the same, and many send: one letter."""

import pytest
from django.core import mail

from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from tests.omni_sync.messages.conftest import told
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


def test_said_by_many_at_once_it_is_one_message():
    outcomes = at_once(*[told] * 8)
    assert failures(outcomes) == []
    assert sorted(outcomes) == [False] * 7 + [True]
    assert Message.objects.count() == 1


def test_sent_by_many_at_once_each_goes_out_once():
    for n in range(12):
        told(key=f"news-{n}", to=f"s{n}@example.com")
    outcomes = at_once(*[send_messages] * 4)
    assert failures(outcomes) == []
    assert sum(sent for sent, _ in outcomes) == 12
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(f"s{n}@example.com" for n in range(12))
