"""Who is reached where, and which journey is on, may change between plan, decision and the channel's turn."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.edit import edit_journey
from omni_sync.messages.journeys.heard import heard_by
from omni_sync.messages.journeys.models import Journey
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.models import Message
from omni_sync.messages.status.undeliverable import give_up
from omni_sync.people.merge import merge, undo
from omni_sync.people.models import Identifier
from tests.omni_sync.messages.journeys.conftest import NOON, reader, scanned, why

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_five(journey, monkeypatch):
    """It is five in the afternoon in Jakarta, five hours after the scan."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + 5 * HOUR)


@pytest.fixture
def boss(db):
    return get_user_model().objects.create_user("boss@example.com", "long enough 1")


def planned(person):
    scanned(person)
    assert plan_follow_ups(now=NOON + 5 * HOUR) == 1


def decided(person):
    """The message, which nobody has sent yet."""
    planned(person)
    decide_follow_ups()
    return Message.objects.get()


def sent_to():
    send_messages()
    return [letter.to for letter in mail.outbox]


def proved(person, address, hours=6):
    at = timezone.now() + hours * HOUR
    return Identifier.objects.create(
        person=person, kind="email", value=address, source="test", verified_at=at, proof="link"
    )


def test_after_two_were_parted_nobody_reads_what_was_for_the_other(boss):
    sari = reader()
    budi = reader("budi@example.com", agrees=False)
    with transaction.atomic():
        match = merge(person_ids=(sari.pk, budi.pk), by=boss)
    assert decided(sari).to == "budi@example.com"
    with transaction.atomic():
        undo(match_id=match.pk, by=boss)
    assert sent_to() == [["sari@example.com"]]


def test_an_address_that_is_theirs_no_more_is_not_written_to():
    sari = reader()
    decided(sari)
    Identifier.objects.update(verified_at=None, proof="")
    assert sent_to() == []
    assert (Message.objects.get().state, why()) == ("stopped", [("stopped", "address")])
    (told,) = heard_by(sari, most=5, to_the_person=True)
    assert "we know no address of yours" in told.text


def test_whoever_has_moved_is_written_to_where_they_are():
    sari = reader()
    decided(sari)
    proved(sari, "new@example.com")
    assert sent_to() == [["new@example.com"]]
    assert Message.objects.get().to == "new@example.com"


def test_an_address_that_came_back_for_good_meanwhile_is_left_alone():
    decided(reader())
    give_up(channel="email", addresses=["sari@example.com"])
    assert sent_to() == []
    assert why() == [("stopped", "address")]


def off_and_on(boss):
    for is_on in (False, True):
        journey = Journey.objects.get()
        edit_journey(journey_id=journey.pk, revision=journey.revision, is_on=is_on, hold_out=0, steps=(), by=boss)


@pytest.mark.parametrize("begin", [planned, decided])
def test_what_was_stopped_by_switching_off_does_not_go_when_it_is_on_again(boss, begin):
    begin(reader())
    off_and_on(boss)
    decide_follow_ups()
    assert sent_to() == []
    assert why() == [("stopped", "off")]
