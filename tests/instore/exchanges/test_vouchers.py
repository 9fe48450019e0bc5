"""Goods that a voucher paid, or whose worth becomes one, behind an exchange."""

from decimal import Decimal

import pytest

from instore.returns.exceptions import AllBack
from instore.returns.left import left_of
from instore.returns.models import Method
from instore.returns.take_back import take_back
from instore.vouchers.models import CreditVoucher
from omni_sync.oscar.models import Order
from tests.instore.exchanges.conftest import PRICE, methods, sold, swap
from tests.instore.returns.conftest import back
from tests.instore.vouchers.made import assert_ledger_is_right, code_of, make_voucher

ALL = Decimal(PRICE)


def bring(world, order, method, number=9):
    order = Order.objects.get(pk=order.pk)
    return take_back(
        order=order, lines=back(order, 1), method=method, duty=world.duty, key=f"key-of-a-return-{number:04}"
    )


def left(*orders):
    return sum(left_of(Order.objects.get(pk=one.pk)).money for one in orders)


def test_what_a_voucher_paid_comes_back_as_one_after_an_exchange(world):
    voucher = make_voucher(world.duty, PRICE)
    first = sold(world, payments=[{"method": "voucher", "amount": PRICE, "reference": code_of(voucher)}])
    done = swap(world, first, {"L": 1})
    row = bring(world, done.sale.order, Method.ORIGINAL)
    new = CreditVoucher.objects.exclude(pk=voucher.pk).get()
    assert new.balance == ALL
    assert row.refunds == [{"method": "voucher", "amount": str(new.balance), "reference": new.number}]
    assert left(first, done.sale.order) == 0
    assert_ledger_is_right()


def test_what_cash_paid_may_become_a_voucher_after_an_exchange_once(world):
    first = sold(world)
    done = swap(world, first, {"L": 1})
    row = bring(world, done.sale.order, Method.VOUCHER)
    assert methods(row) == {"voucher": ALL}
    assert CreditVoucher.objects.get().balance == ALL
    assert left(first, done.sale.order) == 0
    for order in (first, done.sale.order):
        with pytest.raises(AllBack):
            bring(world, order, Method.CASH, number=10)


def test_the_difference_of_an_exchange_may_become_a_voucher(world):
    first = sold(world)
    done = swap(world, first, {"SOCK": 1}, method=Method.VOUCHER)
    assert methods(done.back) == {"exchange": Decimal(1), "voucher": ALL - 1}
    assert CreditVoucher.objects.get().balance == ALL - 1
