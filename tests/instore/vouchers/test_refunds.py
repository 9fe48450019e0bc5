"""What comes back is given as a voucher: by the shopper's choice, to who was given a present, and as it was paid."""

from decimal import Decimal

import pytest
from django.core import mail

from instore.returns.models import Disposition, Method, Reason, TakenBack
from instore.returns.unlinked import Brought, article_of, take_back_unlinked
from instore.staff.models import Role
from instore.vouchers.models import CreditVoucher
from instore.vouchers.void import void
from omni_sync.messages.drain import send_messages
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return
from omni_sync.stock.audit import audit
from tests.factories import sale, tell_all
from tests.instore.returns.conftest import LINES, SUMS, duty_at, fresh, given, key, sold, take
from tests.instore.vouchers.made import assert_ledger_is_right, balance, code_of, kinds, make_voucher

pytestmark = pytest.mark.django_db


def refunds(row):
    return [(one["method"], Decimal(one["amount"]), one["reference"]) for one in row.refunds]


def sold_for(world, *payments, number="R-1"):
    """The same sale, paid in these ways: method, amount, and which."""
    paid = [{"method": method, "amount": str(amount), "reference": said} for method, amount, said in payments]
    tell_all(world.till, sale(world.menteng.partner, number, list(LINES), payments=paid, **SUMS))
    return Order.objects.get(sale__number=number)


def test_shopper_may_choose_a_voucher(world):
    order = sold(world)
    row = take(world, order, 1, 1, method=Method.VOUCHER)
    voucher = CreditVoucher.objects.get()
    assert refunds(row) == [("voucher", voucher.amount, voucher.number)]
    assert (voucher.sale_return, voucher.store, voucher.who, voucher.is_gift) == (row, world.dago, "Sari", False)
    assert given(order) == voucher.amount == voucher.balance
    assert code_of(voucher) not in str(row.refunds)
    assert TakenBack.objects.get().method == "voucher"
    assert_ledger_is_right()
    assert audit()["violations"] == []


def test_all_ways_together_give_back_what_was_paid(world):
    order = sold(world)
    take(world, order, 1, method=Method.VOUCHER, number=1)
    take(world, order, 1, method=Method.CASH, number=2)
    take(world, order, 1, 1, method=Method.ORIGINAL, number=3)
    assert given(order) == Decimal(479900)
    assert fresh(order).money == 0
    assert_ledger_is_right()


def test_same_key_is_the_same_voucher(world):
    order = sold(world)
    assert take(world, order, 1, method=Method.VOUCHER) == take(world, order, 1, method=Method.VOUCHER)
    assert CreditVoucher.objects.count() == 1


def test_what_a_voucher_paid_goes_back_onto_it(world):
    paid = make_voucher(world.duty, "300000")
    order = sold_for(world, ("voucher", 300000, code_of(paid)), ("cash", 179900, ""))
    assert balance(paid) == 0
    row = take(world, order, 3, 1)
    assert refunds(row) == [("cash", 179900, ""), ("voucher", 300000, paid.number)]
    assert kinds(paid) == [("issued", 300000), ("spent", -300000), ("back", 300000)]
    assert given(order) == 479900
    assert_ledger_is_right()


def test_what_goes_onto_no_voucher_that_paid_goes_onto_a_new_one(world):
    """One was voided since; one is a till's own, of which we know nothing."""
    gone = make_voucher(world.duty, "300000")
    order = sold_for(world, ("voucher", 200000, code_of(gone)), ("voucher", 279900, "TILL-77"))
    void(voucher_id=gone.pk, reason="Lost", who="Dewi")
    row = take(world, order, 3, 1)
    new = CreditVoucher.objects.exclude(pk=gone.pk).get()
    assert refunds(row) == [("voucher", 479900, new.number)]
    assert (balance(gone), balance(new)) == (0, 479900)
    assert_ledger_is_right()


def test_what_a_till_took_too_much_of_is_never_given_back(world):
    paid = make_voucher(world.duty, "100000")
    order = sold_for(world, ("voucher", 479900, code_of(paid)))
    row = take(world, order, 3, 1)
    assert refunds(row) == [("voucher", 100000, paid.number)]
    assert given(order) == balance(paid) == 100000
    assert_ledger_is_right()


def test_present_goes_back_as_a_new_voucher_and_nobody_is_told(world):
    order = sold(world)
    Order.objects.filter(pk=order.pk).update(guest_email="buyer@example.com")
    row = take_gift(world, order, 1)
    voucher = CreditVoucher.objects.get()
    assert voucher.is_gift
    assert refunds(row) == [("voucher", voucher.amount, voucher.number)]
    assert row.person is None
    send_messages()
    assert mail.outbox == []
    assert_ledger_is_right()


def test_present_that_a_voucher_paid_is_not_given_back_onto_the_buyers(world):
    paid = make_voucher(world.duty, "479900")
    order = sold_for(world, ("voucher", 479900, code_of(paid)))
    take_gift(world, order, 1)
    assert balance(paid) == 0
    assert CreditVoucher.objects.filter(is_gift=True).count() == 1


def take_gift(world, order, *quantities):
    from instore.returns.take_back import take_back
    from tests.instore.returns.conftest import back

    return take_back(
        order=Order.objects.get(pk=order.pk),
        lines=back(order, *quantities),
        method=Method.CASH,
        duty=world.duty,
        key=key(1),
        is_gift=True,
    )


def test_manager_gives_a_voucher_without_a_receipt(world):
    dewi = duty_at(world.dago, "Dewi", Role.MANAGER, "Office")
    brought = Brought(2, Decimal(100000), Reason.SIZE, Disposition.SELL, "A present", Method.VOUCHER)
    article = article_of(said="TEE", store=world.dago)
    row = take_back_unlinked(article=article, brought=brought, duty=dewi, key=key())
    assert take_back_unlinked(article=article, brought=brought, duty=dewi, key=key()) == row
    voucher = CreditVoucher.objects.get()
    assert refunds(row) == [("voucher", 200000, voucher.number)]
    assert (voucher.sale_return, voucher.who) == (Return.objects.get(), "Dewi")
    assert_ledger_is_right()
