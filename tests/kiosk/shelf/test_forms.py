"""What a shopper does about what was scanned: nothing is doubled, and nothing is lost where it is refused."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from omni_sync.carts.models import Fulfilment
from omni_sync.lists.models import AnonymousLine
from omni_sync.oscar.models import Basket, BasketLine, WishLine
from omni_sync.stock.count import count
from omni_sync.stock.models import Level
from tests.instore.places import make_product, put
from tests.kiosk.shelf.conftest import LARGE, MEDIUM
from tests.kiosk.shelf.test_page import shelf
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db
NONCE = "a-nonce-of-a-form"


def add(phone, gtin=MEDIUM, at="menteng", nonce=NONCE, **more):
    return phone.post(f"/shelf/{gtin}/basket/?s=menteng", {"at": at, "nonce": nonce}, follow=True, **more)


def lines():
    return list(BasketLine.objects.values_list("product__entry__size", "quantity", "stockrecord__partner__code"))


def test_stranger_puts_it_into_the_basket_to_be_collected_here(phone, menteng):
    page = add(phone)
    assert page.redirect_chain == [(shelf(), 302)]
    assert "Kawan tee, black, M is in your basket, to be collected at Menteng." in text_of(page)
    assert lines() == [("M", 1, "menteng")]
    assert Fulfilment.objects.get().partner == menteng.partner
    assert "Kawan tee" in phone.get("/basket/").content.decode()


def test_form_sent_twice_puts_one_in(phone, menteng):
    add(phone), add(phone)
    assert lines() == [("M", 1, "menteng")]
    add(phone, nonce="another-nonce-of-a-form")
    assert lines() == [("M", 2, "menteng")]


def test_sold_out_meanwhile_is_said_and_nothing_is_changed(phone, menteng, tee):
    count(stockrecord=Level.objects.get(stockrecord__product=tee[1], stockrecord__partner=menteng.partner).stockrecord,
          quantity=0)  # fmt: skip
    page = add(phone)
    assert "There is no more of “Kawan tee, black, M” at Menteng. Nothing was changed." in text_of(page)
    assert not Basket.objects.exists()
    assert "oscar_open_basket" not in phone.cookies
    count(stockrecord=Level.objects.get(stockrecord__product=tee[1], stockrecord__partner=menteng.partner).stockrecord,
          quantity=3)  # fmt: skip
    add(phone)  # the same form may be sent again
    assert lines() == [("M", 1, "menteng")]


def test_it_is_collected_elsewhere_or_sent(phone, menteng):
    page = add(phone, LARGE, at="dago")
    assert "to be collected at Dago" in text_of(page)
    page = add(phone, LARGE, at="", nonce="another-nonce-of-a-form")
    assert "Kawan tee, black, L is in your basket, to be sent to you." in text_of(page)
    assert lines() == [("L", 2, "gudang")]


def test_what_changes_of_the_rest_of_the_basket_is_said(phone, menteng, tee):
    bag = make_product("Bag", gtin="09521000000032")
    put(bag, menteng.partner, 4, sku="BAG")
    put(tee[1], menteng.partner, 2)
    add(phone, "09521000000032")
    page = text_of(add(phone, at="dago", nonce="another-nonce-of-a-form"))
    assert "Bag is in your basket too, but can&#x27;t be collected at Dago." in page


def test_basket_that_is_being_ordered_is_left_alone(phone, menteng):
    add(phone)
    Basket.objects.update(status=Basket.FROZEN)
    budi = get_user_model().objects.create_user(email="budi@langkah.example")
    Basket.objects.update(owner=budi)
    page = add(phone, nonce="another-nonce-of-a-form")
    assert page.status_code == 200
    assert BasketLine.objects.filter(basket__status=Basket.FROZEN).get().quantity == 1


def test_unknown_place_is_refused(phone, menteng):
    assert add(phone, at="nowhere").status_code == 404
    assert lines() == []


def test_strangers_list_is_kept_by_the_browser_and_members_own_by_the_account(phone, menteng, tee):
    for _ in range(2):
        page = phone.post(f"/shelf/{MEDIUM}/list/?s=menteng", follow=True)
    assert "is on the list in this browser" in text_of(page)
    assert AnonymousLine.objects.get().product == tee[1]
    assert "Kawan tee" in phone.get("/h/list/").content.decode()
    phone.force_login(get_user_model().objects.create_user(email="budi@langkah.example"))
    for _ in range(2):
        page = phone.post(f"/shelf/{MEDIUM}/list/?s=menteng", follow=True)
    assert "Kawan tee, black, M is on your list." in text_of(page)
    assert WishLine.objects.get().product == tee[1]


@pytest.mark.parametrize("path", ["basket", "list", "help"])
@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"},
     {"origin": "null"}, {}],
)  # fmt: skip
def test_form_of_a_foreign_page_is_refused(menteng, path, headers):
    stranger = Client(enforce_csrf_checks=True, headers=headers)
    assert stranger.post(f"/shelf/{MEDIUM}/{path}/?s=menteng", {"at": "menteng"}).status_code == 403
    assert lines() == []


def test_older_browsers_say_the_origin(menteng):
    older = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    assert "is in your basket" in text_of(add(older))


@pytest.mark.parametrize("path", ["basket", "list", "help"])
def test_forms_address_opened_by_hand_shows_the_page(phone, menteng, path):
    answer = phone.get(f"/shelf/{MEDIUM}/{path}/?s=menteng")
    assert (answer.status_code, answer.headers["Location"]) == (302, shelf())
    assert not phone.cookies
