"""Somebody is forgotten in the moment a message to them is decided. The control does not wait, and is lost."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from omni_sync.messages import privacy
from omni_sync.messages.journeys import decide as deciding
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.models import Message
from omni_sync.people.models import Person
from tests.omni_sync.messages.journeys.conftest import reader
from tests.stress.crowd import Pause
from tests.stress.forgetting import forgotten_during

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether the follow-ups are taken before anything else is forgotten."""
    if not request.param:
        monkeypatch.setattr(privacy, "_locked", lambda _: [])
    return request.param


@pytest.fixture
def pause(monkeypatch):
    """Stops the decision before it is written."""
    here = Pause()
    monkeypatch.setattr(deciding, "_settle", here.before(deciding._settle))
    yield here
    here.over.set()


def test_what_is_decided_meanwhile_is_forgotten_too(journey, guarded, pause, settings):
    settings.LINTAS_QUIET_HOURS = loud()
    person, now = reader(), timezone.now()
    FollowUp.objects.create(journey=journey, step=1, occurrence="1", person=person, occurred_at=now, due_at=now)
    outcomes = forgotten_during(lambda: deciding.decide_some(10), pause, person)
    if not guarded:
        assert isinstance(outcomes[1], IntegrityError)
        assert Message.objects.exclude(to="").exists()
        return
    assert outcomes == (1, None)
    left = Message.objects.get()
    assert (left.state, left.to, left.data, left.person) == ("failed", "", None, None)
    assert not FollowUp.objects.exists()
    assert not Person.objects.exists()
    assert Journey.objects.exists()


def loud():
    """It is no quiet hour now, whenever this is run."""
    hour = timezone.localtime().hour
    return f"{(hour + 6) % 24:02}:00", f"{(hour + 7) % 24:02}:00"
