"""An order that is collected is a pickup from the moment it is placed."""

from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.contrib.auth import get_user_model
from django.utils import timezone
from oscar.core.loading import get_class

from instore.pickup.code import code_of, token_of
from instore.pickup.models import Pickup, PickupLine, State
from instore.pickup.moves import By
from instore.pickup.place import Asked, asked_for, place
from instore.pickup.signals import pickup_placed
from omni_sync import conf
from omni_sync.carts.fulfilment import choose
from omni_sync.oscar.models import Order
from omni_sync.spoken import ALPHABET
from omni_sync.stock.models import Hold
from tests.instore.pickup.conftest import assert_books_are_right, levels, with_transaction
from tests.instore.places import make_store, make_warehouse, put

pytestmark = pytest.mark.django_db


def test_an_order_that_is_collected_is_a_pickup(pickup, shop):
    found = Pickup.objects.get()
    assert (found.order, found.store, found.state) == (pickup.order, shop.store, State.PLACED)
    assert [(line.order_line.partner_sku, line.quantity, line.picked) for line in found.lines.order_by("pk")] == [
        ("TEE", 2, 0),
        ("HAT", 1, 0),
    ]
    step = found.steps.get()
    assert (step.before, step.after, step.place) == ("", State.PLACED, "web")
    assert levels(shop) == {"tee": (5, 2), "hat": (4, 1)}
    assert_books_are_right()


def test_its_goods_are_promised_until_the_deadline(pickup, settings):
    hour = timedelta(hours=1)
    assert hour <= pickup.promised_at - pickup.placed_at <= 1.25 * hour
    assert pickup.deadline == pickup.promised_at + timedelta(days=3)
    assert set(Hold.objects.open().values_list("until", flat=True)) == {pickup.deadline}


def test_how_long_goods_are_kept_is_a_setting(settings, shop, collected):
    settings.LINTAS_PICKUP_DAYS = 7
    placed = collected(shop.store, (shop.tee, 1)).pickup
    assert placed.deadline == placed.promised_at + timedelta(days=7)


def test_what_is_paid_already_is_promised_until_somebody_ends_it(shop, basket, order):
    ours = basket((shop.tee.product, 1))
    choose(basket=ours, place=shop.store.partner)
    when = timezone.now() + timedelta(days=1)
    placed = order_with(order, ours, {"pay_in_store": False, "promised_at": when, "phone": "+62215550181"})
    placed.pickup.refresh_from_db()
    assert (placed.pickup.pay_in_store, placed.pickup.promised_at) == (False, when)
    assert placed.pickup.phone == "+62215550181"
    assert Hold.objects.open().get().until is None


def order_with(order, ours, asked):
    class Asking(get_class("order.utils", "OrderCreator")):
        def place_order(self, **kwargs):
            return super().place_order(**kwargs, asked=asked)

    return order(from_basket=ours, creator=Asking)


def test_a_delivered_order_is_none(shop, basket, order):
    warehouse = make_warehouse()
    put(shop.tee.product, warehouse, 3)
    ours = basket((shop.tee.product, 1))
    choose(basket=ours, place=None)
    order(from_basket=ours)
    assert Order.objects.count() == 1
    assert not Pickup.objects.exists()


def test_the_contact_is_whoever_ordered(shop, basket, order):
    budi = get_user_model().objects.create_user(email="budi@langkah.example", first_name="Budi", last_name="Hartono")
    ours = basket((shop.tee.product, 1))
    choose(basket=ours, place=shop.store.partner)
    placed = order(from_basket=ours)
    Pickup.objects.all().delete()
    Order.objects.filter(pk=placed.pk).update(user=budi)
    asked = asked_for(Order.objects.get(pk=placed.pk), {})
    assert (asked.name, asked.email, asked.language) == ("Budi Hartono", "budi@langkah.example", "en")
    assert asked_for(Order.objects.get(pk=placed.pk), {"name": "Sari"}).name == "Sari"


def test_placing_again_is_the_same_pickup(pickup, shop):
    heard = []
    pickup_placed.connect(hear := lambda **told: heard.append(told))
    again = with_transaction(place, order=pickup.order, store=shop.store, asked=Asked(), by=By(place="web"))
    pickup_placed.disconnect(hear)
    assert again == pickup
    assert token_of(again) == token_of(pickup)
    assert (PickupLine.objects.count(), pickup.steps.count(), heard) == (2, 1, [])


def test_a_code_that_is_taken_at_the_store_is_not_given_again(monkeypatch, shop, collected):
    codes = iter(["AAAAAA", "AAAAAA", "AAAAAA", "CCCCCC", "AAAAAA"])
    monkeypatch.setattr("instore.pickup.code.new_code", lambda: next(codes))
    first = collected(shop.store, (shop.tee, 1)).pickup
    second = collected(shop.store, (shop.tee, 1)).pickup
    assert [code_of(first), code_of(second)] == ["AAAAAA", "CCCCCC"]
    elsewhere = make_store("dago")
    hat = put(shop.hat.product, elsewhere.partner, 1, sku="HAT")
    assert code_of(collected(elsewhere, (hat, 1)).pickup) == "AAAAAA"


def test_a_code_given_before_the_keys_changed_is_not_given_again(monkeypatch, settings, shop, collected):
    codes = iter(["AAAAAA", "AAAAAA", "CCCCCC"])
    monkeypatch.setattr("instore.pickup.code.new_code", lambda: next(codes))
    collected(shop.store, (shop.tee, 1))
    settings.LINTAS_ENCRYPTION_KEYS = ["a new key", *conf.encryption_keys()]
    assert code_of(collected(shop.store, (shop.tee, 1)).pickup) == "CCCCCC"


def test_what_is_stored_says_neither_code_nor_token(pickup):
    stored = repr(list(map(bytes, [pickup.code, pickup.code_hash, pickup.token_hash])))
    code, token = code_of(pickup), token_of(pickup)
    assert len(code) == 6
    assert set(code) <= set(ALPHABET)
    assert len(token) == 43
    assert code not in stored
    assert token not in stored


def test_keys_can_be_changed(pickup, settings):
    code, token = code_of(pickup), token_of(pickup)
    settings.LINTAS_ENCRYPTION_KEYS = ["a new key", *conf.encryption_keys()]
    found = Pickup.objects.get()
    assert (code_of(found), token_of(found)) == (code, token)
    settings.LINTAS_ENCRYPTION_KEYS = ["a new key"]
    with pytest.raises(InvalidToken):
        code_of(found)


def test_a_store_that_never_opens_promises_no_time(basket, order, shop):
    shut = make_store("shut", week=[[]] * 7)
    hat = put(shop.hat.product, shut.partner, 1, sku="HAT")
    ours = basket((hat.product, 1))
    choose(basket=ours, place=shut.partner)
    placed = order(from_basket=ours).pickup
    assert placed.promised_at is None
    assert placed.deadline > placed.placed_at
