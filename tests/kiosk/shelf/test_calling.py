"""Somebody is asked to come to the shelf: one request, read by who asked, and by nobody else."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from instore.requests.answer import finish, take
from instore.requests.models import Request, State
from kiosk.shelf.calling import of_address, of_browser
from tests.instore.tablets import make_associate
from tests.kiosk.shelf.conftest import LARGE, MEDIUM, STYLE
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db
NONCE = "a-nonce-of-a-form"


def call(phone, gtin=MEDIUM, store="menteng", nonce=NONCE):
    return phone.post(f"/shelf/{gtin}/help/?s={store}", {"nonce": nonce}, follow=True)


def test_shop_is_told_of_product_and_place_and_the_shopper_of_a_number(phone, menteng, tee):
    page = call(phone)
    asked = Request.objects.get()
    assert (asked.store, asked.kind, asked.place, asked.state) == (menteng, "help", "A-3", "waiting")
    assert [line.product for line in asked.lines.all()] == [tee[1]]
    assert page.redirect_chain == [(f"/shelf/help/{asked.pk}/?s=menteng", 302)]
    assert "Somebody will come to you" in text_of(page)
    assert f"Your number {asked.number}" in text_of(page)


def test_who_comes_is_read_by_who_asked(phone, menteng):
    call(phone)
    asked, sari = Request.objects.get(), make_associate(menteng, "Sari")
    take(request_id=asked.pk, store=menteng, by=sari)
    here = f"/shelf/help/{asked.pk}/?s=menteng"
    assert "Sari is coming to A-3" in text_of(phone.get(here))
    finish(request_id=asked.pk, store=menteng, by=sari)
    assert "You were helped" in text_of(phone.get(here))
    stranger = Client().get(here)
    assert stranger.status_code == 404
    assert "Nothing was asked here" in stranger.content.decode()


def test_no_address_has_the_token(phone, menteng):
    page = call(phone)
    assert re.fullmatch(r"/shelf/help/\d+/\?s=menteng", page.redirect_chain[0][0])


def test_form_sent_twice_and_a_second_tap_ring_once(phone, menteng):
    call(phone), call(phone), call(phone, nonce="another-nonce-of-a-form")
    assert Request.objects.count() == 1


def test_of_another_thing_or_after_it_ended_one_may_ask_again(phone, menteng):
    call(phone)
    call(phone, LARGE, nonce="another-nonce-of-a-form")
    assert Request.objects.count() == 2
    Request.objects.update(state=State.DONE, ended_at=timezone.now())
    call(phone, nonce="a-third-nonce-of-a-form")
    assert Request.objects.count() == 3


def test_style_whose_size_is_not_chosen_is_asked_about(phone, menteng, tee):
    call(phone, STYLE)
    assert Request.objects.get().lines.get().product == tee[0]


def test_it_is_called_off(phone, menteng):
    call(phone)
    asked = Request.objects.get()
    page = phone.post(f"/shelf/help/{asked.pk}/cancel/?s=menteng", follow=True)
    assert "Nobody is called any more" in text_of(page)
    asked.refresh_from_db()
    assert asked.state == State.CANCELLED


def test_nobody_calls_off_what_another_asked(phone, menteng):
    call(phone)
    Client(headers={"sec-fetch-site": "same-origin"}).post(f"/shelf/help/{Request.objects.get().pk}/cancel/")
    assert Request.objects.get().state == State.WAITING


def test_closed_store_says_so(phone, sanur_is_closed, menteng):
    page = call(phone, store="sanur")
    assert "Sanur is closed for now: nobody is there to help." in text_of(page)
    assert not Request.objects.exists()


def test_nobody_is_called_to_a_shop_that_the_address_does_not_say(phone, menteng):
    phone.cookies["lintas_store"] = "menteng"
    call(phone, store="")
    assert not Request.objects.exists()


def test_who_rings_again_and_again_is_asked_to_wait(phone, menteng):
    for number in range(of_browser.most + 2):
        page = call(phone, nonce=f"nonce-of-a-form-{number:04}")
        Request.objects.update(state=State.DONE, ended_at=timezone.now())
    assert "You have asked several times just now." in text_of(page)
    assert Request.objects.count() == of_browser.most + 1  # the first had no session yet


def test_many_browsers_of_one_address_are_limited_together(menteng, monkeypatch):
    monkeypatch.setattr(of_address, "most", 3)
    for number in range(5):
        call(Client(headers={"sec-fetch-site": "same-origin"}), nonce=f"nonce-of-a-form-{number:04}")
    assert Request.objects.count() == 3


@pytest.mark.parametrize("nonce", ["", "short", "x" * 65, "with spaces in it all"])
def test_key_that_could_be_guessed_is_not_taken(phone, menteng, nonce):
    call(phone, nonce=nonce)
    assert Request.objects.get().key != nonce
