"""Every follow-up says what became of it and why, to the person and to whoever serves them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.explain import _THEIRS, _YOURS
from omni_sync.messages.journeys.heard import heard_by
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.models import Message
from omni_sync.messages.preferences.models import validate_zone
from omni_sync.messages.settle import IN_DOUBT
from tests.omni_sync.messages.journeys.conftest import GONE, NOON, reader, scanned

pytestmark = pytest.mark.django_db
FIVE = timedelta(hours=5)


@pytest.fixture(autouse=True)
def at_five(journey, monkeypatch):
    """It is five in the afternoon in Jakarta, five hours after the scan."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + FIVE)


def follow(now=NOON + FIVE):
    plan_follow_ups(now=now)
    decide_follow_ups()


def told(person, *, to_the_person=True):
    (one,) = heard_by(person, most=5, to_the_person=to_the_person)
    return one.label, one.text


def test_what_went_says_how_when_and_by_what_right():
    person = reader()
    scanned(person)
    follow()
    assert told(person)[0] == "Not yet"
    send_messages()
    label, text = told(person)
    assert label == "Sent"
    assert text == (
        "Sent by e-mail on Nov. 20, 2026. You agreed on Nov. 20, 2026. "
        "In the 7 days before, 0 of at most 1 such messages went out."
    )
    assert "They agreed on 20 Nov 2026." in told(person, to_the_person=False)[1]


@pytest.mark.parametrize(
    ("status", "words"),
    [("delivered", "It arrived."), ("read", "It was read."), ("bounced", "came back"), ("complained", "unwanted")],
)
def test_what_the_provider_heard_is_told(status, words):
    person = reader()
    scanned(person)
    follow()
    send_messages()
    Message.objects.update(status=status, status_at=NOON)
    assert words in told(person)[1]


def test_in_doubt_says_so():
    person = reader()
    scanned(person)
    follow()
    Message.objects.update(state="failed", failure=f"{IN_DOUBT}: OSError")
    assert "Nobody knows whether it arrived" in told(person)[1]
    Message.objects.update(failure="recipient refused: 550")
    assert told(person) == ("Not sent", told(person)[1])
    assert "was not taken" in told(person)[1]


def test_quiet_hours_say_until_when(monkeypatch):
    person = reader()
    scanned(person)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(hours=9))
    follow(NOON + timedelta(hours=9))
    assert told(person) == ("Not yet", "Until 9 a.m. it waits, because of your quiet hours.")
    assert told(person, to_the_person=False)[1] == "Until 09:00 it waits, because of their quiet hours."


def test_no_agreement_says_by_which_ways_it_would_have_gone():
    person = reader(agrees=False)
    scanned(person)
    follow()
    assert told(person) == ("Not sent", "Not sent: you did not agree to it. It would have gone by e-mail.")


def test_gone_capped_and_held_out_each_say_so():
    person = reader()
    scanned(person)
    scanned(person, key="scan-2", at=NOON + timedelta(minutes=1))
    scanned(person, key="scan-3", at=NOON + timedelta(minutes=2))
    GONE.add("scan-3")
    follow()
    words = " ".join(one.text for one in heard_by(person, most=5, to_the_person=True))
    assert "you had heard enough from us for now" in words
    assert "1 of at most 1" in words
    assert "no reason for it any more" in words
    FollowUp.objects.filter(why="cap").update(why="held_out")
    words = " ".join(one.text for one in heard_by(person, most=5, to_the_person=True))
    assert "a small group that gets no messages of this kind" in words


def test_every_reason_has_words_for_both():
    assert set(FollowUp.Why.values) == set(_YOURS) == set(_THEIRS)


def test_a_journey_whose_room_is_gone_keeps_its_name():
    person = reader()
    scanned(person)
    follow()
    Journey.objects.update(trigger="gone_room")
    (one,) = heard_by(person, most=5, to_the_person=True)
    assert one.title == "test_news"


def test_what_was_forgotten_still_says_what_became_of_it():
    person = reader()
    scanned(person)
    follow()
    send_messages()
    FollowUp.objects.update(said={}, facts={}, message=None)
    assert told(person) == ("Sent", "Sent on Nov. 20, 2026.")


def test_it_is_told_in_the_language_of_the_page():
    person = reader()
    scanned(person)
    follow()
    with translation.override("id"):
        heard_by(person, most=5, to_the_person=True)


def test_fifty_cost_what_one_costs():
    person = reader()
    scanned(person)
    follow()
    with CaptureQueriesContext(connection) as few:
        heard_by(person, most=50, to_the_person=True)
    for n in range(50):
        scanned(person, key=f"more-{n}", at=NOON + timedelta(seconds=n))
    follow()
    with CaptureQueriesContext(connection) as many:
        assert len(heard_by(person, most=50, to_the_person=True)) == 50
    assert len(few) == len(many) == 2


def test_a_zone_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        validate_zone("Mars/Olympus")
