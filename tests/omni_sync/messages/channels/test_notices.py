"""What providers tell: verified, counted once, in any order."""

import itertools
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.channels.registry import channel_of
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from omni_sync.messages.preferences.preferred import language_of
from omni_sync.messages.settle import sent_off
from omni_sync.messages.status.door import LARGEST, guesses
from omni_sync.messages.status.models import LastHeard, StatusNotice
from omni_sync.messages.status.note import Told, forget_notices, note_status
from omni_sync.messages.stub import tell
from omni_sync.people.consent import answer
from omni_sync.people.merge import merge, undo
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import may
from tests.omni_sync.messages.channels.conftest import ACCOUNTS, PHONE, agreed, queued, sent

pytestmark = pytest.mark.django_db
TWILIO = "https://shop.example/messages/twilio/"
META = "https://shop.example/messages/whatsapp/"
DIGITS = PHONE.removeprefix("+")


def deliver(client, notice, **changed):
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in notice.headers.items()}
    kind = headers.pop("HTTP_CONTENT_TYPE")
    body = changed.pop("body", notice.body)
    return client.post(urlsplit(notice.url).path, body, content_type=kind, **{**headers, **changed}).status_code


def status_of(message):
    message.refresh_from_db()
    return message.status


@pytest.fixture
def sms(sari, stub):
    return sent(sari, "sms")


@pytest.fixture
def whatsapp(sari, stub):
    return sent(sari, "whatsapp")


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])))
def test_in_whatever_order_it_is_told_it_was_read(client, whatsapp, order):
    for status in [*order, *order]:
        assert deliver(client, tell.whatsapp(ACCOUNTS, META, whatsapp.provider_id, DIGITS, status)) == 204
    assert status_of(whatsapp) == "read"
    assert not StatusNotice.objects.exists()


@pytest.mark.parametrize("order", [("delivered", "undelivered"), ("undelivered", "delivered")])
def test_what_came_back_did_not_arrive(client, sms, order):
    for status in order:
        assert deliver(client, tell.sms(ACCOUNTS, TWILIO, sms.provider_id, status)) == 204
    assert status_of(sms) == "bounced"


def test_a_status_that_is_faster_than_our_own_record_is_not_lost(client, sari):
    message = queued(sari, "sms")
    assert deliver(client, tell.sms(ACCOUNTS, TWILIO, "SMquick", "delivered")) == 204
    assert status_of(message) == ""
    sent_off([(message, "SMquick")])
    assert status_of(message) == "delivered"
    assert not StatusNotice.objects.exists()


def test_a_status_of_nothing_of_ours_is_dropped_in_time(client, db):
    assert deliver(client, tell.sms(ACCOUNTS, TWILIO, "SMother", "delivered")) == 204
    assert forget_notices() == 0
    StatusNotice.objects.update(heard_at=timezone.now() - timedelta(hours=2))
    assert forget_notices() == 1


@pytest.mark.parametrize("of", ["sms", "whatsapp"])
def test_forged_notices_change_nothing(client, request, clean_cache, of):
    message = request.getfixturevalue(of)
    made = (
        tell.sms(ACCOUNTS, TWILIO, message.provider_id, "delivered")
        if of == "sms"
        else tell.whatsapp(ACCOUNTS, META, message.provider_id, DIGITS, "delivered")
    )
    name = "HTTP_X_TWILIO_SIGNATURE" if of == "sms" else "HTTP_X_HUB_SIGNATURE_256"
    assert deliver(client, made, **{name: ""}) == 403
    assert deliver(client, made, **{name: "wrong"}) == 403
    assert deliver(client, made, **{name: "ñ"}) == 403
    assert deliver(client, made, body=made.body.replace(b"delivered", b"read")) == 403
    assert status_of(message) == ""


def test_what_is_too_large_is_not_read(client, db):
    made = tell.sms(ACCOUNTS, TWILIO, "SM1", "delivered")
    assert deliver(client, made, body=b"x" * (LARGEST + 1)) == 413


def test_whoever_goes_on_forging_is_not_looked_at(client, db, clean_cache):
    """Twice as often as one minute allows: they may lie in two."""
    made = tell.sms(ACCOUNTS, TWILIO, "SM1", "delivered")
    said = {deliver(client, made, HTTP_X_TWILIO_SIGNATURE="no") for _ in range(2 * guesses.most + 1)}
    assert said == {403, 429}


def test_nobody_is_heard_where_there_is_no_account(client, settings, sms):
    made = tell.sms(ACCOUNTS, TWILIO, sms.provider_id, "delivered")
    settings.LINTAS_TWILIO = settings.LINTAS_WHATSAPP = {}
    assert deliver(client, made) == 403
    assert client.get("/messages/whatsapp/", {"hub.mode": "subscribe", "hub.verify_token": ""}).status_code == 403


