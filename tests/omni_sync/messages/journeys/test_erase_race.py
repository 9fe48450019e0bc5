"""Somebody is forgotten in the moment a message to them is stopped. The control waits where it must not."""

import pytest
from django.db import OperationalError
from django.utils import timezone

from omni_sync.messages.journeys import last_look as looking
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.models import Message, sealed
from omni_sync.messages.take import take
from omni_sync.people.models import Consent
from tests.omni_sync.messages.journeys.conftest import reader, say
from tests.stress.crowd import Pause
from tests.stress.forgetting import forgotten_during

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether a follow-up that somebody else has is left alone."""
    if not request.param:
        monkeypatch.setattr(looking, "_own", list)
    return request.param


@pytest.fixture
def pause(monkeypatch):
    """Stops whoever claims, the messages locked, before it writes why they don't go."""
    here = Pause()
    monkeypatch.setattr(looking, "_stop", here.before(looking._stop))
    yield here
    here.over.set()


def test_whoever_claims_and_whoever_forgets_never_wait_for_each_other(journey, guarded, pause):
    person, now = reader(), timezone.now()
    message = Message.objects.create(
        key="x", kind="test_news", purpose="marketing", person=person, to="sari@example.com", data=sealed({"what": "x"})
    )
    FollowUp.objects.create(
        journey=journey, step=1, occurrence="1", person=person, occurred_at=now, due_at=now, state="sent",
        decided_at=now, message=message,
    )  # fmt: skip
    say(person, Consent.State.WITHDRAWN)
    outcomes = forgotten_during(lambda: take(10), pause, person)
    if not guarded:
        assert any(isinstance(one, OperationalError) for one in outcomes)
        return
    assert outcomes == ([], None)
    left = Message.objects.get()
    assert (left.state, left.to, left.data, left.person) == ("failed", "", None, None)
