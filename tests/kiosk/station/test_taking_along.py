"""The list leaves the kiosk: on a phone, once; in a letter; and nothing of it stays behind."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection

from instore.requests.models import Request, To
from kiosk.station import letter, passes
from kiosk.station.exceptions import PassGone
from kiosk.station.models import Pass
from omni_sync.lists.anonymous import Want
from omni_sync.lists.models import AnonymousList
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from omni_sync.oscar.models import WishLine
from settings.logs.masking import masked
from tests.instore.tablets import read
from tests.kiosk.station.conftest import GTIN, listed, nonce_in, phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_tees(shop, kiosk):
    """Two tees are on the kiosk's list."""
    kiosk.post(f"/kiosk/product/{shop.m.pk}/list/")
    kiosk.post(f"/kiosk/list/{shop.m.pk}/", {"quantity": "2"})
    return kiosk


def code_on(answer):
    return re.search(r'class="code-letters">([^<]+)<', answer.content.decode())[1]


def test_a_phone_takes_the_list_once_and_the_kiosk_forgets_it(shop, with_tees):
    shown = with_tees.post("/kiosk/list/phone/", follow=True)
    mine, late = phone(), phone()
    for device in (mine, late):
        assert "Kawan tee" in read(device.post("/h/k/", {"code": code_on(shown)}, follow=True))
    assert Pass.objects.get().taken_at is None  # looking takes nothing
    kept = read(mine.post("/h/k/", follow=True))
    assert "Kawan tee" in kept
    assert re.search(r"\b2 \W", kept)
    assert "A phone has taken this list already." in read(late.post("/h/k/"), status=410)
    assert "A phone has taken" in read(late.get("/h/k/")) or late.get("/h/k/").status_code == 200
    over = with_tees.get("/kiosk/list/given/")
    assert "This kiosk has forgotten it." in read(over)
    assert code_on(shown) not in over.content.decode()
    assert with_tees.get("/kiosk/list/").url == "/kiosk/"
    assert AnonymousList.objects.count() == 1  # the phone's


def take_along(kiosk, shown):
    """A phone keeps what the kiosk has shown the code of."""
    mine = phone()
    mine.post("/h/k/", {"code": code_on(shown)})
    return read(mine.post("/h/k/", follow=True))


def test_the_kiosk_forgets_it_whatever_page_it_shows(shop, with_tees):
    shown = with_tees.post("/kiosk/list/phone/", follow=True)
    assert listed(with_tees) == [("Kawan tee", 2)]  # back to the list, while the phone is asked
    assert "The kiosk has forgotten it." in take_along(with_tees, shown)
    assert with_tees.get("/kiosk/list/").url == "/kiosk/"
    assert AnonymousList.objects.count() == 1  # the phone's


def test_who_waits_for_the_staff_reads_their_number_until_somebody_touches_it(shop, with_tees):
    shown = with_tees.post("/kiosk/list/phone/", follow=True)
    nonce = nonce_in(with_tees.get("/kiosk/ask/"))
    number = read(with_tees.post("/kiosk/ask/", {"to": To.TILL, "nonce": nonce}, follow=True))
    take_along(with_tees, shown)
    assert "Your number 1" in number
    assert "Your number 1" in read(with_tees.get("/kiosk/asked/", HTTP_LINTAS_UNTAPPED="1"))
    assert with_tees.post("/kiosk/touched/").status_code == 409
    assert with_tees.get("/kiosk/asked/").url == "/kiosk/"
    assert Request.objects.get().is_open  # they wait at the till


def test_who_scans_next_begins_anew(shop, with_tees):
    shown = with_tees.post("/kiosk/list/phone/", follow=True)
    take_along(with_tees, shown)
    assert with_tees.post("/kiosk/scan/", {"said": GTIN}).url == f"/kiosk/product/{GTIN}/"
    assert "Kawan tee" in read(with_tees.get(f"/kiosk/product/{GTIN}/"))
    assert listed(with_tees) == []


