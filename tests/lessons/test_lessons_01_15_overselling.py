"""Overselling and races: LESSONS 1 to 15."""

from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from omni_sync.stock.dispatch import dispatch
from omni_sync.stock.exceptions import SoldOut
from omni_sync.stock.hold import Holder, Line, hold, reassign, release
from omni_sync.stock.models import Hold, Level, Movement
from omni_sync.stock.sweep import sweep_holds
from omni_sync.transactions import OutsideTransaction
from tests.factories import (
    level_of,
    make_record,
    make_store,
    sale,
    tell_all,
    violations,
)


def test_lesson_01_the_last_unit_goes_to_one_of_two_checkouts(race, record, wants):
    wants("early", (record, 4))
    outcomes = race(partial(wants, "a", (record, 1)), partial(wants, "b", (record, 1)))
    assert sorted(outcomes) == [False, True]
    assert (level_of(record).held, violations()) == (5, [])


def test_lesson_02_an_order_has_its_allocation_or_there_is_no_order(record, wants):
    wants("1", (record, 2))
    with transaction.atomic():
        reassign(holder=Holder("basket", "1"), to=Holder("order", "100"), until=None)
        transaction.set_rollback(True)  # the order could not be written after all
    assert Hold.objects.open().of("basket", "1").count() == 1
    assert (level_of(record).held, violations()) == (2, [])


def test_lesson_03_what_was_read_before_is_not_believed(record, store, till, wants):
    assert level_of(record).available == 5
    tell_all(till, sale(store, "R-1", {"TEE": 5}, at=timezone.now()))
    assert wants("late", (record, 1)) is False


def test_lesson_04_two_lines_that_share_one_record_are_checked_together(record, wants):
    assert wants("a", (record, 3), (record, 3)) is False
    assert level_of(record).held == 0
    assert wants("a", (record, 3), (record, 2)) is True
    assert Hold.objects.get().quantity == 5


def test_lesson_05_there_is_no_way_to_hold_that_is_not_guarded(race, record, wants):
    with pytest.raises(OutsideTransaction):
        hold(lines=[Line(record.pk, 1)], holder=Holder("basket", "x"), until=None)
    outcomes = race(*(partial(wants, n, (record, 1)) for n in range(8)))
    assert (outcomes.count(True), level_of(record).held) == (5, 5)


def test_lesson_06_baskets_in_opposite_order_and_with_repeats_do_not_deadlock(race, record, other, wants):
    def shop(key, *lines):
        outcomes = [wants(key, *lines) for _ in range(15)]
        release_all(key)
        return outcomes

    there, back = (record, 1), (other, 1)
    outcomes = race(
        partial(shop, "a", there, back, there), partial(shop, "b", back, there, back),
        partial(shop, "c", there, back), partial(shop, "d", back, there),
    )  # fmt: skip
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert (level_of(record).held, level_of(other).held, violations()) == (0, 0, [])


def release_all(key):
    with transaction.atomic():
        release(holder=Holder("basket", key), reason=Hold.Reason.CANCELLED)


def test_lesson_07_browser_and_webhook_that_complete_one_cart_make_one_order_of_it(race, record, wants):
    wants("1", (record, 2))

    def complete():
        with transaction.atomic():
            return reassign(holder=Holder("basket", "1"), to=Holder("order", "100"), until=None)

    assert sorted(race(complete, complete)) == [0, 1]
    assert (level_of(record).held, Hold.objects.count(), violations()) == (2, 1, [])


def test_lesson_08_oscars_counter_loses_no_update(race, record, wants):
    race(*(partial(wants, n, (record, 1)) for n in range(4)))
    record.refresh_from_db()
    assert record.num_allocated == 4


def test_lesson_09_a_stale_basket_cannot_order_what_is_gone(record, store, till, wants):
    assert wants("stale", (record, 1), minutes=-1)
    sweep_holds()
    tell_all(till, sale(store, "R-1", {"TEE": 5}, at=timezone.now()))
    assert wants("stale", (record, 1)) is False


def test_lesson_10_orders_that_leave_at_once_do_not_deadlock(race, record, other, wants):
    for key in ("a", "b"):
        wants(key, (record, 2), (other, 2), kind="order")

    def leave(key, *records):
        with transaction.atomic():
            lines = [Line(r.pk, 2) for r in records]
            dispatch(holder=Holder("order", key), lines=lines, document=f"parcel/{key}")

    assert race(partial(leave, "a", record, other), partial(leave, "b", other, record)) == [None, None]
    assert (level_of(record).on_hand, level_of(other).on_hand, violations()) == (1, 1, [])


def test_lesson_11_a_promise_is_a_row_of_its_holder_and_asked_again_it_is_replaced(record, wants):
    assert wants("1", (record, 3))
    assert wants("1", (record, 4))
    assert Hold.objects.open().get().quantity == 4


def test_lesson_12_promises_have_an_end_and_somebody_who_ends_them(record, wants):
    wants("gone", (record, 5), minutes=-1)
    assert wants("next", (record, 1)) is False
    assert sweep_holds() == 1
    assert wants("next", (record, 1)) is True


def test_lesson_13_one_parcel_said_twice_at_once_leaves_once(race, record, wants):
    wants("a", (record, 2), kind="order")

    def leave():
        with transaction.atomic():
            dispatch(holder=Holder("order", "a"), lines=[Line(record.pk, 2)], document="parcel/a")

    race(leave, leave)
    assert (level_of(record).on_hand, Movement.objects.filter(kind="dispatched").count()) == (3, 1)


def test_lesson_14_renewing_a_promise_is_guarded_like_making_one(record, wants):
    wants("other", (record, 2))
    assert wants("mine", (record, 3)) is True
    assert wants("mine", (record, 4), minutes=60) is False
    assert Hold.objects.open().of("basket", "mine").get().quantity == 3


def test_lesson_15_a_refusal_names_the_lines_and_what_there_is_and_another_place_hides_nothing(record, other, wants):
    make_record(make_store("gudang", online=True), product=record.product, on_hand=50)
    with pytest.raises(SoldOut) as refusal, transaction.atomic():
        hold(lines=[Line(record.pk, 6), Line(other.pk, 5)], holder=Holder("basket", "1"), until=None)
    assert [(s.stockrecord_id, s.wanted, s.available) for s in refusal.value.lines] == [(record.pk, 6, 5)]
    assert not Level.objects.exclude(held=0).exists()
