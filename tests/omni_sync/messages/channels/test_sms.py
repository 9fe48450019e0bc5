from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.channels.registry import channel_of, is_open
from omni_sync.messages.models import Message
from omni_sync.messages.stub.server import Fault
from omni_sync.people.models import Consent, Identifier
from omni_sync.people.standing import may
from tests.omni_sync.messages.channels.conftest import PHONE, queued, sent

pytestmark = pytest.mark.django_db


def error(code, status=400):
    return Fault(status, {}, b'{"code": %d, "message": "+6281210000001 is wrong"}' % code)


def test_it_goes_out_with_our_address_for_what_becomes_of_it(sari, stub):
    message = sent(sari, "sms")
    (request,) = stub.taken
    told = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
    assert (message.state, message.provider_id[:2]) == ("sent", "SM")
    assert told["To"] == PHONE
    assert told["From"] == "+62215550100"
    assert told["StatusCallback"] == "https://shop.example/messages/twilio/"
    assert told["Body"] == "The bag is back\nHello, it is back.\nThere are 2 left.\nhttps://shop.example/bag/"
    assert len(request.headers["i-twilio-idempotency-token"]) == 32


def test_marketing_says_how_to_stop_it_in_its_readers_language(sari, stub):
    sent(sari, "sms", purpose="marketing", language="en")
    assert parse_qs(stub.taken[0].body.decode())["Body"][0].endswith("Answer STOP")


def test_a_messaging_service_is_named_as_one(sari, stub, settings):
    settings.LINTAS_TWILIO = {**settings.LINTAS_TWILIO, "from": "MG123"}
    sent(sari, "sms")
    told = parse_qs(stub.taken[0].body.decode())
    assert told["MessagingServiceSid"] == ["MG123"]
    assert "From" not in told


def test_a_number_that_takes_nothing_is_not_written_to_again(sari, stub):
    stub.faults.append(error(21614))
    message = sent(sari, "sms")
    assert (message.state, message.failure) == ("failed", "21614")
    assert channel_of("sms").addresses([sari.pk], is_marketing=False) == {}


@pytest.mark.parametrize("purpose", ["marketing", "service"])
def test_who_told_twilio_to_stop_told_us(sari, stub, purpose):
    stub.faults.append(error(21610))
    message = sent(sari, "sms", purpose=purpose)
    assert (message.state, message.failure) == ("failed", "21610")
    assert not may(person_id=sari.pk, channel="sms", purpose="marketing")
    assert may(person_id=sari.pk, channel="whatsapp", purpose="marketing")
    assert Consent.objects.get(state="withdrawn").proof.endswith(": 21610")


def test_what_is_wrong_with_us_waits_until_it_is_mended(sari, stub):
    stub.faults.append(error(21606))
    assert sent(sari, "sms").state == "waiting"
    assert channel_of("sms").addresses([sari.pk], is_marketing=False) == {sari.pk: PHONE}


def test_a_wrong_key_burns_no_message(sari, settings):
    settings.LINTAS_TWILIO = {**settings.LINTAS_TWILIO, "auth_token": "another"}
    message = sent(sari, "sms")
    assert (message.state, message.failure) == ("waiting", "20003")


@pytest.mark.parametrize("status", [429, 503])
def test_whoever_is_busy_is_asked_when_they_like(sari, stub, status):
    stub.faults.append(Fault(status, {"Retry-After": "900"}))
    message = sent(sari, "sms", purpose="marketing")
    assert message.state == "waiting"
    assert message.next_try_at > timezone.now() + timedelta(seconds=890)


def test_service_that_was_taken_in_silence_is_sent_again_under_its_key_and_taken_once(sari, stub):
    stub.faults.append(Fault(is_taken=True))
    message = sent(sari, "sms")
    assert message.state == "waiting"
    Message.objects.update(next_try_at=timezone.now())
    from omni_sync.messages.drain import send_messages

    assert send_messages() == (1, True)
    assert len(stub.taken) == 1


@pytest.mark.parametrize("fault", [Fault(is_taken=True), Fault(), Fault(500, is_taken=True)])
def test_marketing_that_may_have_arrived_is_left_alone(sari, stub, fault):
    stub.faults.append(fault)
    message = sent(sari, "sms", purpose="marketing")
    assert message.state == "failed"
    assert message.failure.startswith("nobody knows")


def test_no_secret_and_no_number_is_in_what_is_written_down(sari, stub, capfd):
    stub.faults += [error(21211), error(20003, 401), Fault()]
    for number in range(3):
        queued(sari, "sms", key=f"n{number}")
    from omni_sync.messages.drain import send_messages

    send_messages()
    said = capfd.readouterr()
    written = said.out + said.err + "".join(Message.objects.values_list("failure", flat=True))
    assert "n" in written
    for secret in ("twilio-secret", "AC1", PHONE, "81210000001"):
        assert secret not in written


def test_only_proved_numbers_are_written_to(sari):
    Identifier.objects.update(verified_at=None, proof="")
    assert channel_of("sms").addresses([sari.pk], is_marketing=False) == {}


def test_without_an_account_the_channel_is_closed(settings):
    settings.LINTAS_TWILIO = {"account_sid": "AC1"}
    assert not is_open("sms")


def test_the_stub_is_asked_in_threads_without_the_database(sari, stub):
    """Sixteen at once, of whom none may ask a question."""
    for number in range(20):
        queued(sari, "sms", key=f"n{number}")
    from omni_sync.messages.drain import send_messages

    with transaction.atomic():
        pass
    assert send_messages() == (20, True)
    assert len({message.provider_id for message in Message.objects.all()}) == 20
