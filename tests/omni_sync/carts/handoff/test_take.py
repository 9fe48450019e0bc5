"""A basket goes to another device: once, all of what was chosen, and back again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from omni_sync.carts.exceptions import BasketClosed
from omni_sync.carts.fulfilment import fulfilment_of
from omni_sync.carts.handoff import tasks
from omni_sync.carts.handoff.exceptions import Gone, HandOffGone, NothingToHandOver, SameBasket, TooLateToUndo
from omni_sync.carts.handoff.find import by_code, by_token
from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.handoff.offer import offer
from omni_sync.carts.handoff.take import put_together, take
from omni_sync.carts.handoff.undo import undo
from omni_sync.oscar.models import Basket
from tests.omni_sync.carts import conftest as carts
from tests.omni_sync.carts.conftest import contents

pytestmark = pytest.mark.django_db
Choice = HandOff.Choice
basket, place, product, stocked, strategy = carts.basket, carts.place, carts.product, carts.stocked, carts.strategy
gudang, menteng, go = carts.gudang, carts.menteng, carts.go


@pytest.fixture
def goods(product, stocked, gudang, menteng):
    """A tee of which there are 4, and a hat of which there are 9, at both places."""
    tee, hat = product("Tee"), product("Hat")
    for at, price in ((gudang, "10.00"), (menteng, "12.00")):
        stocked(tee, at, 4, price=price)
        stocked(hat, at, 9, price=price)
    return tee, hat


@pytest.fixture
def two(basket, goods):
    """A basket that is handed over, and the other device's own."""
    tee, hat = goods
    return basket((tee, 1), (hat, 2)), basket((tee, 3))


def hand(giving, receiving, choice, *, stays=False):
    offered = offer(basket=giving, stays=stays)
    return take(hand_off_id=offered.pk, basket=receiving, choice=choice)


def units(ours):
    return {title: quantity for title, _, quantity, _ in contents(Basket.objects.get(pk=ours.pk))}


@pytest.mark.parametrize(
    ("choice", "there", "left"),
    [
        (Choice.BOTH, {"Tee": 3, "Hat": 2}, {}),
        (Choice.THEIRS, {"Tee": 1, "Hat": 2}, {}),
        (Choice.MINE, {"Tee": 3}, {"Tee": 1, "Hat": 2}),
    ],
)
@pytest.mark.parametrize("stays", [True, False])
def test_what_was_chosen_is_what_is_there(two, choice, there, left, stays):
    giving, receiving = two
    hand(giving, receiving, choice, stays=stays)
    assert units(receiving) == there
    assert units(giving) == ({"Tee": 1, "Hat": 2} if stays else left)


@pytest.mark.parametrize("choice", [Choice.BOTH, Choice.THEIRS, Choice.MINE])
@pytest.mark.parametrize("stays", [True, False])
def test_undone_both_are_what_they_were(two, go, menteng, choice, stays):
    giving, receiving = two
    go(giving, menteng)
    before = contents(giving), contents(receiving)
    taken = hand(giving, receiving, choice, stays=stays)
    undo(hand_off_id=taken.pk, basket=receiving)
    assert (contents(giving), contents(receiving)) == before
    assert str(fulfilment_of(Basket.objects.get(pk=giving.pk)).partner) == "Menteng"
    assert not fulfilment_of(Basket.objects.get(pk=receiving.pk)).is_chosen
    with pytest.raises(TooLateToUndo):
        undo(hand_off_id=taken.pk, basket=receiving)


def test_nothing_comes_that_is_not_there(basket, goods):
    tee, _ = goods
    receiving = basket()
    hand(basket((tee, 7)), receiving, Choice.THEIRS)
    assert units(receiving) == {"Tee": 4}


def test_everything_goes_to_the_place_that_was_chosen_last(two, go, menteng, gudang):
    giving, receiving = two
    go(receiving, gudang)
    go(giving, menteng)
    hand(giving, receiving, Choice.BOTH)
    assert contents(receiving) == [("Tee", "Menteng", 3, 12), ("Hat", "Menteng", 2, 12)]


def test_it_is_taken_once(two, basket):
    giving, receiving = two
    offered = offer(basket=giving, stays=True)
    take(hand_off_id=offered.pk, basket=receiving, choice=Choice.BOTH)
    with pytest.raises(HandOffGone) as refused:
        take(hand_off_id=offered.pk, basket=basket(), choice=Choice.THEIRS)
    assert refused.value.why == Gone.TAKEN
    with pytest.raises(HandOffGone):
        by_token(offered.token)
    with pytest.raises(HandOffGone):
        by_code(offered.code)


