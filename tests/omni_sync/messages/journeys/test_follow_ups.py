"""Planned once, decided once, and always with a reason."""

from datetime import timedelta

import pytest
from django.core import mail

from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.models import FollowUp, Journey, Step
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.models import Message
from omni_sync.people.models import Consent, Person
from tests.omni_sync.messages.journeys.conftest import GONE, NOON, reader, say, scanned, the_follow_up, why

pytestmark = pytest.mark.django_db
FIVE = timedelta(hours=5)


@pytest.fixture(autouse=True)
def at_five(journey, monkeypatch):
    """It is five in the afternoon in Jakarta, five hours after the scan."""
    set_clock(monkeypatch, NOON + FIVE)


def set_clock(monkeypatch, now):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def follow(now=NOON + FIVE):
    planned = plan_follow_ups(now=now)
    decide_follow_ups()
    return planned


def test_it_goes_once_to_who_agreed():
    scanned(reader())
    assert follow() == 1
    assert follow() == 0
    send_messages()
    (letter,) = mail.outbox
    assert letter.to == ["sari@example.com"]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Unsubscribe"].startswith("<https://shop.example/u/")
    assert the_follow_up().said["cap"] == [0, 1]
    assert the_follow_up().said["consent"] == Consent.objects.get().pk


def test_nothing_is_planned_before_its_time():
    scanned(reader())
    assert plan_follow_ups(now=NOON + timedelta(hours=3)) == 0


def test_what_happened_before_the_journey_was_on_is_not_told():
    Journey.objects.update(on_since=NOON)
    scanned(reader())
    assert follow() == 0


def test_who_did_not_agree_hears_nothing():
    scanned(reader(agrees=False))
    follow()
    assert why() == [("stopped", "consent")]
    assert not Message.objects.exists()


def test_an_address_that_nobody_proved_is_never_used():
    scanned(reader(proved=False))
    follow()
    assert why() == [("stopped", "address")]


def test_what_is_no_longer_so_is_not_said():
    scanned(reader())
    GONE.add("scan-1")
    follow()
    assert why() == [("stopped", "gone")]


def test_the_second_of_a_week_is_one_too_many():
    person = reader()
    scanned(person)
    scanned(person, key="scan-2", at=NOON + timedelta(minutes=1))
    follow()
    assert why() == [("sent", ""), ("stopped", "cap")]


def test_the_cap_is_the_humans_not_the_rows():
    one = reader()
    other = Person.objects.create(merged_into=one)
    scanned(one)
    scanned(other, key="scan-2", at=NOON + timedelta(minutes=1))
    follow()
    assert why() == [("sent", ""), ("stopped", "cap")]


def test_at_night_it_waits_for_the_morning(monkeypatch):
    scanned(reader())
    set_clock(monkeypatch, NOON + timedelta(hours=9))
    follow(NOON + timedelta(hours=9))
    follow_up = the_follow_up()
    assert follow_up.state == FollowUp.State.PLANNED
    assert follow_up.due_at == NOON + timedelta(hours=21)  # nine in the morning
    set_clock(monkeypatch, NOON + timedelta(hours=21))
    follow(NOON + timedelta(hours=21))
    assert why() == [("sent", "")]


def test_a_no_after_the_decision_stops_it(monkeypatch):
    person = reader()
    scanned(person)
    follow()
    set_clock(monkeypatch, NOON + FIVE + timedelta(seconds=1))
    say(person, Consent.State.WITHDRAWN)
    assert send_messages() == (0, True)
    assert why() == [("stopped", "consent")]
    assert Message.objects.get().state == "stopped"
    assert mail.outbox == []


def test_a_reason_that_goes_after_the_decision_stops_it():
    scanned(reader())
    follow()
    GONE.add("scan-1")
    assert send_messages() == (0, True)
    assert why() == [("stopped", "gone")]


def test_the_group_to_compare_hears_nothing():
    Journey.objects.update(hold_out=90)
    for n in range(30):
        scanned(reader(f"s{n}@example.com"), key=f"scan-{n}")
    follow()
    assert {said for _, said in why()} == {"", "held_out"}
    assert FollowUp.objects.filter(why="held_out").count() > 15


def test_a_journey_that_is_off_plans_nothing_and_stops_what_it_planned():
    scanned(reader())
    plan_follow_ups(now=NOON + FIVE)
    Journey.objects.update(is_on=False)
    decide_follow_ups()
    assert why() == [("stopped", "off")]
    scanned(reader("other@example.com"), key="scan-2")
    assert plan_follow_ups(now=NOON + FIVE) == 0


def test_a_human_always_gets_the_same_version():
    Step.objects.update(variants=2)
    person = reader()
    for n in range(3):
        scanned(person, key=f"scan-{n}")
    for n in range(20):
        scanned(reader(f"s{n}@example.com"), key=f"other-{n}")
    follow()
    assert len(set(FollowUp.objects.filter(person=person).values_list("variant", flat=True))) == 1
    assert set(FollowUp.objects.values_list("variant", flat=True)) == {"a", "b"}


def test_what_had_to_wait_too_long_is_old_news(monkeypatch):
    scanned(reader())
    plan_follow_ups(now=NOON + FIVE)
    set_clock(monkeypatch, NOON + timedelta(days=4))
    decide_follow_ups()
    assert why() == [("stopped", "late")]