def test_twilio_may_sign_with_the_port_in_the_address(client, sms):
    made = tell.sms(ACCOUNTS, "https://shop.example:443/messages/twilio/", sms.provider_id, "delivered")
    assert deliver(client, made) == 204
    assert status_of(sms) == "delivered"


def test_meta_shakes_hands_with_who_knows_the_word(client, db):
    asked = {"hub.mode": "subscribe", "hub.verify_token": "shake", "hub.challenge": "1158201444"}
    answer = client.get("/messages/whatsapp/", asked)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert client.get("/messages/whatsapp/", {**asked, "hub.verify_token": "no"}).status_code == 403


def test_a_notice_of_another_number_of_the_account_is_not_ours(client, whatsapp):
    others = tell.Accounts(**{**{name: getattr(ACCOUNTS, name) for name in ACCOUNTS.__slots__}, "phone_id": "888"})
    assert deliver(client, tell.whatsapp(others, META, whatsapp.provider_id, DIGITS, "read")) == 204
    assert status_of(whatsapp) == ""


@pytest.mark.parametrize("value", [{"statuses": "x"}, {"statuses": [1, {}]}, {"messages": [{"from": 1}]}, {}])
def test_signed_nonsense_is_taken_and_means_nothing(client, db, value):
    assert deliver(client, tell.whatsapp_value(ACCOUNTS, META, value)) == 204


def test_an_address_that_is_gone_for_good_is_not_written_to_again(client, sms, sari):
    deliver(client, tell.sms(ACCOUNTS, TWILIO, sms.provider_id, "undelivered", error="30006"))
    assert channel_of("sms").addresses([sari.pk], is_marketing=True) == {}


def test_one_that_was_only_switched_off_is(client, sms, sari):
    deliver(client, tell.sms(ACCOUNTS, TWILIO, sms.provider_id, "undelivered", error="30003"))
    assert channel_of("sms").addresses([sari.pk], is_marketing=True) == {sari.pk: PHONE}


def came_back(number, minutes=0, *, for_good=True, status="bounced"):
    at = timezone.now() - timedelta(hours=1) + timedelta(minutes=minutes)
    note_status(told=[Told("sms", number, Message.Status(status), at, for_good)])


def is_reached(person):
    return bool(channel_of("sms").addresses([person.pk], is_marketing=True))


def test_what_arrived_before_the_last_came_back_changes_nothing(sari, sms):
    older = queued(sari, "sms", key="older")
    sent_off([(older, "SMolder")])
    came_back(sms.provider_id, 10)
    came_back("SMolder", 5, for_good=False, status="delivered")
    assert not is_reached(sari)
    came_back("SMolder", 15, for_good=False, status="read")
    assert is_reached(sari)


def test_what_came_back_for_a_while_may_come_back_for_good(sari, sms):
    came_back(sms.provider_id, for_good=False)
    assert is_reached(sari)
    came_back(sms.provider_id, 1)
    assert not is_reached(sari)


def test_told_before_we_know_the_message_it_still_is_for_good(sari):
    came_back("SMquick", for_good=False)
    came_back("SMquick", 1)
    came_back("SMquick", 2, for_good=False)
    sent_off([(queued(sari, "sms"), "SMquick")])
    assert not is_reached(sari)


def test_gone_for_good_told_again_does_not_undo_an_answer(client, sari, sms):
    came_back(sms.provider_id)
    assert said(client, "hello") == 204
    came_back(sms.provider_id, 61)
    assert is_reached(sari)


def said(client, text, number="SMin", **more):
    told = {"MessageSid": number, "From": PHONE, "To": "+62215550100", "Body": text, "SmsStatus": "received", **more}
    return deliver(client, tell.sms_form(ACCOUNTS, TWILIO, told))


@pytest.mark.parametrize("text", ["STOP", "stop.", " Berhenti ", "UNREG", "Jangan kirim lagi!"])
def test_stop_ends_it_once_and_says_how(client, sari, text):
    waits = queued(sari, "sms", purpose="marketing")
    assert said(client, text) == said(client, text) == 204
    no = Consent.objects.get(channel="sms", state="withdrawn")
    assert (no.source, no.proof) == ("answer by sms", f"SMin: {text.strip()}")
    assert not no.is_claim
    assert may(person_id=sari.pk, channel="whatsapp", purpose="marketing")
    send_messages()
    waits.refresh_from_db()
    assert (waits.state, waits.failure) == ("stopped", "consent")


def test_a_yes_after_a_stop_is_a_yes(client, sari):
    said(client, "STOP")
    agreed(sari, "sms")
    assert may(person_id=sari.pk, channel="sms", purpose="marketing")


