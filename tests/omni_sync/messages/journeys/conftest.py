"""A journey of the test's own: a person scanned something, and hears of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.journeys import trigger as triggers
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.trigger import Trigger, Usual
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.messages.models import Purpose
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Identifier, Person, Touchpoint

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)  # noon in Jakarta
#: Touchpoints that stopped being true.
GONE: set[str] = set()
FIND = """
SELECT t.person_id, t.key AS occurrence, t.at AS occurred_at, jsonb_build_object('touch', t.id) AS facts
  FROM omni_sync_touchpoint t
 WHERE t.kind = 'scan' AND t.at > %(since)s AND t.at <= %(until)s
"""


def find(since, until):
    return FIND, {"since": since, "until": until}


def gone(follow_ups):
    return {one.pk for one in follow_ups if one.occurrence in GONE}


def facts(follow_ups):
    return {one.pk: {"what": "a bag", "link": "https://shop.example/bag/"} for one in follow_ups}


def scan_trigger(**fields):
    usual = {
        "name": "test_news",
        "title": "test",
        "purpose": Purpose.MARKETING,
        "steps": (Usual(timedelta(hours=4), ("email",)),),
    }
    return Trigger(**{**usual, "find": find, "gone": gone, "facts": facts, **fields})


@pytest.fixture
def journey(monkeypatch, letters):
    """The journey of ``test_news``, on for as long as anybody remembers; every other trigger is gone."""
    GONE.clear()
    monkeypatch.setattr(triggers, "TRIGGERS", {})
    for module in ("decide", "plan", "still", "usual"):
        monkeypatch.setattr(f"omni_sync.messages.journeys.{module}.TRIGGERS", triggers.TRIGGERS)
    Journey.objects.all().delete()
    triggers.register(scan_trigger())
    make_usual_journeys()
    Journey.objects.update(on_since=NOON - timedelta(days=400))
    return Journey.objects.get(name="test_news")


def reader(address="sari@example.com", *, agrees=True, proved=True):
    """Somebody with an address."""
    person = Person.objects.create(name="Sari")
    Identifier.objects.create(
        person=person, kind="email", value=address, source=f"account {person.pk}",
        verified_at=timezone.now() if proved else None, proof="link" if proved else "",
    )  # fmt: skip
    if agrees:
        say(person, Consent.State.GRANTED)
    return person


def say(person, state):
    with transaction.atomic():
        answer(person=person, channel="email", purpose="marketing", state=state, language="en", source="test")


def scanned(person, *, at=NOON, key="scan-1"):
    return Touchpoint.objects.create(person=person, channel="store", kind="scan", at=at, key=key)


def the_follow_up():
    return FollowUp.objects.get()


def why():
    return sorted(FollowUp.objects.values_list("state", "why"))
