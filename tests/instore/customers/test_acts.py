"""What is done for a customer: under the associate's name, once, and in the basket their phone shows."""

import re

import pytest
from django.db import transaction

from instore.customers.models import CustomerAction, LookUp
from instore.pickup.models import Pickup
from omni_sync.carts.fulfilment import choose
from omni_sync.carts.handoff.find import by_code
from omni_sync.customer_code.parts import Part
from omni_sync.oscar.models import Basket, Order, WishLine
from omni_sync.people.models import Identifier, Person
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Level
from tests.instore.customers.conftest import hide, open_at, strategy_of, tap
from tests.instore.tablet.conftest import nonce, sign_in_at
from tests.instore.tablets import read
from tests.omni_sync.people.conftest import someone
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(on_duty, ayu):
    return open_at(on_duty, ayu.person)


@pytest.fixture
def maya(db):
    """Somebody without an account, known by an address that was proved."""
    return someone(("email", "maya@example.com", True), name="Maya")


def test_something_goes_onto_the_list_under_her_name(on_duty, ayu, page):
    answer = tap(on_duty, page, "list", ayu.tee, note="It goes with the cap.")
    assert "It is on their list, under your name." in read(on_duty.get(answer.url))
    line = WishLine.objects.get(product=ayu.tee)
    assert line.wishlist == ayu.wishes
    assert (line.list_note.note, line.list_note.adviser_name) == ("It goes with the cap.", "Sari")


def test_the_same_nonce_does_one_thing(on_duty, ayu, page):
    for _ in range(3):
        assert tap(on_duty, page, "basket", ayu.tee).status_code == 302
    assert ayu.basket.lines.get().quantity == 2
    assert tap(on_duty, page, "basket", ayu.cap).status_code == 409  # the same nonce for something else
    assert tap(on_duty, page, "list", ayu.tee).status_code == 409
    assert ayu.basket.lines.get().quantity == 2
    assert CustomerAction.objects.count() == 1


def test_the_same_nonce_at_once_does_one_thing(on_duty, ayu, page):
    outcomes = at_once(*[lambda: tap(on_duty, page, "basket", ayu.tee)] * 4)
    assert failures(outcomes) == []
    assert ayu.basket.lines.get().quantity == 2


def test_nothing_of_a_note_is_kept_with_the_tap(on_duty, ayu, page):
    tap(on_duty, page, "list", ayu.tee, note="For her mother")
    assert "mother" not in str(CustomerAction.objects.values())


def test_two_tablets_put_things_on_one_list_at_once(on_duty, ayu, page, shop):
    other = sign_in_at(shop.store, "Rina", device="Shelves")
    pages = {on_duty: page, other: open_at(other, ayu.person)}
    taps = [lambda t=t, p=p, n=n: tap(t, p, "list", ayu.tee, n) for n, (t, p) in enumerate(pages.items())]
    assert [answer.status_code for answer in at_once(*taps)] == [302, 302]
    assert WishLine.objects.filter(product=ayu.tee).count() == 1
    assert CustomerAction.objects.filter(problem="").count() == 2


def test_two_who_fill_one_basket_at_once_lose_nothing(on_duty, ayu, page, shop):
    other = sign_in_at(shop.store, "Rina", device="Shelves")
    pages = {on_duty: page, other: open_at(other, ayu.person)}
    taps = [lambda t=t, p=p, n=n: tap(t, p, "basket", ayu.tee, n) for n, (t, p) in enumerate(pages.items())]
    assert failures(at_once(*taps)) == []
    assert ayu.basket.lines.get().quantity == 3
    assert Basket.open.filter(owner=ayu.user).count() == 1


def test_the_basket_is_the_one_their_phone_shows(on_duty, ayu, page, client, monkeypatch):
    told = []
    monkeypatch.setattr("omni_sync.carts.live.publish", told.extend)
    monkeypatch.setattr("omni_sync.carts.live.address", lambda: "somewhere")
    tap(on_duty, page, "basket", ayu.cap)
    assert f"basket-{ayu.basket.pk}" in told
    client.force_login(ayu.user)
    assert "Pagi cap" in client.get("/basket/").content.decode()


def test_a_person_without_a_basket_gets_one(on_duty, ayu, page):
    Basket.objects.all().delete()
    assert tap(on_duty, page, "basket", ayu.tee).status_code == 302
    assert Basket.open.get(owner=ayu.user).lines.get().product == ayu.tee


def test_what_the_place_has_no_more_of_is_refused(on_duty, ayu, page, shop):
    ayu.basket.strategy = strategy_of(ayu.user)
    choose(basket=ayu.basket, place=shop.store.partner)
    for number in range(2):
        assert tap(on_duty, page, "basket", ayu.cap, number).status_code == 302
    answer = tap(on_duty, page, "basket", ayu.cap, 7)
    assert "not one more of it" in read(answer, 409)
    assert ayu.basket.lines.get(product=ayu.cap).quantity == 2


