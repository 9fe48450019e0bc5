"""Contradictions of a till."""

from datetime import timedelta

import pytest

from omni_sync.pos import resolve
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.resolve import NotCorrectable
from tests.factories import (
    NOON,
    tell_all,
)

LATER, EARLIER = NOON + timedelta(hours=1), NOON - timedelta(hours=1)


def newest():
    return InboxEvent.objects.latest("pk")


def contradict(till, first, second):
    tell_all(till, first)
    tell_all(till, second)
    assert InboxEvent.objects.filter(state="conflict").count() == 1


def refused(answer):
    with pytest.raises(NotCorrectable) as refusal:
        answer(resolve.accept_as_correction)
    assert InboxEvent.objects.filter(state="conflict", resolved_at=None).count() == 1
    return refusal.value.why
