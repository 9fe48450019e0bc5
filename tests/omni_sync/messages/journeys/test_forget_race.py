"""Somebody is forgotten in the moment a message to them is decided. The control does not wait, and is lost."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from omni_sync.messages import privacy
from omni_sync.messages.journeys import decide as deciding
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.models import Message
from omni_sync.people.models import Person
from omni_sync.privacy.erase import erase
from omni_sync.privacy.human import human_of
from tests.omni_sync.messages.journeys.conftest import reader
from tests.stress.crowd import Pause

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


def apart(call):
    try:
        return call()
    except IntegrityError as failure:
        return failure
    finally:
        connection.close()


def forget(person):
    with transaction.atomic():
        erase(human=human_of(person))


def test_what_is_decided_meanwhile_is_forgotten_too(journey, guarded, pause, settings):
    settings.LINTAS_QUIET_HOURS = loud()
    person, now = reader(), timezone.now()
    FollowUp.objects.create(journey=journey, step=1, occurrence="1", person=person, occurred_at=now, due_at=now)
    with ThreadPoolExecutor(2) as crew:
        decided = crew.submit(apart, lambda: deciding.decide_some(10))
        assert pause.reached.wait(30)
        forgotten = crew.submit(apart, lambda: forget(person))
        wait([forgotten], timeout=1)
        pause.over.set()
        outcomes = decided.result(), forgotten.result()
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
