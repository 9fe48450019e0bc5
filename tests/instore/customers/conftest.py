"""Ayu with a list, a basket, sizes and purchases, and Sari's tablet at Menteng."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from instore.customers.models import LookUp
from omni_sync.customer_code.mint import mint
from omni_sync.customer_code.parts import Part, say_what_is_seen
from omni_sync.oscar.models import Basket, WishList
from omni_sync.people.account import person_of
from omni_sync.people.sizes.typed import tell_sizes
from tests.instore.pickup import conftest as pickups
from tests.instore.places import make_product, make_warehouse, put
from tests.instore.tablet.conftest import nonce, sign_in_at
from tests.shop.account.conftest import order_of, sale_to

shop = pickups.shop


@pytest.fixture
def on_duty(shop, clean_cache):
    """Sari's tablet at the till of Menteng."""
    return sign_in_at(shop.store)


@pytest.fixture
def ayu(shop):
    return make_ayu(shop)


def make_ayu(shop):
    """A cap on her list, a tee in her basket, an order from the web and one from a till."""
    user = get_user_model().objects.create_user("ayu@example.com", "x", first_name="Ayu", last_name="Lestari")
    with transaction.atomic():
        person = person_of(user=user)
        tell_sizes(user_id=user.pk, sizes={"SML": "M"})
    style = make_product("Kawan tee", structure="parent")
    tee = make_product("Kawan tee, M", parent=style, size="M")
    cap = make_product("Pagi cap", gtin="9521234543213")
    put(tee, make_warehouse(), 9, sku="KTEE")
    put(cap, make_warehouse(), 9, sku="CAP")
    put(cap, shop.store.partner, 2, sku="CAP")
    wishes = WishList.objects.create(owner=user, name="Lebaran")
    wishes.add(cap)
    basket = Basket.objects.create(owner=user)
    basket.strategy = strategy_of(user)
    basket.add_product(tee, 1)
    order_of(user, "100001", titles=("Web jacket",))
    sale_to(user, "menteng-R1", store="menteng").lines.update(title="Till hat")
    return SimpleNamespace(user=user, person=person, tee=tee, cap=cap, basket=basket, wishes=wishes)


def strategy_of(user):
    from oscar.core.loading import get_class

    return get_class("partner.strategy", "Selector")().strategy(user=user)


def code_of(person, place=None):
    """What a person's phone shows, or what we write to them."""
    with transaction.atomic():
        return mint(person_id=person.pk, place_id=place and place.pk)


def open_at(tablet, person):
    """The address of the person's page on this tablet, opened by their code."""
    answer = tablet.post("/staff/customer/", {"code": code_of(person).code})
    assert answer.status_code == 302, answer.content
    return answer.url


def hide(person, *parts):
    with transaction.atomic():
        say_what_is_seen(person=person, seen=frozenset(Part) - frozenset(parts), wording="Staff may see:")


def tap(tablet, page, verb, product, key=1, **more):
    return tablet.post(f"{page}{verb}/", {"nonce": nonce(key), "product": product.pk, **more})


def the_look():
    return LookUp.objects.get()
