"""One trigger at a time, members who agreed, and a clock."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.people.models import Consent, Identifier, Person
from tests.omni_sync.messages.journeys.conftest import NOON, say, why
from tests.omni_sync.people.conftest import look

__all__ = ["NOON", "why"]


@pytest.fixture
def only(settings, db):
    """Lets one trigger's journey alone be on, for as long as anybody remembers."""
    settings.BASE_URL = "https://shop.example"

    def choose(name):
        make_usual_journeys()
        Journey.objects.exclude(name=name).update(is_on=False)
        Journey.objects.update(on_since=NOON - timedelta(days=400))
        return Journey.objects.get(name=name)

    return choose


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock; it begins at noon."""

    def at(now):
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        return now

    at(NOON)
    return at


def member(email="sari@example.com", *, agrees=True, loyalty="", language="en", **fields):
    """Somebody with an account whose address is proved, and who is known at tills by ``loyalty``."""
    user = get_user_model()._default_manager.create(email=email, **fields)
    person = Person.objects.create(user=user, name=email)
    known = {"email": email, **({"loyalty": loyalty} if loyalty else {})}
    for kind, value in known.items():
        Identifier.objects.create(
            person=person, kind=kind, value=value, source=f"account {user.pk}", verified_at=timezone.now(), proof="link"
        )
    if agrees:
        say(person, Consent.State.GRANTED)
    return person


def joined(person):
    """Who is one human with ``person``, by what was proved, is joined to them."""
    look(*Person.objects.exclude(pk=person.pk), person)


def follow(now):
    """Plan and decide what is due; how many were planned."""
    planned = plan_follow_ups(now=now)
    decide_follow_ups()
    return planned


def queries_of(name):
    """How many queries ``gone`` and ``facts`` of the trigger take for all the follow-ups that there are."""
    rows = list(FollowUp.objects.select_related("journey"))
    with CaptureQueriesContext(connection) as captured:
        assert TRIGGERS[name].gone(rows) == set()
        assert len(TRIGGERS[name].facts(rows)) == len(rows)
    return len(captured)
