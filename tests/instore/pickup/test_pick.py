"""What is found goes into the bag; what is not is no longer promised, and somebody is told what it cost."""

from decimal import Decimal

import pytest
from django.utils import timezone

from instore.pickup.exceptions import LineSettled, NothingPicked, NotPicked, TooMany, UnknownLine, WrongState
from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup, ShortReason, State
from instore.pickup.pick import mark_picked, mark_short
from instore.pickup.ready import mark_ready
from instore.pickup.signals import pickup_short
from omni_sync.oscar.models import OrderLine
from omni_sync.stock.models import Hold
from tests.instore.pickup.conftest import (
    RINA,
    assert_books_are_right,
    bring,
    let_time_pass,
    levels,
    line_of,
    pick_all,
    state_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def picking(pickup):
    bring(pickup, State.PICKING)
    return pickup


def short(pickup, sku, found, reason=ShortReason.NOT_FOUND):
    line = line_of(pickup, sku).pk
    return mark_short(pickup_id=pickup.pk, line=line, found=found, reason=reason, by=RINA, note="behind the counter")


def test_a_short_line_is_reduced_and_the_rest_goes_on(picking, shop):
    heard = []
    pickup_short.connect(hear := lambda correction, **_: heard.append(correction))
    correction = short(picking, "tee", 1)
    pickup_short.disconnect(hear)
    assert heard == [correction]
    assert (correction.quantity, correction.amount, correction.currency) == (1, Decimal(149000), "IDR")
    assert levels(shop) == {"tee": (5, 1), "hat": (4, 1)}
    assert set(Hold.objects.exclude(ended_at=None).values_list("quantity", "end_reason")) == {(1, "short")}
    step = picking.steps.latest("pk")
    assert (step.before, step.after, step.line, step.note) == (
        State.PICKING,
        State.PICKING,
        line_of(picking, "tee"),
        "behind the counter",
    )
    mark_picked(pickup_id=picking.pk, line=line_of(picking, "hat").pk, quantity=1)
    mark_ready(pickup_id=picking.pk, by=RINA)
    hand_over(pickup_id=picking.pk, by=RINA)
    assert levels(shop) == {"tee": (4, 0), "hat": (3, 0)}
    assert_books_are_right()


@pytest.mark.parametrize(("price", "found", "amount"), [(100, 2, 33), (100, 1, 67), (100, 0, 100), (0, 1, 0)])
def test_a_correction_is_in_whole_coins_and_adds_up(shop, collected, price, found, amount):
    pickup = collected(shop.store, (shop.tee, 3)).pickup
    OrderLine.objects.filter(order=pickup.pk).update(line_price_incl_tax=price)
    bring(pickup, State.PICKING)
    assert short(pickup, "tee", found).amount == amount


def test_a_line_is_short_once(picking, shop):
    short(picking, "tee", 1)
    with pytest.raises(LineSettled) as refused:
        short(picking, "tee", 0)
    assert refused.value.picked == 1
    with pytest.raises(LineSettled):
        mark_picked(pickup_id=picking.pk, line=line_of(picking, "tee").pk, quantity=2)
    assert levels(shop)["tee"] == (5, 1)


def test_picking_again_counts_once(picking):
    pick_all(picking)
    pick_all(picking)
    assert line_of(picking, "tee").picked == 2


@pytest.mark.parametrize("quantity", [-1, 3])
def test_more_than_was_ordered_is_not_picked(picking, quantity):
    with pytest.raises(TooMany):
        mark_picked(pickup_id=picking.pk, line=line_of(picking, "tee").pk, quantity=quantity)


@pytest.mark.parametrize("found", [-1, 2, 3])
def test_what_is_all_there_is_not_short(picking, found):
    with pytest.raises(TooMany):
        short(picking, "tee", found)


def test_a_line_of_another_pickup_is_unknown(picking, shop, collected):
    other = collected(shop.store, (shop.tee, 1)).pickup
    with pytest.raises(UnknownLine):
        mark_picked(pickup_id=picking.pk, line=line_of(other, "tee").pk, quantity=1)


def test_a_bag_with_open_questions_is_not_ready(picking):
    mark_picked(pickup_id=picking.pk, line=line_of(picking, "tee").pk, quantity=1)
    with pytest.raises(NotPicked) as refused:
        mark_ready(pickup_id=picking.pk, by=RINA)
    assert refused.value.lines == [line_of(picking, "tee").pk, line_of(picking, "hat").pk]


def test_an_empty_bag_is_never_ready(picking, shop):
    short(picking, "tee", 0)
    short(picking, "hat", 0, ShortReason.SOLD)
    with pytest.raises(NothingPicked):
        mark_ready(pickup_id=picking.pk, by=RINA)
    assert levels(shop) == {"tee": (5, 0), "hat": (4, 0)}
    assert_books_are_right()


@pytest.mark.parametrize("start", [state for state in State if state != State.PICKING])
def test_only_what_is_being_picked_is_picked(pickup, start):
    bring(pickup, start)
    line = line_of(pickup, "tee").pk
    with pytest.raises(WrongState):
        mark_picked(pickup_id=pickup.pk, line=line, quantity=1)
    with pytest.raises(WrongState):
        short(pickup, "tee", 1)
    assert state_of(pickup) == start


def test_a_store_that_was_late_keeps_the_goods_longer(picking):
    let_time_pass(picking)
    pick_all(picking)
    mark_ready(pickup_id=picking.pk, by=RINA)
    found = Pickup.objects.get()
    assert found.deadline > timezone.now()
    assert set(Hold.objects.open().values_list("until", flat=True)) == {found.deadline}
