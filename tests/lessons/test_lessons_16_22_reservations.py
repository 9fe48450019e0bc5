"""Reservations that misbehave: LESSONS 16 to 22."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from omni_sync import conf
from omni_sync.pos.models import OutboxEvent
from omni_sync.stock.dispatch import dispatch
from omni_sync.stock.hold import Holder, Line, release
from omni_sync.stock.models import Hold, Level
from omni_sync.stock.sweep import sweep_holds
from tests.factories import level_of, sale, tell_all, violations
from tests.instore import places


def test_lesson_16_a_shopper_is_not_in_their_own_way(record, wants):
    assert wants("mine", (record, 5))
    assert wants("mine", (record, 5))
    assert wants("mine", (record, 4))
    assert level_of(record).held == 4


def test_lesson_17_looking_holds_nothing_and_paying_holds_as_long_as_the_shop_says(record, client, settings):
    places.make_store("menteng")
    assert client.get("/api/v1/availability", {"sku": "TEE"}).status_code == 200
    assert Hold.objects.count() == 0
    assert conf.checkout_hold() == timedelta(minutes=15)
    settings.LINTAS_CHECKOUT_HOLD_MINUTES = 5
    assert conf.checkout_hold() == timedelta(minutes=5)


def test_lesson_18_what_is_held_can_be_seen(record, wants, capsys):
    wants("1", (record, 2))
    call_command("export_stock")
    assert "menteng,TEE,5,2,3" in capsys.readouterr().out
    record.refresh_from_db()
    assert record.num_allocated == 2


def test_lesson_19_every_figure_a_shopper_sees_is_without_what_is_promised(record, wants, client):
    places.make_store("menteng")
    wants("1", (record, 2))
    told = client.get("/api/v1/availability", {"sku": "TEE"}).json()
    assert [(s["store"], s["available"]) for s in told["stores"]] == [("menteng", 3)]
    record.refresh_from_db()
    assert record.net_stock_level == 3


def test_lesson_20_a_promise_ends_with_its_goods_and_held_never_goes_below_nothing(record, wants):
    wants("1", (record, 2), kind="order")
    holder = Holder("order", "1")
    for _ in range(2):
        dispatch(holder=holder, lines=[Line(record.pk, 2)], document="parcel/1")
    assert release(holder=holder, reason=Hold.Reason.CANCELLED) == 0
    assert (level_of(record).held, level_of(record).on_hand, violations()) == (0, 3, [])
    with pytest.raises(IntegrityError), transaction.atomic():
        Level.objects.update(held=-1)


def test_lesson_21_other_systems_are_told_what_is_held(record, store, till, wants):
    wants("1", (record, 2))
    told = OutboxEvent.objects.filter(type="stock.changed").latest("pk").data
    assert (told["on_hand"], told["held"], told["available"]) == (5, 2, 3)
    tell_all(till, sale(store, "R-1", {"TEE": 1}, at=timezone.now()))
    told = OutboxEvent.objects.filter(type="stock.changed").latest("pk").data
    assert told["on_hand"] - told["held"] == 2


def test_lesson_22_what_is_paid_at_pickup_is_held_from_the_order_on(record, wants):
    wants("7", (record, 5), kind="pickup", minutes=-60)
    assert sweep_holds() == 0
    assert wants("later", (record, 1)) is False
