"""The notice and our own record of it meet: whichever is second finds the other. The control looks too early."""

import time

import pytest
from django.utils import timezone

from omni_sync.messages import settle
from omni_sync.messages.models import Message
from omni_sync.messages.settle import sent_off
from omni_sync.messages.status import note
from omni_sync.messages.status.note import Told, note_status, settle_notices
from tests.omni_sync.messages.channels.conftest import queued
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether each side looks after it has written; else each looks, takes its time, and writes."""
    if not request.param:
        monkeypatch.setattr(settle, "settle_notices", lambda _: 0)
        monkeypatch.setattr(note, "settle_notices", lambda _: time.sleep(0.05))
    return request.param


def test_a_status_is_never_lost_between_two_hands(guarded, sari):
    messages = [queued(sari, "sms", key=f"n{number}") for number in range(12)]
    told = [Told("sms", f"SM{number}", Message.Status.DELIVERED, timezone.now()) for number in range(12)]
    tasks = [lambda m=message, n=number: sent_off([(m, f"SM{n}")]) for number, message in enumerate(messages)]
    tasks += [lambda one=one: note_status(told=[one]) for one in [*told, *told]]
    assert failures(at_once(*tasks)) == []
    delivered = Message.objects.filter(status="delivered").count()
    assert (delivered == 12) is guarded
    if guarded:
        assert settle_notices([one.provider_id for one in told]) == 0
