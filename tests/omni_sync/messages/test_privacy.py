"""Who is forgotten is written to no more, whatever was on its way."""

import base64
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.channels.registry import channel_of
from omni_sync.messages.drain import forget_messages, send_messages
from omni_sync.messages.journeys.forget import forget_follow_ups
from omni_sync.messages.journeys.models import FollowUp, Journey, OpenOffer
from omni_sync.messages.models import Message, sealed
from omni_sync.messages.notes import Note
from omni_sync.messages.privacy import export
from omni_sync.messages.settle import IN_DOUBT, sent_off
from omni_sync.messages.status.answered import heard_from
from omni_sync.messages.status.models import LastHeard, Undeliverable
from omni_sync.messages.status.note import Told, note_status
from omni_sync.people.models import Identifier, Person
from omni_sync.people.signals import person_erased, person_exported
from tests.instore.places import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return Person.objects.create(name="Sari")


def message(person, state="waiting", **fields):
    facts = {"key": f"m-{Message.objects.count()}", "kind": "test_news", "channel": "sms", "purpose": "marketing"}
    return Message.objects.create(
        **{**facts, **fields}, person=person, to="+628129911773", data=sealed({"what": "a bag"}), state=state
    )


def follow_up(person, **fields):
    journey, _ = Journey.objects.get_or_create(name="test_news", trigger="test_news")
    now = timezone.now()
    number = FollowUp.objects.count()
    facts = {"step": 1, "occurrence": str(number), "occurred_at": now, "due_at": now, "facts": {"touch": 1}}
    return FollowUp.objects.create(journey=journey, person=person, **{**facts, **fields})


def erase(*people):
    with transaction.atomic():
        person_erased.send(
            sender=Person, person_ids=[one.pk for one in people], user_ids=[], values=["sari@example.com"]
        )
        Person.objects.filter(pk__in=[one.pk for one in people]).delete()


def test_what_waits_for_them_is_forgotten_by_row_whatever_its_address(person):
    message(person)
    erase(person)
    left = Message.objects.get()
    assert (left.state, left.failure, left.to, left.data, left.person) == ("failed", "forgotten", "", None, None)
    assert send_messages() == (0, True)


def test_what_is_with_its_channel_is_forgotten_too_and_ends_in_doubt(person):
    going = message(person, state="sending")
    erase(person)
    assert sent_off([(going, "SM1")]) == 0
    left = Message.objects.get()
    assert (left.state, left.failure, left.to, left.data) == ("failed", IN_DOUBT, "", None)


def test_what_was_sent_stays_as_a_number_of_nobody(person):
    message(person, state="sent", sent_at=timezone.now(), stop_hash=b"s" * 32)
    erase(person)
    left = Message.objects.get()
    assert (left.state, left.to, left.data, left.person) == ("sent", "", None, None)


#: Numbers of WhatsApp's are base64, and the reader's own is in them.
WAMID = f"wamid.{base64.b64encode(b'..628129911773..').decode()}"


def test_the_providers_number_goes_and_what_it_tells_later_means_nothing(person):
    message(person, channel="whatsapp", state="sent", sent_at=timezone.now(), provider_id=WAMID)
    erase(person)
    note_status(told=[Told("whatsapp", WAMID, status, timezone.now(), True) for status in Message.Status])
    left = Message.objects.get()
    assert (left.provider_id, left.status) == ("", "")
    assert not Undeliverable.objects.exists()


def test_the_providers_number_of_an_old_message_goes_too(person, settings):
    settings.LINTAS_MESSAGE_DAYS = 7
    old = timezone.now() - timedelta(days=8)
    message(person, channel="whatsapp", state="sent", sent_at=old, said_at=old, provider_id=WAMID)
    assert forget_messages() == 1
    assert forget_messages() == 0
    assert Message.objects.get().provider_id == ""


def test_that_somebody_wrote_to_us_is_told_to_them_and_forgotten(person):
    Identifier.objects.create(
        person=person, kind="phone", value="+628129911773", source="t", verified_at=timezone.now(), proof="code"
    )
    heard_from(channel="whatsapp", address="+628129911773", at=timezone.now())
    packet = {}
    person_exported.send(
        sender=Person, person_ids=[person.pk], user_ids=[], add=lambda name, rows: packet.update({name: list(rows)})
    )
    (row,) = packet["last_heard"]
    assert (row["address"], row["channel"], row["at"]) == ("+628129911773", "whatsapp", LastHeard.objects.get().at)
    with transaction.atomic():
        person_erased.send(sender=Person, person_ids=[person.pk], user_ids=[], values=["+628129911773"])
    assert not LastHeard.objects.exists()


def test_follow_ups_and_offers_of_every_row_of_them_go(person):
    till = Person.objects.create(merged_into=person)
    other = Person.objects.create(name="Budi")
    for one in (person, till, other):
        row = follow_up(one)
        OpenOffer.objects.create(person=one, product=make_product(), follow_up=row, until=timezone.now())
    erase(person, till)
    assert list(FollowUp.objects.values_list("person", flat=True)) == [other.pk]
    assert list(OpenOffer.objects.values_list("person", flat=True)) == [other.pk]


def test_what_old_decisions_were_made_of_is_forgotten_and_why_is_kept(person, settings):
    settings.LINTAS_MESSAGE_DAYS = 7
    now = timezone.now()
    for days, state in ((8, "stopped"), (6, "stopped"), (8, "planned")):
        at = now - timedelta(days=days)
        said = {"said": {"asked": ["sms"]}, "state": state, "occurred_at": at, "due_at": at}
        follow_up(person, **said, **({"decided_at": at, "why": "consent"} if state == "stopped" else {}))
    assert forget_follow_ups() == 1
    assert forget_follow_ups() == 0
    left = FollowUp.objects.get(facts={})
    assert (left.said, left.why) == ({}, "consent")


def test_a_packet_has_the_rest_where_one_message_cannot_be_read(person, monkeypatch):
    sms = {"channel": "sms", "kind": "test_news", "purpose": "service"}
    for number in range(2):
        Message.objects.create(key=str(number), person=person, to="+628129911773", data=sealed({"n": number}), **sms)
    channel = type(channel_of("sms"))

    def write(self, kind, facts):
        if not facts["n"]:
            raise ValueError
        return Note("News", "A bag", "")

    monkeypatch.setattr(channel, "write", write)
    told = {}
    export(None, person_ids=[person.pk], add=lambda name, rows: told.setdefault(name, list(rows)))
    assert [row.get("text") for row in told["letters"]] == [None, "A bag"]
    assert [row["to"] for row in told["letters"]] == ["+628129911773"] * 2
