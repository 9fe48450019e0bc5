import json
from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.messages.channels.registry import channel_of, is_open
from omni_sync.messages.status.answered import heard_from
from omni_sync.messages.stub.server import Fault
from omni_sync.people.standing import may
from tests.omni_sync.messages.channels.conftest import PHONE, sent

pytestmark = pytest.mark.django_db


def error(code, status=400):
    return Fault(status, {}, json.dumps({"error": {"code": code, "message": "no"}}).encode())


def said(stub, number=0):
    return json.loads(stub.taken[number].body)


def wrote(hours):
    heard_from(channel="whatsapp", address=PHONE, at=timezone.now() - timedelta(hours=hours))


def test_a_template_is_named_as_the_kind_and_filled_in_order(sari, stub):
    message = sent(sari, "whatsapp", language="id")
    told = said(stub)
    assert message.provider_id.startswith("wamid.")
    assert told["to"] == PHONE.removeprefix("+")
    assert (told["template"]["name"], told["template"]["language"]["code"]) == ("test_news", "id")
    (body,) = told["template"]["components"]
    texts = [one["text"] for one in body["parameters"]]
    assert texts == ["The bag is back", "Halo, it is back. There are 2 left.", "https://shop.example/bag/"]


def test_no_parameter_is_ever_empty_or_longer_than_there_is_room(sari, stub):
    sent(sari, "whatsapp", link="", what="x" * 50, left="y" * 2000)
    texts = [one["text"] for one in said(stub)["template"]["components"][0]["parameters"]]
    assert all(texts)
    assert sum(map(len, texts)) <= 1024


def test_whoever_wrote_within_the_day_is_answered_freely(sari, stub):
    wrote(hours=23)
    sent(sari, "whatsapp", purpose="marketing")
    told = said(stub)
    assert told["type"] == "text"
    assert told["text"]["body"].startswith("*The bag is back*")
    assert told["text"]["body"].endswith("Answer STOP")


def test_after_the_day_only_a_template_goes(sari, stub):
    wrote(hours=25)
    sent(sari, "whatsapp")
    assert said(stub)["type"] == "template"


def test_a_day_that_ends_on_the_way_is_no_loss(sari, stub):
    wrote(hours=23)
    stub.faults.append(error(131047))
    assert sent(sari, "whatsapp").state == "sent"
    assert said(stub)["type"] == "template"


@pytest.mark.parametrize(
    ("code", "status", "state"),
    [
        (131026, 400, "failed"),
        (132001, 404, "failed"),
        (100, 400, "failed"),
        (131047, 400, "failed"),
        (130429, 429, "waiting"),
        (131056, 400, "waiting"),
        (190, 401, "waiting"),
        (131042, 400, "waiting"),
        (131000, 500, "failed"),
    ],
)
def test_each_refusal_of_marketing_is_final_or_waits(sari, stub, code, status, state):
    stub.faults.append(error(code, status))
    message = sent(sari, "whatsapp", purpose="marketing")
    assert message.state == state
    assert str(code) in message.failure


def test_a_number_without_whatsapp_is_not_tried_again(sari, stub):
    stub.faults.append(error(131026))
    sent(sari, "whatsapp")
    assert channel_of("whatsapp").addresses([sari.pk], is_marketing=True) == {}
    assert channel_of("sms").addresses([sari.pk], is_marketing=True) == {sari.pk: PHONE}


def test_who_told_meta_that_they_want_no_marketing_told_us(sari, stub):
    stub.faults.append(error(131050))
    assert sent(sari, "whatsapp", purpose="marketing").state == "failed"
    assert not may(person_id=sari.pk, channel="whatsapp", purpose="marketing")
    assert may(person_id=sari.pk, channel="sms", purpose="marketing")


def test_halves_of_an_account_open_nothing(settings):
    settings.LINTAS_WHATSAPP = {**settings.LINTAS_WHATSAPP, "app_secret": ""}
    assert not is_open("whatsapp")