def test_the_qr_opens_it_and_its_address_stays_secret(shop, with_tees):
    with_tees.post("/kiosk/list/phone/")
    given = passes.give(wants=[Want(shop.m.pk)])
    mine = phone()
    answer = mine.get(f"/h/k/{given.token}/")
    assert answer.url == "/h/k/"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Kawan tee" in read(mine.get("/h/k/"))
    assert masked(f"/h/k/{given.token}/") == "/h/k/***/"
    assert phone().get(f"/h/k/{given.token[:-1]}x/").status_code == 404


def test_a_member_finds_it_on_their_own_list(shop):
    given = passes.give(wants=[Want(shop.m.pk, 2)])
    ayu, mine = get_user_model().objects.create(email="ayu@langkah.example"), phone()
    mine.force_login(ayu)
    mine.get(f"/h/k/{given.token}/")
    mine.post("/h/k/")
    assert WishLine.objects.get(wishlist__owner=ayu).quantity == 2


def test_an_old_code_opens_nothing(shop):
    given = passes.give(wants=[Want(shop.m.pk)])
    mine = phone()
    mine.get(f"/h/k/{given.token}/")
    Pass.objects.update(until="2026-01-01T00:00Z")
    assert "too old" in read(mine.get("/h/k/"), status=410)
    assert "No list has this code." in read(mine.post("/h/k/", {"code": given.code}), status=422)
    with pytest.raises(PassGone):
        passes.by_token(given.token)


def test_codes_are_not_guessed(shop):
    guesser = phone()
    for _ in range(20):
        guesser.post("/h/k/", {"code": "AAAAAA"})
    assert guesser.post("/h/k/", {"code": "AAAAAA"}).status_code == 429


def test_neither_token_nor_code_is_stored(shop):
    given = passes.give(wants=[Want(shop.m.pk)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(p::text, ' ') FROM kiosk_pass p")
        rows = cursor.fetchone()[0]
    assert given.token not in rows
    assert given.code not in rows


def test_a_list_that_waits_for_its_phone_outlives_the_visit_and_not_the_code(shop, with_tees, clock):
    shown = with_tees.post("/kiosk/list/phone/", follow=True)
    clock.pass_by(91)
    assert with_tees.get("/kiosk/list/given/").url == "/kiosk/"
    mine = phone()
    mine.post("/h/k/", {"code": code_on(shown)})
    assert "Kawan tee" in read(mine.post("/h/k/", follow=True))


def test_an_empty_list_is_not_given(kiosk):
    assert "nothing on your list" in read(kiosk.post("/kiosk/list/phone/"), status=409)
    assert kiosk.get("/kiosk/list/letter/").url == "/kiosk/list/"


def send(kiosk, address="ayu@langkah.example", **more):
    nonce = nonce_in(kiosk.get("/kiosk/list/letter/"))
    return kiosk.post("/kiosk/list/letter/", {"email": address, "nonce": nonce, **more})


def test_a_letter_brings_the_list_and_the_kiosk_keeps_no_address(shop, with_tees):
    said = read(send(with_tees))
    assert "on its way" in said
    send_messages()
    (sent,) = mail.outbox
    assert sent.to == ["ayu@langkah.example"]
    assert "Your list from Menteng" in sent.subject
    assert re.search(r"2 \W Kawan tee", sent.body)
    link = re.search(r"https?://[^/\s]+(/h/list/[\w-]+/)", sent.body)[1]
    assert "Kawan tee" in read(phone().get(link, follow=True))
    assert with_tees.get("/kiosk/list/").url == "/kiosk/"
    assert AnonymousList.objects.count() == 1  # that of the letter
    assert not with_tees.session.keys()


def test_no_letter_without_an_address(with_tees):
    for address in ("", "ayu", "a@b", "a@b.example\nBcc: c@d.example"):
        assert "Something needs" in read(send(with_tees, address), status=422) or not Message.objects.exists()
    assert not Message.objects.exists()
    assert listed(with_tees) == [("Kawan tee", 2)]


def test_a_kiosk_writes_so_many_letters_and_no_more(with_tees, monkeypatch):
    monkeypatch.setattr(letter.letters, "most", 0)
    assert "Too many letters" in read(send(with_tees), status=429)
    assert not Message.objects.exists()
