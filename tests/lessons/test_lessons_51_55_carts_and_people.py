"""Carts that follow a person and nobody else, over HTTP: LESSONS 51, 52, 53, 54 and 55."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.utils import timezone

from omni_sync.carts.models import Fulfilment
from omni_sync.messages.models import Message
from omni_sync.oscar.models import Basket, BasketLine, Order
from omni_sync.people.identify import Customer, persons_of
from omni_sync.people.models import Person
from omni_sync.people.resolve import resolve
from omni_sync.proof.models import EmailProof
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import text_of
from tests.shop.test_basket import add, change, collect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
PASSWORD = "kereta-malam-72"


@pytest.fixture
def gudang():
    return make_warehouse()


def goods(gudang, *titles, quantity=9):
    made = [make_product(title) for title in titles]
    for number, product in enumerate(made):
        put(product, gudang, quantity, sku=f"SKU-{number}-{product.pk}")
    return made


def account(email="ayu@example.com"):
    return get_user_model().objects.create_user(email=email, password=PASSWORD)


def sign_in(browser, user):
    return browser.post(
        "/accounts/login/",
        {"login-username": user.email, "login-password": PASSWORD, "login_submit": "Log In"},
    )


def held(user):
    lines = BasketLine.objects.filter(basket__owner=user, basket__status=Basket.OPEN)
    return dict(lines.values_list("product__title", "quantity"))


def test_51_sixty_five_lines_survive_a_sign_in_that_breaks_in_the_middle(gudang, monkeypatch):
    products = goods(gudang, *(f"Thing {n}" for n in range(65)))
    user, browser = account(), Client()
    Basket.open.create(owner=user)
    for product in products:
        add(browser, product)
    with monkeypatch.context() as broken:
        broken.setattr("omni_sync.oscar.middleware.cap", lambda *_: 1 / 0)
        assert sign_in(browser, user).status_code == 302
        assert browser.get("/basket/").status_code == 200
        assert held(user) == {}
        assert Basket.open.get(owner=None).lines.count() == 65
    browser.get("/basket/")
    assert held(user) == {f"Thing {n}": 1 for n in range(65)}


def test_51_the_same_thing_in_both_stays(gudang):
    (tee,) = goods(gudang, "Tee")
    user, phone, laptop = account(), Client(), Client()
    sign_in(phone, user)
    add(phone, tee, 2)
    add(laptop, tee, 3)
    sign_in(laptop, user)
    laptop.get("/basket/")
    assert held(user) == {"Tee": 3}


def test_52_whoever_signs_in_next_on_a_shared_browser_starts_with_their_own(gudang):
    tee, hat = goods(gudang, "Tee", "Hat")
    ayu, budi, browser = account(), account("budi@example.com"), Client()
    add(browser, tee, 2)
    sign_in(browser, ayu)
    browser.get("/basket/")
    browser.post("/accounts/logout/")
    assert "Tee" not in text_of(browser.get("/basket/"))
    sign_in(browser, budi)
    assert "Tee" not in text_of(browser.get("/basket/"))
    add(browser, hat)
    browser.post("/accounts/logout/")
    sign_in(browser, ayu)
    browser.get("/basket/")
    assert (held(ayu), held(budi)) == ({"Tee": 2}, {"Hat": 1})


@pytest.mark.parametrize("pages", [(), ("/accounts/",)])
def test_52_nobody_has_to_look_at_the_basket_for_it_to_be_whose_it_is(gudang, pages):
    (tee,) = goods(gudang, "Tee")
    ayu, budi, browser = account(), account("budi@example.com"), Client()
    add(browser, tee, 2)
    sign_in(browser, ayu)
    assert held(ayu) == {"Tee": 2}
    for page in pages:
        browser.get(page)
    browser.post("/accounts/logout/")
    sign_in(browser, budi)
    assert "Tee" not in text_of(browser.get("/basket/"))
    assert (held(ayu), held(budi)) == ({"Tee": 2}, {})


def test_52_what_could_not_be_merged_is_not_the_next_ones(gudang, monkeypatch):
    (tee,) = goods(gudang, "Tee")
    ayu, budi, browser = account(), account("budi@example.com"), Client()
    add(browser, tee, 2)
    with monkeypatch.context() as patched:
        patched.setattr("omni_sync.oscar.middleware.cap", lambda *_: 1 / 0)
        assert sign_in(browser, ayu).status_code == 302
    browser.post("/accounts/logout/")
    assert "Tee" not in text_of(browser.get("/basket/"))
    sign_in(browser, budi)
    browser.get("/basket/")
    assert held(budi) == {}


def test_52_a_guest_who_was_never_signed_in_keeps_theirs(gudang):
    (tee,) = goods(gudang, "Tee")
    browser = Client()
    add(browser, tee, 2)
    browser.post("/accounts/logout/")
    assert "Tee" in browser.get("/basket/").content.decode()


def test_53_more_than_there_is_in_two_baskets_is_what_there_is_in_one(gudang):
    (tee,) = goods(gudang, "Tee", quantity=6)
    user, phone, laptop = account(), Client(), Client()
    sign_in(phone, user)
    add(phone, tee, 5)
    add(laptop, tee, 6)
    put(tee, gudang, 4, sku=f"SKU-0-{tee.pk}")
    assert sign_in(laptop, user).status_code == 302
    assert laptop.get("/basket/").status_code == 200
    assert held(user) == {"Tee": 4}


def test_53_a_guests_basket_is_not_lost_to_an_empty_one_of_the_account(gudang):
    (tee,) = goods(gudang, "Tee")
    user, browser = account(), Client()
    Basket.open.create(owner=user)
    add(browser, tee, 2)
    sign_in(browser, user)
    browser.get("/basket/")
    assert held(user) == {"Tee": 2}


def test_54_price_and_record_follow_the_place_together_and_a_saved_basket_stays_saved(gudang):
    (tee,) = goods(gudang, "Tee")
    menteng = make_store("menteng")
    put(tee, menteng.partner, 9, sku="M-TEE", price="155000")
    user, browser = account(), Client()
    saved = Basket.objects.create(owner=user, status=Basket.SAVED)
    add(browser, tee)
    collect(browser, "menteng")
    sign_in(browser, user)
    browser.get("/basket/")
    line = BasketLine.objects.get(basket__owner=user)
    assert (line.stockrecord.partner, int(line.price_incl_tax)) == (menteng.partner, 155000)
    assert Fulfilment.objects.get(basket=line.basket).partner == menteng.partner
    change(browser, line, 1, **{"form-0-save_for_later": "on"})
    other = Client()
    add(other, tee)
    sign_in(other, user)
    other.get("/basket/")
    saved.refresh_from_db()
    assert saved.status == Basket.SAVED
    assert held(user) == {"Tee": 1}
    assert saved.lines.count() == 1


def test_55_a_guests_order_comes_into_an_account_only_once_its_address_is_proved():
    order = Order.objects.create(
        number="100001", guest_email="ayu@example.com", currency="IDR", total_incl_tax=149000, total_excl_tax=149000,
        shipping_incl_tax=0, shipping_excl_tax=0, date_placed=timezone.now(),
    )  # fmt: skip
    user, browser = account(), Client()
    sign_in(browser, user)
    assert "100001" not in text_of(browser.get("/accounts/orders/"))
    assert browser.get("/accounts/orders/100001/").status_code == 404
    browser.post("/accounts/email/", {"do": "send"})
    assert "100001" not in text_of(browser.get("/accounts/orders/"))
    browser.post("/accounts/email/", {"code": Message.objects.get().facts["code"]})
    assert "100001" in browser.get("/accounts/orders/").content.decode()
    order.refresh_from_db()
    assert order.user == user


def test_55_a_till_customer_with_the_same_unproved_address_is_nobodys_account():
    user = account()
    with transaction.atomic():
        (till,) = persons_of(customers=[Customer(email="ayu@example.com")], source="till 1")
    browser = Client()
    sign_in(browser, user)
    browser.post("/accounts/email/", {"do": "send"})
    browser.post("/accounts/email/", {"code": Message.objects.get().facts["code"]})
    assert EmailProof.objects.exclude(used_at=None).exists()
    with transaction.atomic():
        resolve(person_ids=[till])
    assert till not in Person.objects.of_account(user).values_list("pk", flat=True)
