"""The basket of who is served at a tablet: filled once per tap, handed on, taken over, and forgotten."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.models import Fulfilment
from omni_sync.oscar.models import Basket, BasketLine
from tests.instore.places import make_product, make_store, put
from tests.instore.tablet.conftest import sign_in_at
from tests.instore.tablets import has_word, read

pytestmark = pytest.mark.django_db
PAGE = "/staff/basket/"


def add(tablet, article, seen=0, **more):
    return tablet.post(PAGE, {"article": article, "seen": seen, **more}, follow=True)


def lines():
    return sorted(BasketLine.objects.values_list("product__title", "quantity"))


def shown_code(answer):
    return re.search(r'class="code-letters">([^<]+)<', answer.content.decode())[1]


def test_an_empty_one_says_what_to_do(on_duty):
    assert "Nothing in it yet." in read(on_duty.get(PAGE))
    assert not Basket.objects.exists()


def test_what_is_scanned_goes_in_and_is_collected_here(on_duty, shop):
    assert "Tee" in read(add(on_duty, "tee"))
    assert lines() == [("Tee", 1)]
    assert Fulfilment.objects.get().partner == shop.store.partner
    assert "Rp149,000" in read(on_duty.get(PAGE))
    assert "Together Rp298,000" in read(add(on_duty, "TEE", seen=1))


def test_a_barcode_and_a_shelf_code_are_the_article(on_duty, shop):
    put(make_product("Sock", gtin="09521234543213"), shop.store.partner, 3, sku="SOCK")
    add(on_duty, "9521234543213")
    add(on_duty, "https://shop.example/01/09521234543213?s=menteng", seen=1)
    assert lines() == [("Sock", 2)]


def test_a_tap_that_is_sent_twice_adds_once(on_duty):
    add(on_duty, "TEE")
    assert "The basket has changed." in read(add(on_duty, "TEE"), status=409)
    assert lines() == [("Tee", 1)]


def test_nothing_of_another_shop_or_of_nowhere_goes_in(on_duty):
    put(make_product("Boot"), make_store("dago").partner, 3, sku="BOOT")
    for said in ("BOOT", "nonsense", "9521234543214", "", "\x00", "BO\x00OT"):
        assert "No article of this shop has this code." in read(add(on_duty, said), status=422)
    assert lines() == []


def test_no_more_goes_in_than_can_be_promised_here(on_duty, shop):
    put(shop.hat.product, shop.store.partner, 1, sku="HAT")
    add(on_duty, "HAT")
    assert "There are only 1 of “Hat” here to promise." in read(add(on_duty, "HAT", seen=1), status=409)
    line = BasketLine.objects.get()
    refused = on_duty.post(f"{PAGE}lines/{line.pk}/", {"quantity": 2})
    assert "There are only 1 of “Hat” here" in read(refused, status=409)
    put(shop.hat.product, shop.store.partner, 0, sku="HAT")
    assert "Only 0 left here" in read(on_duty.get(PAGE))
    assert lines() == [("Hat", 1)]


def test_quantities_are_set_and_none_takes_it_out(on_duty):
    add(on_duty, "TEE")
    line = BasketLine.objects.get()
    for quantity in (3, 3, "x", -1, 100000):
        on_duty.post(f"{PAGE}lines/{line.pk}/", {"quantity": quantity})
    assert lines() == [("Tee", 3)]
    on_duty.post(f"{PAGE}lines/{line.pk}/", {"quantity": 0})
    on_duty.post(f"{PAGE}lines/{line.pk}/", {"quantity": 1})
    assert lines() == []


def test_a_line_of_another_basket_is_out_of_reach(on_duty, phone):
    theirs = BasketLine.objects.get()
    add(on_duty, "HAT")
    on_duty.post(f"{PAGE}lines/{theirs.pk}/", {"quantity": 0})
    assert lines() == [("Hat", 1), ("Tee", 2)]


def test_from_the_tablet_to_a_phone(on_duty, client):
    add(on_duty, "TEE")
    shown = on_duty.post(f"{PAGE}give/", follow=True)
    assert "no-store" in shown.headers["Cache-Control"]
    client.post("/h/", {"code": shown_code(shown)})
    client.post("/h/look/", {"choice": "theirs"})
    assert b"Tee" in client.get("/basket/").content
    now = on_duty.get(f"{PAGE}given/").content
    assert b"this tablet has forgotten it" in now
    assert b"code-letters" not in now
    assert "Nothing in it yet." in read(on_duty.get(PAGE))


def test_from_a_phone_to_the_tablet_and_back(on_duty, phone):
    code = shown_code(phone.post("/h/give/", follow=True))
    add(on_duty, "HAT")
    choosing = read(on_duty.post(f"{PAGE}receive/", {"code": code.lower()}, follow=True))
    assert "Put both together: 3 items" in choosing
    assert "Undo" in read(on_duty.post(f"{PAGE}look/", {"choice": "both"}, follow=True))
    assert lines() == [("Hat", 1), ("Tee", 2)]
    assert b"Nothing in it yet" in phone.get("/basket/").content
    again = on_duty.post(f"{PAGE}look/", {"choice": "both"}, follow=True)
    assert again.redirect_chain[-1][0] == PAGE
    on_duty.post(f"{PAGE}give-back/")
    assert "Hat" in read(on_duty.get(PAGE))
    assert "Tee" not in read(on_duty.get(PAGE))
    assert b"Tee" in phone.get("/basket/").content
    assert "It is too late to undo this" in read(on_duty.post(f"{PAGE}give-back/"), status=409)


def test_the_link_in_a_phones_qr_is_as_good_as_its_code(on_duty, phone):
    phone.post("/h/give/")
    page = phone.get("/h/given/").content.decode()
    assert "code-qr" in page
    from omni_sync.carts.handoff.offer import offer

    token = offer(basket=Basket.objects.get(), stays=False).token
    answer = on_duty.post(f"{PAGE}receive/", {"code": f"https://shop.example/h/{token}/"})
    assert answer.url == f"{PAGE}look/"
    assert HandOff.objects.filter(taken_at=None).count() == 2


def test_an_old_wrong_or_taken_code_opens_nothing(on_duty, phone):
    for said in ("AAAAAA", "", "/h/" + "x" * 43):
        assert "No basket has this code." in read(on_duty.post(f"{PAGE}receive/", {"code": said}), status=422)
    code = shown_code(phone.post("/h/give/", follow=True))
    on_duty.post(f"{PAGE}receive/", {"code": code})
    HandOff.objects.update(until="2026-01-01T00:00Z")
    assert "its code is too old" in read(on_duty.get(f"{PAGE}look/"), status=410)
    assert lines() == [("Tee", 2)]


def test_codes_are_not_guessed(on_duty):
    for _ in range(20):
        on_duty.post(f"{PAGE}receive/", {"code": "AAAAAA"})
    assert "Too many tries." in read(on_duty.post(f"{PAGE}receive/", {"code": "AAAAAA"}), status=429)


def test_locking_forgets_it_and_the_shops_own_pages_never_knew(on_duty):
    add(on_duty, "TEE")
    assert settings.OSCAR_BASKET_COOKIE_OPEN not in on_duty.cookies
    assert b"Nothing in it yet" in on_duty.get("/basket/").content
    shown = shown_code(on_duty.post(f"{PAGE}give/", follow=True))
    on_duty.post("/staff/lock/")
    page = on_duty.get(f"{PAGE}given/")
    assert shown not in page.content.decode()
    assert not has_word(page.content.decode(), "Tee")


def test_whoever_signs_in_next_starts_with_nothing(on_duty, shop):
    add(on_duty, "TEE")
    on_duty.post("/staff/lock/")
    from tests.instore.tablets import make_associate, type_pin

    type_pin(on_duty, make_associate(shop.store, "Dewi"))
    assert "Nothing in it yet." in read(on_duty.get(PAGE))


def test_the_end_of_a_visit_leaves_no_basket(on_duty):
    add(on_duty, "TEE")
    on_duty.post(f"{PAGE}end/")
    assert not Basket.objects.exists()
    assert on_duty.get(f"{PAGE}given/").url == PAGE


def test_another_tablet_sees_nothing_of_it(on_duty, shop):
    add(on_duty, "TEE")
    on_duty.post(f"{PAGE}give/")
    other = sign_in_at(shop.store, "Dewi", device="By the door")
    assert "Nothing in it yet." in read(other.get(PAGE))
    assert other.get(f"{PAGE}given/").url == PAGE
    assert other.get(f"{PAGE}look/").url == f"{PAGE}receive/"


def test_the_page_asks_the_same_of_the_database_however_long_it_is(one_moment, on_duty, shop):
    add(on_duty, "TEE")
    on_duty.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        on_duty.get(PAGE)
    for n in range(49):
        put(make_product(f"Sock {n}"), shop.store.partner, 3, sku=f"SOCK-{n}")
        add(on_duty, f"SOCK-{n}", seen=n + 1)
    with CaptureQueriesContext(connection) as many:
        assert "Sock 48" in read(on_duty.get(PAGE))
    assert len(few) == len(many) <= 10, "\n".join(query["sql"] for query in many)