def test_after_ten_minutes_nobody_takes_it(two):
    giving, receiving = two
    offered = offer(basket=giving, stays=False)
    HandOff.objects.update(until=timezone.now())
    for look in (lambda: by_token(offered.token), lambda: take(hand_off_id=offered.pk, basket=receiving,
                                                              choice=Choice.BOTH)):  # fmt: skip
        with pytest.raises(HandOffGone) as refused:
            look()
        assert refused.value.why == Gone.EXPIRED
    assert units(receiving) == {"Tee": 3}


def test_a_new_offer_ends_the_one_before(two):
    giving, _ = two
    first, second = offer(basket=giving, stays=False), offer(basket=giving, stays=False)
    with pytest.raises(HandOffGone):
        by_token(first.token)
    assert by_code(f" {second.code[:3].lower()}-{second.code[3:]}").pk == by_token(second.token).pk == second.pk


def test_neither_token_nor_code_is_stored(two):
    giving, _ = two
    offered = offer(basket=giving, stays=False)
    row = HandOff.objects.values().get()
    stored = b"".join(bytes(value) for value in row.values() if isinstance(value, bytes | memoryview))
    assert offered.code.encode() not in stored
    assert offered.token.encode() not in stored
    assert offered.token not in repr(offered)
    assert offered.code not in repr(offered)


def test_an_empty_basket_and_the_same_one_are_refused(basket, goods):
    with pytest.raises(NothingToHandOver):
        offer(basket=basket(), stays=False)
    with pytest.raises(NothingToHandOver):
        offer(basket=Basket(), stays=False)
    ours = basket((goods[0], 1))
    offered = offer(basket=ours, stays=False)
    with pytest.raises(SameBasket):
        take(hand_off_id=offered.pk, basket=ours, choice=Choice.THEIRS)
    assert units(ours) == {"Tee": 1}


@pytest.mark.parametrize("closed", ["giving", "receiving"])
def test_a_basket_that_is_being_paid_for_is_left_alone(two, closed):
    giving, receiving = two
    offered = offer(basket=giving, stays=False)
    Basket.objects.filter(pk=(giving if closed == "giving" else receiving).pk).update(status=Basket.FROZEN)
    with pytest.raises(BasketClosed):
        take(hand_off_id=offered.pk, basket=receiving, choice=Choice.BOTH)
    assert (units(giving), units(receiving)) == ({"Tee": 1, "Hat": 2}, {"Tee": 3})
    assert HandOff.objects.get().taken_at is None


@pytest.mark.parametrize("changed", ["giving", "receiving", "late"])
def test_what_was_changed_since_is_not_undone(two, goods, changed):
    giving, receiving = two
    taken = hand(giving, receiving, Choice.BOTH)
    if changed == "late":
        HandOff.objects.update(taken_at=timezone.now() - timedelta(minutes=11))
    else:
        {"giving": giving, "receiving": receiving}[changed].add_product(goods[1], 1)
    now = contents(giving), contents(receiving)
    with pytest.raises(TooLateToUndo):
        undo(hand_off_id=taken.pk, basket=receiving)
    assert (contents(giving), contents(receiving)) == now


def test_only_the_device_that_took_it_undoes_it(two, basket):
    giving, receiving = two
    taken = hand(giving, receiving, Choice.BOTH)
    with pytest.raises(TooLateToUndo):
        undo(hand_off_id=taken.pk, basket=basket())
    with pytest.raises(TooLateToUndo):
        undo(hand_off_id=taken.pk, basket=giving)


def test_what_is_over_is_forgotten(two):
    giving, receiving = two
    taken = hand(giving, receiving, Choice.BOTH)
    assert tasks.forget_hand_offs() == 0
    HandOff.objects.update(until=timezone.now() - timedelta(minutes=21))
    assert tasks.forget_hand_offs() == 1
    assert not HandOff.objects.filter(pk=taken.pk).exists()


def _lines(numbered):
    return [
        {"product": product, "options": [], "record": 10 * product + place, "reference": f"{product}_{place}",
         "quantity": quantity, "currency": "IDR", "excl_tax": None, "incl_tax": None, "tax_code": None}
        for (product, place), quantity in numbered.items()
    ]  # fmt: skip


def _by_product(lines):
    total = {}
    for line in lines:
        total[line["product"]] = total.get(line["product"], 0) + line["quantity"]
    return total


baskets = some.dictionaries(some.tuples(some.integers(1, 4), some.integers(1, 2)), some.integers(1, 9), max_size=6)


@given(baskets, baskets)
def test_putting_together_is_the_larger_of_both_whoever_begins(mine, theirs):
    ours, others = _lines(mine), _lines(theirs)
    both = put_together(ours, others)
    a, b = _by_product(ours), _by_product(others)
    assert _by_product(both) == {product: max(a.get(product, 0), b.get(product, 0)) for product in {*a, *b}}
    assert _by_product(put_together(others, ours)) == _by_product(both)
    assert put_together(both, others) == both
    assert len({line["reference"] for line in both}) == len(both)
    assert {line["reference"] for line in ours} <= {line["reference"] for line in both}
