"""A till voids a sale of which goods came back at a tablet: both happened, and nothing comes back twice."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from instore.returns.exceptions import NeverHappened
from instore.returns.models import Disposition, Method
from instore.vouchers.models import CreditVoucher
from omni_sync.oscar.models import Order
from omni_sync.pos.dashboard.effects import effects_of
from omni_sync.pos.models import InboxEvent
from omni_sync.sales.came_back import keep_off_the_shelf
from omni_sync.sales.documents import Where
from omni_sync.sales.models import Flag, Return, Sale
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Movement
from tests.factories import counted, sale, tell_all, voided
from tests.instore.returns.conftest import duty_at, on_hand, sold, take
from tests.instore.vouchers.made import assert_ledger_is_right, balance, code_of, make_voucher

pytestmark = pytest.mark.django_db


def void(world, **more):
    tell_all(world.till, voided(world.menteng.partner, sale="R-1", at=timezone.now(), **more))


def assert_flagged():
    assert Sale.objects.get().flags == [Flag.VOIDED_AFTER_RETURN]
    assert Return.objects.get().voided_at is None
    assert audit()["violations"] == []


@pytest.mark.parametrize("pieces", [1, 3])
def test_what_came_back_in_the_same_store_is_on_the_shelf_once(world, pieces):
    """Nine, of which three were sold."""
    order = sold(world)
    take(world, order, pieces, duty=duty_at(world.menteng, "Mira", device="Second"))
    assert on_hand(world.menteng) == 6 + pieces
    void(world)
    assert on_hand(world.menteng) == 9
    place = world.menteng.partner
    with transaction.atomic():
        keep_off_the_shelf(where=Where(world.till.name, place.pk, place.code), numbers=["R-1"])
    assert on_hand(world.menteng) == 9
    assert_flagged()


def test_what_came_back_in_another_store_stays_there(world):
    order = sold(world)
    take(world, order, 2, 1)
    void(world)
    assert (on_hand(world.menteng), on_hand(world.dago)) == (7, 2)
    assert (on_hand(world.menteng, "BOOK"), on_hand(world.dago, "BOOK")) == (8, 1)
    assert_flagged()
    moved = effects_of(InboxEvent.objects.get(type="sale.voided")).moved
    assert sorted(one.movement.quantity for one in moved) == [-2, -1, 1, 3]


def test_what_may_not_be_sold_again_is_on_no_shelf(world):
    order = sold(world)
    take(world, order, 2, duty=duty_at(world.menteng, "Mira", device="Second"), disposition=Disposition.WASTE)
    void(world)
    assert on_hand(world.menteng) == 7
    assert_flagged()


def test_count_afterwards_has_it_all(world):
    order = sold(world)
    take(world, order, 3)
    void(world)
    tell_all(world.till, counted(world.menteng.partner, {"TEE": 6}, at=timezone.now() + timedelta(minutes=1)))
    assert on_hand(world.menteng) == 6
    assert audit()["violations"] == []


def test_sale_of_which_nothing_came_back_is_not_flagged(world):
    sold(world)
    void(world)
    assert (on_hand(world.menteng), Sale.objects.get().flags) == (9, [])
    assert not Movement.objects.filter(kind="void", answers=None).exists()


def test_nothing_comes_back_of_what_the_till_voided_first(world):
    order = sold(world)
    void(world)
    with pytest.raises(NeverHappened):
        take(world, order, 1)


@pytest.mark.parametrize("method", [Method.VOUCHER, Method.ORIGINAL])
def test_voucher_that_paid_gets_back_what_did_not_go_back_at_the_tablet(world, method):
    voucher = make_voucher(world.duty)
    paid = [{"method": "voucher", "amount": "150000", "reference": code_of(voucher)}]
    tell_all(world.till, sale(world.menteng.partner, "R-1", {"TEE": 3}, price="50000", payments=paid))
    take(world, Order.objects.get(), 1, method=method)
    void(world)
    assert sum(map(balance, CreditVoucher.objects.all())) == 200000
    assert_ledger_is_right()
    assert_flagged()