@pytest.mark.parametrize(("verb", "part"), [("list", Part.LIST), ("basket", Part.BASKET)])
def test_what_is_hidden_is_not_changed(on_duty, ayu, page, verb, part):
    hide(ayu.person, part)
    answer = tap(on_duty, page, verb, ayu.tee)
    assert "They can allow it on their page" in read(answer, 409)
    assert ayu.basket.lines.get().quantity == 1
    assert WishLine.objects.count() == 1


def test_one_is_reserved_here_and_paid_when_collected(on_duty, ayu, page, shop):
    answer = tap(on_duty, page, "reserve", ayu.cap)
    assert "It is reserved here" in read(on_duty.get(answer.url))
    pickup = Pickup.objects.select_related("order").get()
    assert (pickup.store, pickup.pay_in_store, pickup.order.user) == (shop.store, True, ayu.user)
    assert (pickup.email, pickup.name) == ("ayu@example.com", "Ayu Lestari")
    assert Level.objects.get(stockrecord__partner=shop.store.partner, stockrecord__product=ayu.cap).held == 1
    assert ayu.basket.lines.count() == 1  # their own basket stays as it is
    assert audit()["violations"] == []
    tap(on_duty, page, "reserve", ayu.cap)
    assert Order.objects.filter(pickup__isnull=False).count() == 1
    assert pickup.order.number in read(on_duty.get("/staff/today/"))


def test_what_is_not_here_is_not_reserved(on_duty, ayu, page):
    answer = tap(on_duty, page, "reserve", ayu.tee)
    assert answer.status_code == 409
    assert not Pickup.objects.exists()
    assert Basket.objects.count() == 1


def test_the_last_one_is_reserved_once(on_duty, ayu, page, shop):
    other = sign_in_at(shop.store, "Rina", device="Shelves")
    pages = [(on_duty, page), (other, open_at(other, ayu.person))] * 2
    taps = [lambda t=t, p=p, n=n: tap(t, p, "reserve", ayu.cap, n) for n, (t, p) in enumerate(pages)]
    codes = sorted(answer.status_code for answer in at_once(*taps))
    assert codes == [302, 302, 409, 409]  # there were two
    assert audit()["violations"] == []


def test_somebody_without_an_account_gets_a_basket_on_their_phone(on_duty, maya, ayu):
    page = open_at(on_duty, maya)
    assert "They have no account" in read(on_duty.get(page))
    tap(on_duty, page, "basket", ayu.tee)
    assert "Kawan tee" in read(on_duty.get(page))
    on_duty.post(f"{page}hand/")
    answer = on_duty.get(f"{page}hand/")
    code = answer.context["code"]
    with transaction.atomic():
        assert by_code(code).basket == LookUp.objects.get().basket
    assert tap(on_duty, page, "list", ayu.tee, 9).status_code == 409


def test_somebody_without_an_account_reserves_by_their_address(on_duty, maya, ayu):
    page = open_at(on_duty, maya)
    assert tap(on_duty, page, "reserve", ayu.cap).status_code == 302
    pickup = Pickup.objects.select_related("order").get()
    assert (pickup.email, pickup.name, pickup.order.user) == ("maya@example.com", "Maya", None)
    assert Person.objects.count() == 2
    assert Identifier.objects.filter(value="maya@example.com").count() == 1


@pytest.mark.parametrize(
    "form", [{}, {"product": "x"}, {"product": "9" * 30}, {"product": "1", "nonce": "short"}, {"nonce": nonce(3)}]
)
def test_a_form_that_is_none_of_ours_does_nothing(on_duty, ayu, page, form):
    assert on_duty.post(f"{page}basket/", form).status_code == 409
    assert on_duty.post(f"{page}dance/", form).status_code == 404
    assert not CustomerAction.objects.exists()


def test_what_is_not_for_sale_is_refused(on_duty, ayu, page):
    ayu.tee.is_public = False
    ayu.tee.save()
    for number, verb in enumerate(("list", "basket", "reserve")):
        assert tap(on_duty, page, verb, ayu.tee, number).status_code == 409


def test_one_tap_takes_a_wish_into_the_basket(on_duty, ayu, page):
    shown = on_duty.get(page).content.decode()
    (form,) = re.findall(r'<form method="post" action="[^"]*/basket/">.*?</form>', shown, re.DOTALL)
    sent = dict(re.findall(r'name="(nonce|product)" value="([^"]+)"', form))
    assert on_duty.post(f"{page}basket/", sent).status_code == 302
    assert ayu.basket.lines.filter(product=ayu.cap).exists()
    hide(ayu.person, Part.BASKET)
    assert "/basket/" not in on_duty.get(page).content.decode()