def test_the_same_stop_told_again_leaves_a_later_yes_alone(client, sari):
    said(client, "STOP")
    agreed(sari, "sms")
    assert said(client, "STOP") == 204
    assert may(person_id=sari.pk, channel="sms", purpose="marketing")
    said(client, "STOP", number="SMother")
    assert not may(person_id=sari.pk, channel="sms", purpose="marketing")


def test_two_stops_without_a_number_are_two(client, sari):
    said(client, "STOP", number="")
    agreed(sari, "sms")
    said(client, "STOP", number="")
    assert not may(person_id=sari.pk, channel="sms", purpose="marketing")


def test_a_stop_by_sms_changes_nobodys_language(client, sari):
    with transaction.atomic():
        answer(person=sari, channel="sms", purpose="marketing", state="granted", language="id", source="test")
    said(client, "BERHENTI")
    assert language_of(sari.pk) == "id"
    assert "boleh" in Consent.objects.get(channel="sms", state="withdrawn").wording


def test_a_stop_stays_with_the_number_when_its_row_is_parted_from_an_account(client, sari):
    user = get_user_model().objects.create_user("sari@example.com", "x")
    with transaction.atomic():
        match = merge(person_ids=(sari.pk, Person.objects.create(user=user).pk), by=user)
    said(client, "STOP")
    with transaction.atomic():
        undo(match_id=match.pk, by=user)
    assert not may(person_id=sari.pk, channel="sms", purpose="marketing")


def test_twilio_may_understand_a_stop_that_we_do_not(client, sari):
    said(client, "arrêter", OptOutType="STOP")
    assert not may(person_id=sari.pk, channel="sms", purpose="marketing")


@pytest.mark.parametrize("text", ["Please stop by later", "stop it or I call", "", "no"])
def test_other_words_end_nothing(client, sari, text):
    assert said(client, text) == 204
    assert may(person_id=sari.pk, channel="sms", purpose="marketing")


def wrote(client, text, kind="text", hours=0):
    at = int((timezone.now() - timedelta(hours=hours)).timestamp())
    part = {"text": {"body": text}} if kind == "text" else {"button": {"text": text}}
    row = {"id": "wamid.in", "from": DIGITS, "timestamp": str(at), "type": kind, **part}
    return deliver(client, tell.whatsapp_value(ACCOUNTS, META, {"messages": [row]}))


@pytest.mark.parametrize("kind", ["text", "button"])
def test_stop_on_whatsapp_ends_whatsapp(client, sari, kind):
    assert wrote(client, "Stop promosi", kind) == 204
    assert not may(person_id=sari.pk, channel="whatsapp", purpose="marketing")
    assert may(person_id=sari.pk, channel="sms", purpose="marketing")


def test_when_somebody_wrote_is_kept_as_a_hash_and_only_forwards(client, sari, stub):
    wrote(client, "hello")
    wrote(client, "hello", hours=30)
    assert sent(sari, "whatsapp").state == "sent"
    assert b'"type": "text"' in stub.taken[0].body
    assert DIGITS.encode() not in bytes(LastHeard.objects.get().address_hash)


@pytest.mark.parametrize("words", ["Stop promotions", "Hentikan promosi"])
def test_the_button_that_meta_puts_below_marketing_is_a_no(client, sari, words):
    wrote(client, words, "button")
    assert not may(person_id=sari.pk, channel="whatsapp", purpose="marketing")


def test_a_stop_that_twilio_tells_with_a_status_is_a_no_once(client, sms, sari):
    told = {
        "MessageSid": sms.provider_id, "MessageStatus": "failed", "ErrorCode": "21610", "To": PHONE,
        "From": "+62215550100",
    }  # fmt: skip
    assert deliver(client, tell.sms_form(ACCOUNTS, TWILIO, told)) == 204
    assert not may(person_id=sari.pk, channel="sms", purpose="marketing")
    agreed(sari, "sms")
    assert deliver(client, tell.sms_form(ACCOUNTS, TWILIO, told)) == 204
    assert may(person_id=sari.pk, channel="sms", purpose="marketing")


def test_a_no_told_to_meta_is_one_to_us(client, whatsapp, sari):
    deliver(client, tell.whatsapp(ACCOUNTS, META, whatsapp.provider_id, DIGITS, "failed", code=131050))
    assert status_of(whatsapp) == "bounced"
    assert not may(person_id=sari.pk, channel="whatsapp", purpose="marketing")


def test_a_complaint_is_a_no(sari):
    message = sent(sari, "sms")
    note_status(told=[Told("sms", message.provider_id, Message.Status.COMPLAINED, timezone.now())] * 2)
    assert status_of(message) == "complained"
    assert "complained" in Consent.objects.get(state="withdrawn").proof
