"""A store takes as many pickups in a stretch of its opening hours as it can prepare."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from instore.pickup.cancel import cancel
from instore.pickup.exceptions import SlotFull, SlotGone
from instore.pickup.models import Pickup
from instore.pickup.place import Asked, place
from instore.pickup.refusals import SlotRefused
from instore.pickup.slots import NO_LIMIT, free_slots, take_slot
from instore.stores.models import Store
from omni_sync.carts.fulfilment import choose
from omni_sync.oscar.models import Order
from omni_sync.oscar.refusals import UnableToPlaceOrder
from omni_sync.stock.models import Hold
from tests.instore.pickup.conftest import RINA, assert_books_are_right, with_transaction
from tests.instore.pickup.test_place import order_with
from tests.instore.places import make_store

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")
SHOP_HOURS = [[["10:00", "12:30"], ["14:00", "16:00"]]] * 6 + [[]]
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=JAKARTA)


@pytest.fixture
def menteng(db):
    """Open on weekdays and Saturdays, with a break at noon."""
    return make_store("menteng", week=SHOP_HOURS)


def told(slots):
    return [f"{slot.at:%a %H:%M}-{slot.until:%H:%M}" for slot in slots]


def test_slots_are_stretches_of_opening_hours(menteng):
    assert told(free_slots(store=menteng, now=MONDAY, days=1)) == [
        "Mon 11:00-12:00", "Mon 12:00-12:30", "Mon 14:00-15:00", "Mon 15:00-16:00",
    ]  # fmt: skip


def test_the_first_begins_when_the_goods_can_be_there(menteng):
    now = MONDAY.replace(hour=10, minute=20)
    assert told(free_slots(store=menteng, now=now, days=1))[:2] == ["Mon 11:30-12:00", "Mon 12:00-12:30"]


def test_days_are_counted_from_the_first_with_goods_and_closed_ones_have_none(menteng):
    saturday = MONDAY.replace(day=28, hour=15, minute=30)
    days = [slot.at.strftime("%a") for slot in free_slots(store=menteng, now=saturday, days=2)]
    assert (days[0], days[-1]) == ("Mon", "Tue")


def test_a_slot_is_as_long_as_the_store_says(menteng):
    menteng.slot_minutes = 30
    assert told(free_slots(store=menteng, now=MONDAY, days=1))[:3] == [
        "Mon 11:00-11:30", "Mon 11:30-12:00", "Mon 12:00-12:30",
    ]  # fmt: skip


def test_a_store_that_never_opens_has_none(db):
    assert free_slots(store=make_store("shut", week=[[]] * 7), now=MONDAY) == []


def test_all_of_a_month_is_one_question(menteng, django_assert_num_queries):
    store = Store.objects.select_related("partner__location").get()
    with django_assert_num_queries(1):
        assert len(free_slots(store=store, now=MONDAY, days=30)) > 100


def limited(store, most):
    Store.objects.filter(pk=store.pk).update(pickup_capacity=most)
    store.pickup_capacity = most


def tomorrow(hour=12):
    at = timezone.now().astimezone(JAKARTA) + timedelta(days=1)
    return at.replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture
def ask(shop, basket, order):
    """Orders a tee to be collected at Menteng at a time."""

    def place(at, **asked):
        ours = basket((shop.tee.product, 1))
        choose(basket=ours, place=shop.store.partner)
        return order_with(order, ours, {"promised_at": at, **asked})

    return place


def slot_at(shop, at):
    return next((slot for slot in free_slots(store=shop.store, now=timezone.now()) if slot.at == at), None)


def test_what_was_promised_is_taken_and_what_was_cancelled_is_free_again(shop, ask):
    limited(shop.store, 2)
    at = tomorrow()
    assert slot_at(shop, at).left == 2
    first = ask(at + timedelta(minutes=20)).pickup
    assert slot_at(shop, at).left == 1
    ask(at)
    assert slot_at(shop, at) is None
    cancel(pickup_id=first.pk, by=RINA)
    assert slot_at(shop, at).left == 1


def test_no_limit_is_no_limit(shop, ask):
    limited(shop.store, None)
    ask(tomorrow())
    assert slot_at(shop, tomorrow()).left == NO_LIMIT


def test_a_full_slot_refuses_the_order_in_words_and_nothing_is_ordered(shop, ask):
    limited(shop.store, 1)
    at = tomorrow()
    ask(at)
    with pytest.raises(SlotRefused) as refusal:
        ask(at)
    said = refusal.value
    assert isinstance(said, UnableToPlaceOrder)
    assert isinstance(said.refused, SlotFull)
    assert (said.refused.store, said.refused.at, said.refused.next) == (shop.store, at, at + timedelta(hours=1))
    assert str(said) == (
        "Somebody else took the last place at Menteng at the time you chose. Nothing was ordered. "
        "Please choose another time: there is room tomorrow from 13:00."
    )
    assert (Order.objects.count(), Pickup.objects.count(), Hold.objects.open().count()) == (1, 1, 1)
    assert_books_are_right()


def test_placing_again_is_the_same_pickup_also_where_its_slot_is_full(shop, ask):
    limited(shop.store, 1)
    at = tomorrow()
    first = ask(at)
    asked = Asked(promised_at=at)
    assert with_transaction(place, order=first, store=shop.store, asked=asked, by=RINA) == first.pickup


def test_a_time_that_is_over_or_never_was_is_gone(shop, ask):
    for at in (timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=300)):
        with pytest.raises(SlotRefused, match="can't have your order ready") as refusal:
            ask(at)
        assert isinstance(refusal.value.refused, SlotGone)
    assert not Order.objects.exists()


def test_a_store_that_closed_meanwhile_says_so(shop, ask):
    at = tomorrow()
    Store.objects.update(exceptions={at.date().isoformat(): []})
    with pytest.raises(SlotRefused) as refusal:
        ask(at)
    assert isinstance(refusal.value.refused, SlotGone)


def test_a_slot_that_can_still_be_reached_is_promised_for_when_the_goods_are_there(menteng):
    now = MONDAY.replace(hour=10, minute=20)
    asked = MONDAY.replace(hour=11)
    promised = with_transaction(take_slot, store=menteng, asked=asked, now=now)
    assert promised == MONDAY.replace(hour=11, minute=30)


def test_the_break_at_noon_is_no_slot(menteng):
    with pytest.raises(SlotGone) as refusal:
        with_transaction(take_slot, store=menteng, asked=MONDAY.replace(hour=13), now=MONDAY)
    assert refusal.value.next == MONDAY.replace(hour=11)


def test_who_asks_for_no_time_gets_the_first_slot_with_room(shop, ask):
    limited(shop.store, 1)
    first, second, third = (ask(None).pickup.promised_at for _ in range(3))
    assert first < second < third
    assert third - second == timedelta(hours=1)


def test_a_store_without_any_room_refuses(shop, ask):
    limited(shop.store, 0)
    with pytest.raises(SlotRefused, match=r"can't take more orders.*choose another shop"):
        ask(None)
    assert not Order.objects.exists()


@pytest.mark.parametrize("minutes", [0, 14, 1441])
def test_the_database_knows_how_long_a_slot_can_be(menteng, minutes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Store.objects.update(slot_minutes=minutes)
