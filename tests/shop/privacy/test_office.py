"""Head office sees who waits and by when, and answers who wrote or came by."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from omni_sync.messages.models import Message
from omni_sync.messages.words import words_of
from omni_sync.oscar.models import Order
from omni_sync.people.models import Identifier, Person
from omni_sync.privacy.carry_out import do_requests
from omni_sync.privacy.models import Packet, PrivacyRequest
from tests.instore.tablets import read
from tests.shop.privacy.life import EMAIL, PHONE, TYPED

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/lintas/privacy/"


@pytest.fixture
def desk(db):
    client = Client()
    client.force_login(get_user_model().objects.create(email="rani@langkah.example", is_staff=True))
    return client


def noted(desk, kind="erasure", contact=TYPED, **more):
    answer = desk.post(PAGE, {"kind": kind, "contact": contact, **more})
    return answer.url if answer.status_code == 302 else answer


def agree(desk, page):
    return read(desk.post(page, {"do": "agree"}, follow=True))


def test_only_staff_come_in(client, sari):
    assert Client().get(PAGE).status_code == 302
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"kind": "erasure", "contact": EMAIL}).status_code == 403
    assert client.post(f"{PAGE}1/").status_code == 403


def test_the_menu_leads_there_and_nobody_waits(desk):
    assert f'href="{PAGE}"' in desk.get("/dashboard/").content.decode()
    assert "Nobody waits for an answer." in read(desk.get(PAGE))


def test_the_next_deadline_is_first_and_what_is_overdue_says_so(desk):
    for hours in (1, 80):
        asked = PrivacyRequest.objects.create(kind="export", contact=f"{hours}@example.com")
        PrivacyRequest.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(hours=hours))
    page = read(desk.get(PAGE))
    assert page.index("80@example.com") < page.index("1@example.com")
    assert page.count("overdue") == 1
    PrivacyRequest.objects.update(asked_at=timezone.now() - timedelta(days=31))
    assert read(desk.get(PAGE)).count("overdue") == 4


def test_who_wrote_is_forgotten_from_here(desk, sari):
    page = noted(desk)
    assert re.search(r"\d records?, 1 account", read(desk.get(page)))
    assert do_requests() == 0
    assert "It is being done" in agree(desk, page)
    assert do_requests() == 1
    assert not get_user_model().objects.filter(email=EMAIL).exists()
    assert not Identifier.objects.filter(value=EMAIL).exists()
    assert "Who it was is forgotten." in read(desk.get(page))
    assert TYPED not in desk.get(PAGE).content.decode()


def test_who_rang_is_found_by_a_number_however_it_is_written(desk, sari):
    page = noted(desk, contact="0812 991 1773")
    agree(desk, page)
    assert do_requests() == 1
    assert not Identifier.objects.filter(value=PHONE).exists()


def test_who_wrote_gets_a_link_that_opens_once(desk, sari, settings):
    settings.BASE_URL = "https://shop.example"
    page = noted(desk, kind="export", contact=EMAIL, reply_to="")
    agree(desk, page)
    assert do_requests() == 1
    message = Message.objects.get(kind="privacy_packet")
    assert message.to == EMAIL
    link = re.search(r"https://shop\.example(/data/\S+/)", words_of(message).text)[1]
    stranger = Client()
    for _ in range(2):
        opened = stranger.get(link)
        assert (opened.url, opened.headers["Referrer-Policy"]) == ("/data/take/", "no-referrer")
        assert stranger.get(opened.url).status_code == 200
    assert stranger.post(link).status_code == 405
    assert Client().post(opened.url).status_code == 404
    answer = stranger.post(opened.url)
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    assert stranger.post(opened.url).status_code == 404
    assert stranger.get(link).status_code == 404


def test_a_phone_number_needs_an_address_for_the_link(desk, sari):
    refused = noted(desk, kind="export", contact=PHONE)
    assert refused.status_code == 422
    assert "Where shall the link go?" in refused.content.decode()
    assert noted(desk, contact="hello").status_code == 422
    assert noted(desk, contact="not@an@address").status_code == 422
    assert PrivacyRequest.objects.count() == 0


def test_an_order_that_is_not_over_is_named_here_too(desk, sari):
    Order.objects.filter(pk=sari.order.pk).update(status="Pending")
    assert f"Not yet: {sari.order.number} is not over." in agree(desk, noted(desk))
    assert do_requests() == 0


def test_what_is_put_aside_names_nobody(desk, sari):
    page = noted(desk)
    desk.post(page, {"do": "take-back"})
    asked = PrivacyRequest.objects.get()
    assert (asked.outcome, asked.contact) == ("taken_back", "")
    assert "This is done already." in agree(desk, page)
    assert Person.objects.filter(pk=sari.person.pk).exists()


def test_somebody_we_do_not_know_is_answered_so(desk, db):
    page = noted(desk, kind="export", contact="nobody@example.com")
    agree(desk, page)
    assert do_requests() == 1
    assert PrivacyRequest.objects.get().outcome == "nobody"


def test_the_page_asks_the_same_of_the_database_however_many_wait(desk, django_assert_max_num_queries):
    PrivacyRequest.objects.create(kind="export", contact="a@example.com")
    desk.get(PAGE)
    with django_assert_max_num_queries(12) as few:
        desk.get(PAGE)
    PrivacyRequest.objects.bulk_create(
        [PrivacyRequest(kind="export", contact=f"{n}@example.com", asked_at=timezone.now()) for n in range(50)]
    )
    with django_assert_max_num_queries(12) as many:
        desk.get(PAGE)
    assert len(few) == len(many)


def test_a_file_that_nobody_took_goes_with_who_is_forgotten(desk, sari):
    agree(desk, noted(desk, kind="export", contact=EMAIL))
    assert do_requests() == 1
    assert Packet.objects.count() == 1
    agree(desk, noted(desk, contact=EMAIL))
    assert do_requests() == 1
    assert not Packet.objects.exists()


def test_what_somebody_asked_themselves_finds_nobody_once_they_are_forgotten_from_here(desk, sari):
    nameless = get_user_model().objects.create(email="")
    own = PrivacyRequest.objects.create(person=sari.person, kind="erasure", held_up_by=sari.order.number)
    agree(desk, noted(desk))
    assert do_requests() == 1
    agree(desk, f"{PAGE}{own.pk}/")
    assert do_requests() == 1
    own.refresh_from_db()
    assert own.outcome == PrivacyRequest.Outcome.NOBODY
    assert get_user_model().objects.filter(pk=nameless.pk).exists()
