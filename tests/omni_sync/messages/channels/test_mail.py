"""What became of letters, told by a mail provider through django-anymail."""

import base64

import pytest
from anymail.signals import AnymailTrackingEvent, tracking
from django.core import checks
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.channels.registry import channel_of
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from omni_sync.people.standing import may
from tests.omni_sync.messages.conftest import told
from tests.omni_sync.messages.journeys.conftest import reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(db, settings):
    """Sent by a backend of anymail's, which numbers it itself."""
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    told()
    assert send_messages() == (1, True)
    return Message.objects.get()


def heard(letter, kind, reason=None):
    event = AnymailTrackingEvent(
        event_type=kind, timestamp=timezone.now(), message_id=letter.provider_id, recipient=letter.to,
        reject_reason=reason,
    )  # fmt: skip
    tracking.send(sender=None, event=event, esp_name="Test")
    letter.refresh_from_db()
    return letter.status


def test_a_letter_is_known_by_the_providers_number(letter):
    assert letter.provider_id
    assert "@shop.example" not in letter.provider_id


def test_every_word_of_theirs_is_one_of_ours(letter):
    assert heard(letter, "queued") == ""
    assert heard(letter, "delivered") == "delivered"
    assert heard(letter, "opened") == "read"
    assert heard(letter, "delivered") == "read"
    assert heard(letter, "deferred") == "read"


@pytest.mark.parametrize(("reason", "reaches"), [("bounced", False), ("invalid", False), ("timed_out", True)])
def test_a_mailbox_that_is_gone_is_not_written_to_again(letter, reason, reaches):
    sari = reader()
    assert heard(letter, "bounced", reason) == "bounced"
    assert bool(channel_of("email").addresses([sari.pk], is_marketing=True)) is reaches


@pytest.mark.parametrize(("kind", "reason"), [("complained", None), ("unsubscribed", None), ("rejected", "spam")])
def test_a_no_that_the_provider_heard_is_one_to_us(letter, kind, reason):
    sari = reader()
    heard(letter, kind, reason)
    with transaction.atomic():
        assert not may(person_id=sari.pk, channel="email", purpose="marketing")


def event_of(kind, *, reason=None, number="of no letter of ours"):
    return AnymailTrackingEvent(
        event_type=kind, timestamp=timezone.now(), message_id=number, recipient="sari@example.com", reject_reason=reason
    )


@pytest.mark.parametrize("kind", ["complained", "unsubscribed"])
def test_a_no_to_a_letter_that_we_do_not_know_is_one_too(db, kind):
    sari = reader()
    tracking.send(sender=None, event=event_of(kind), esp_name="Test")
    assert not may(person_id=sari.pk, channel="email", purpose="marketing")


@pytest.mark.parametrize("reason", ["spam", "unsubscribed", "blocked"])
def test_what_a_filter_stopped_is_nobodys_no(letter, reason):
    sari = reader()
    tracking.send(sender=None, event=event_of("bounced", reason=reason, number=letter.provider_id), esp_name="Test")
    letter.refresh_from_db()
    assert letter.status == "bounced"
    assert may(person_id=sari.pk, channel="email", purpose="marketing")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ({"LINTAS_TWILIO": {"account_sid": "AC1"}}, "lintas.W010"),
        ({"LINTAS_WHATSAPP": {"token": "t", "phone_id": "1"}}, "lintas.W010"),
        ({"LINTAS_VAPID": {"private_key": "no key", "subject": "mailto:a@b.example"}}, "lintas.W011"),
        ({"EMAIL_BACKEND": "anymail.backends.mailgun.EmailBackend", "ANYMAIL": {}}, "lintas.W013"),
    ],
)
def test_what_is_set_by_halves_is_said(settings, said, number):
    for name, value in said.items():
        setattr(settings, name, value)
    assert number in {found.id for found in checks.run_checks(tags=["compatibility"])}


def test_only_who_has_the_password_tells(letter, client, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "shop:long-password"}
    settings.ROOT_URLCONF = "tests.omni_sync.messages.channels.mail_urls"
    told = {
        "RecordType": "Delivery", "MessageID": letter.provider_id, "Recipient": letter.to,
        "DeliveredAt": "2026-11-20T05:00:00Z",
    }  # fmt: skip
    door = "/messages/mail/postmark/tracking/"
    assert client.post(door, told, content_type="application/json").status_code == 400
    key = base64.b64encode(b"shop:long-password").decode()
    answer = client.post(door, told, content_type="application/json", headers={"Authorization": f"Basic {key}"})
    letter.refresh_from_db()
    assert (answer.status_code, letter.status) == (200, "delivered")
