"""Vouchers for the tests, and what they must always come out to."""

from decimal import Decimal

from django.db import connection, transaction

from instore.vouchers.codes import opened
from instore.vouchers.issue import issue
from instore.vouchers.models import CreditVoucher, VoucherEntry
from instore.vouchers.spend import spend
from omni_sync.oscar.models import Order

UNBALANCED = """
    SELECT v.number FROM instore_creditvoucher v
      LEFT JOIN (SELECT voucher_id, sum(amount) AS total FROM instore_voucherentry GROUP BY 1) e ON e.voucher_id = v.id
     WHERE v.balance IS DISTINCT FROM e.total OR v.balance < 0 OR v.balance > v.amount
"""


def make_voucher(duty, amount="200000", *, number=1, currency="IDR", **more):
    with transaction.atomic():
        return issue(amount=Decimal(amount), currency=currency, duty=duty, key=f"voucher-of-a-test-{number:04}", **more)


def code_of(voucher):
    return opened(voucher)[0]


def token_of(voucher):
    return opened(voucher)[1]


def pay(voucher, amount, *, order, duty, number=1):
    with transaction.atomic():
        return spend(
            code=code_of(voucher), amount=Decimal(amount), order=order, key=f"spend-of-a-test-{number:04}", duty=duty
        )


def make_order(number="100001", total="500000"):
    return Order.objects.create(
        number=number, currency="IDR", total_incl_tax=Decimal(total), total_excl_tax=Decimal(total)
    )


def balance(voucher):
    return CreditVoucher.objects.get(pk=voucher.pk).balance


def kinds(voucher):
    return list(VoucherEntry.objects.filter(voucher=voucher).order_by("pk").values_list("kind", "amount"))


def assert_ledger_is_right():
    """Issued, less what was spent and voided, and what was given back: that is the balance, and it is no debt."""
    with connection.cursor() as cursor:
        cursor.execute(UNBALANCED)
        assert cursor.fetchall() == []
