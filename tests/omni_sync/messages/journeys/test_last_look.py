"""What was decided is looked at again before every try: the hour, the journey, and how old it has become."""

from datetime import timedelta

import pytest
from django.core import mail

from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.drain import send_messages
from omni_sync.messages.exceptions import Retry
from omni_sync.messages.journeys import trigger as triggers
from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.heard import heard_by
from omni_sync.messages.journeys.models import Journey
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.models import Message, Purpose
from omni_sync.messages.preferences.models import Preference
from tests.omni_sync.messages.journeys.conftest import NOON, reader, scan_trigger, scanned, why

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Busy(Email):
    """Takes nothing until it ``is_free``."""

    is_free = False

    def send(self, parcel):
        if not self.is_free:
            raise Retry("503")
        return super().send(parcel)


@pytest.fixture(autouse=True)
def at_five(journey, monkeypatch, settings):
    """It is five in the afternoon in Jakarta, five hours after the scan, and the provider is busy."""
    monkeypatch.setattr(Busy, "is_free", False)
    settings.LINTAS_CHANNELS = {"email": f"{__name__}.Busy"}
    set_clock(monkeypatch, 5)


def set_clock(monkeypatch, hours):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + hours * HOUR)


def tried(person, hours=5):
    """The message after the first try, which failed."""
    scanned(person)
    plan_follow_ups(now=NOON + hours * HOUR)
    decide_follow_ups()
    assert send_messages() == (0, True)
    return Message.objects.get()


def again(monkeypatch, hours, message=None):
    """The provider is free now, so many hours after noon."""
    monkeypatch.setattr(Busy, "is_free", True)
    set_clock(monkeypatch, hours)
    done = send_messages()
    return done, message or Message.objects.get()


def explained(person, *, to_the_person=True):
    (one,) = heard_by(person, most=5, to_the_person=to_the_person)
    return one.label, one.text


@pytest.mark.parametrize("purpose", [Purpose.MARKETING, Purpose.SERVICE])
def test_a_retry_at_night_waits_for_the_morning_and_says_so(monkeypatch, purpose):
    triggers.TRIGGERS["test_news"] = scan_trigger(purpose=purpose)
    sari = reader()
    tried(sari)
    done, message = again(monkeypatch, 11.5)  # half past eleven
    assert (done, mail.outbox, message.state, message.tries) == ((0, True), [], "waiting", 1)
    assert message.next_try_at == NOON + 21 * HOUR  # nine in the morning
    label, text = explained(sari)
    assert label == "Not yet"
    assert text.startswith("Until 9 a.m. it waits, because of your quiet hours.")
    assert explained(sari, to_the_person=False)[1].startswith("Until 09:00 it waits, because of their quiet hours.")
    done, message = again(monkeypatch, 21)
    assert (done, message.state) == ((1, True), "sent")
    assert explained(sari)[1].startswith("Sent by e-mail")


def test_the_readers_own_quiet_hours_count(monkeypatch):
    sari = reader()
    tried(sari)
    Preference.objects.create(person=sari, quiet_from="18:00", quiet_until="19:00")
    _, message = again(monkeypatch, 6.5)
    assert message.next_try_at == NOON + 7 * HOUR


def test_a_journey_that_was_switched_off_since_stops_it(monkeypatch):
    sari = reader()
    tried(sari)
    Journey.objects.update(is_on=False)
    done, message = again(monkeypatch, 6)
    assert (done, message.state, message.failure, why()) == ((0, True), "stopped", "off", [("stopped", "off")])
    assert "we have stopped sending" in explained(sari)[1]


def test_what_became_old_on_its_way_is_not_told(monkeypatch):
    sari = reader()
    tried(sari)
    done, message = again(monkeypatch, 5 + 3 * 24 + 1)
    assert (done, message.state, why()) == ((0, True), "stopped", [("stopped", "late")])
    assert "too late" in explained(sari)[1]


def test_one_that_goes_late_counts_from_when_it_went(monkeypatch):
    sari = reader()
    tried(sari)
    _, message = again(monkeypatch, 30)
    assert message.state == "sent"
    Message.objects.update(said_at=NOON)
    week_later = 7 * 24 + 22  # more than a week after it was said, less than one after it went
    scanned(sari, key="scan-2", at=NOON + (week_later - 5) * HOUR)
    set_clock(monkeypatch, week_later)
    plan_follow_ups(now=NOON + week_later * HOUR)
    decide_follow_ups()
    assert why() == [("sent", ""), ("stopped", "cap")]


@pytest.mark.parametrize("days", [0, 4])
def test_one_that_cannot_be_looked_at_keeps_nobody_waiting_and_is_late_in_the_end(monkeypatch, days):
    for number in range(3):
        scanned(reader(f"s{number}@example.com"), key=f"scan-{number}")
    plan_follow_ups(now=NOON + 5 * HOUR)
    decide_follow_ups()
    triggers.TRIGGERS["test_news"] = scan_trigger(gone=lambda rows: {0 // (one.occurrence != "scan-1") for one in rows})
    letter = Message.objects.create(
        key="letter", kind="test_news", to="other@example.com", data=Message.objects.all()[0].data,
        next_try_at=NOON + 5 * HOUR,
    )  # fmt: skip
    if days:
        Message.objects.filter(follow_up__occurrence__in=["scan-0", "scan-2"]).delete()
    (sent, _), _ = again(monkeypatch, 5 + days * 24, message=letter)
    broken = Message.objects.get(follow_up__occurrence="scan-1")
    if days:
        assert (sent, broken.state, broken.failure) == (1, "stopped", "late")
    else:
        assert (sent, broken.state, broken.next_try_at) == (3, "waiting", NOON + 5 * HOUR + timedelta(minutes=10))


def test_many_that_may_not_go_hold_nobody_up(monkeypatch):
    """More of them than are claimed at once."""
    for number in range(40):
        scanned(reader(f"s{number}@example.com"), key=f"scan-{number}")
    plan_follow_ups(now=NOON + 5 * HOUR)
    decide_follow_ups()
    Journey.objects.update(is_on=False)
    other = Message.objects.create(
        key="other", kind="test_news", to="other@example.com", data=Message.objects.all()[0].data,
        next_try_at=NOON + 5 * HOUR,
    )  # fmt: skip
    monkeypatch.setattr(Busy, "is_free", True)
    assert send_messages() == (1, True)
    other.refresh_from_db()
    assert other.state == "sent"
    assert set(why()) == {("stopped", "off")}
