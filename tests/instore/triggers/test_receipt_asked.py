"""Who leaves an address for the receipt gets the receipt, once, and never anything else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from instore.receipts.models import Receipt
from instore.triggers.receipt_asked import send_asked_receipts
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from omni_sync.people.suppression import suppress
from tests.factories import NOON, make_connection, make_product, make_record, make_store, sale, tell_all, voided

pytestmark = pytest.mark.django_db
SARI = {"email": "sari@example.com"}


@pytest.fixture
def store(db, settings):
    settings.LINTAS_TILLS_THAT_ASK_FOR_RECEIPTS = ["till"]
    settings.BASE_URL = "https://shop.example"
    place = make_store("menteng")
    make_record(place, product=make_product(), on_hand=50)
    return place


@pytest.fixture
def till(store):
    return make_connection(store, name="till")


def sent(after=timedelta(hours=1)):
    return send_asked_receipts(now=NOON + after)


def test_the_receipt_goes_once_with_the_way_into_an_account(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer=SARI))
    assert [sent(), sent()] == [1, 0]
    assert send_messages()[0] == 1
    (letter,) = mail.outbox
    assert letter.to == ["sari@example.com"]
    assert "https://shop.example/r/" in letter.body
    assert "add it to your purchases" in letter.body
    assert Message.objects.get().purpose == "service"


def test_a_till_that_does_not_ask_sends_nothing(till, store, settings):
    settings.LINTAS_TILLS_THAT_ASK_FOR_RECEIPTS = []
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer=SARI))
    assert sent() == 0


def test_who_left_no_address_gets_none(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer={"loyalty": "L-1"}), sale(store, "R-2", {"TEE": 1}))
    assert sent() == 0


def test_what_is_old_voided_or_has_a_code_of_the_tills_own_is_left_alone(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer=SARI, at=NOON - timedelta(days=2)))
    tell_all(till, sale(store, "R-2", {"TEE": 1}, customer=SARI), voided(store, sale="R-2"))
    tell_all(till, sale(store, "R-3", {"TEE": 1}, customer=SARI, claim="k7"))
    assert sent() == 0
    assert not Receipt.objects.exists()


def test_who_was_forgotten_is_written_to_no_more(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer=SARI))
    with transaction.atomic():
        suppress(["sari@example.com"])
    assert sent() == 0
