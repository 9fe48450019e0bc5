"""Links of letters in a real browser: it looks first, and its form comes from a page that says where it is from."""

from urllib.parse import urlsplit

import pytest
from django.db import transaction
from playwright.sync_api import expect

from omni_sync.messages.models import Message
from omni_sync.people.account import person_of
from omni_sync.people.models import Identifier, Person
from omni_sync.privacy.ask import agree, register
from omni_sync.privacy.carry_out import do_requests
from omni_sync.privacy.models import Packet, PrivacyRequest
from omni_sync.proof.ask import ask
from tests.e2e.conftest import PHONE
from tests.e2e.looks import look

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "ayu@example.com"


@pytest.fixture
def ayu(transactional_db, django_user_model) -> Person:
    user = django_user_model.objects.create_user(email=EMAIL, password="x")
    with transaction.atomic():
        return person_of(user=user)


def path_in_the_letter():
    return urlsplit(Message.objects.get().facts["link"]).path


def test_an_address_is_proved_by_a_tap_after_the_link(open_page, ayu):
    ask(user=ayu.user, language="en")
    phone = open_page(path_in_the_letter(), **PHONE)
    expect(phone.get_by_role("heading", name="Is this address yours?")).to_be_visible()
    assert urlsplit(phone.url).path == "/me/email/confirm/"
    look(phone)
    assert not Identifier.objects.exclude(verified_at=None).exists()
    phone.get_by_role("button", name="Yes, it is mine").tap()
    expect(phone.get_by_text("Thank you: the address is yours.")).to_be_visible()
    assert Identifier.objects.get().proof == Identifier.Proof.LINK


def test_the_file_of_who_wrote_is_taken_by_a_tap_after_the_link(open_page, ayu, settings):
    with transaction.atomic():
        kind = PrivacyRequest.Kind.EXPORT
        asked = register(kind=kind, contact=EMAIL, reply_to=EMAIL, language="en", by=None)
        agree(request_id=asked.pk)
    assert do_requests() == 1
    phone = open_page(path_in_the_letter(), **PHONE)
    look(phone)
    assert Packet.objects.get().taken_at is None
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Take the file").tap()
    assert download.value.suggested_filename == "my-data.zip"
    assert Packet.objects.get().taken_at is not None
