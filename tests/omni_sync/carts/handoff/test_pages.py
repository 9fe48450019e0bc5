"""The pages of a hand-off on two devices, over HTTP: looking takes nothing, and each device sees only its own."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.handoff.offer import offer
from omni_sync.oscar.models import Basket
from tests.omni_sync.carts import conftest as carts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
place, product, stocked, gudang = carts.place, carts.product, carts.stocked, carts.gudang


@pytest.fixture
def tee(product, stocked, gudang):
    made = product("Tee")
    stocked(made, gudang, 9)
    return made


@pytest.fixture
def phone(tee):
    """A device with two tees in its basket."""
    device = Client(enforce_csrf_checks=False)
    device.post(f"/basket/add/{tee.pk}/", {"quantity": 2})
    return device


def shown_code(answer):
    return re.search(r'class="code-letters">([^<]+)<', answer.content.decode())[1]


def the_link(stays=False):
    return f"/h/{offer(basket=Basket.objects.get(), stays=stays).token}/"


def test_from_a_code_to_the_basket_and_back(phone):
    shown = phone.post("/h/give/", follow=True)
    assert shown_code(phone.get("/h/given/")) == shown_code(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    other = Client()
    opened = other.post("/h/", {"code": shown_code(shown).lower()}, follow=True)
    assert b"Take it over to this device" in opened.content
    assert b"Good until" in phone.get("/h/given/").content
    done = other.post("/h/look/", {"choice": "theirs"}, follow=True)
    assert b"There are 2 items in it." in done.content
    now = phone.get("/h/given/").content
    assert b"has your basket now" in now
    assert b"code-letters" not in now
    assert b"Nothing in it yet" in phone.get("/basket/").content
    assert b"Tee" in other.get("/basket/").content
    again = other.post("/h/look/", {"choice": "theirs"}, follow=True)
    assert b"There are 2 items in it." in again.content
    other.post("/h/undo/")
    assert b"Nothing in it yet" in other.get("/basket/").content
    assert b"Tee" in phone.get("/basket/").content
    assert b"It came back" in phone.get("/h/given/").content


def test_a_link_that_is_only_looked_at_takes_nothing(phone):
    link = the_link()
    for _ in range(3):
        preview = Client()
        first = preview.get(link)
        assert (first.status_code, first.headers["Referrer-Policy"]) == (302, "no-referrer")
        assert link.split("/")[2] not in first.headers["Location"]
        assert preview.head(link).status_code == 302
    assert HandOff.objects.get().taken_at is None
    assert b"Take it over" in Client().get(link, follow=True).content


def test_nobody_looks_or_takes_without_having_opened_it(phone):
    the_link()
    stranger = Client()
    assert stranger.get("/h/look/").headers["Location"] == "/h/"
    assert stranger.post("/h/look/", {"choice": "theirs"}).headers["Location"] == "/h/"
    stranger.post("/h/undo/")
    assert stranger.get("/h/given/").headers["Location"] == "/basket/"
    assert HandOff.objects.get().taken_at is None


def test_taking_needs_a_form_of_ours(phone):
    link = the_link()
    device = Client(enforce_csrf_checks=True)
    device.get(link)
    assert device.post("/h/look/", {"choice": "theirs"}).status_code == 403
    assert HandOff.objects.get().taken_at is None


def test_a_choice_that_is_none_shows_the_page_again(phone):
    device = Client()
    device.get(the_link())
    answer = device.post("/h/look/", {"choice": "everything"})
    assert (answer.status_code, HandOff.objects.get().taken_at) == (200, None)


@pytest.mark.parametrize(
    ("age", "status", "words"), [(11, 410, b"This code is too old"), (None, 404, b"No basket here")]
)
def test_what_opens_nothing_says_what_to_do(phone, age, status, words):
    link = the_link() if age else "/h/" + "x" * 43 + "/"
    if age:
        HandOff.objects.update(until=timezone.now() - timedelta(minutes=1))
    answer = Client().get(link)
    assert answer.status_code == status
    assert words in answer.content


def test_who_comes_second_is_told(phone, tee):
    link = the_link()
    first, second = Client(), Client()
    for device in (first, second):
        device.get(link)
    first.post("/h/look/", {"choice": "theirs"})
    answer = second.post("/h/look/", {"choice": "theirs"})
    assert (answer.status_code, b"taken already" in answer.content) == (410, True)
    assert Basket.objects.filter(lines__isnull=False).count() == 1


def test_a_wrong_code_is_told_and_guessing_is_stopped(phone):
    phone.post("/h/give/")
    thief = Client()
    answer = thief.post("/h/", {"code": "AAAAAA"})
    assert (answer.status_code, b"No basket has this code" in answer.content) == (422, True)
    assert b'value="AAAAAA"' in answer.content
    codes = [thief.post("/h/", {"code": "AAAAAA"}).status_code for _ in range(25)]
    assert codes[-1] == 429
    assert thief.get(the_link()).status_code == 429


def test_somebody_signed_in_keeps_theirs(tee, django_user_model):
    user = django_user_model.objects.create_user(email="ayu@example.com", password="x")
    phone, laptop, kiosk = Client(), Client(), Client()
    for device in (phone, laptop):
        device.force_login(user)
    phone.post(f"/basket/add/{tee.pk}/", {"quantity": 2})
    code = shown_code(phone.post("/h/give/", follow=True))
    assert b"It is here already" in laptop.post("/h/", {"code": code}, follow=True).content
    kiosk.post("/h/", {"code": code})
    kiosk.post("/h/look/", {"choice": "theirs"})
    assert b"Tee" in kiosk.get("/basket/").content
    assert b"Tee" in phone.get("/basket/").content


def test_an_empty_basket_is_not_handed_over():
    answer = Client().post("/h/give/", follow=True)
    assert b"There is nothing in your basket yet." in answer.content
    assert Client().get("/h/give/").status_code == 405


def test_it_speaks_the_readers_language(phone):
    answer = Client().get("/h/", headers={"Accept-Language": "id"})
    assert answer.headers["Content-Language"] == "id"


def test_what_was_taken_can_be_looked_at_after_the_giving_device_has_forgotten_its_visit(phone):
    other = Client()
    other.get(the_link())
    other.post("/h/look/", {"choice": "theirs"})
    Basket.objects.get(pk=HandOff.objects.get().basket_id).delete()  # as a tablet does, whose shopper has gone
    assert not HandOff.objects.exists()
    answer = other.get("/h/look/", follow=True)
    assert (answer.status_code, b"Tee" in answer.content) == (200, True)
