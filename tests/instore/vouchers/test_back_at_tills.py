"""A till gives money back onto a voucher: onto ours, once, never more than it was issued with; and takes that back."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from instore.vouchers.models import VoucherEntry
from instore.vouchers.void import void
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.resolve import accept_as_correction
from omni_sync.sales.models import Flag, Return
from tests.factories import NOON, drain, returned, sale, tell_all, voided
from tests.instore.vouchers.made import (
    assert_ledger_is_right,
    balance,
    code_of,
    kinds,
    make_order,
    make_voucher,
    pay,
    token_of,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def bought(world, voucher, amount=150000, number="R-1"):
    paid = [{"method": "voucher", "amount": str(amount), "reference": code_of(voucher)}]
    return sale(world.menteng.partner, number, {"TEE": 1}, price=str(amount), payments=paid)


def brought(world, said, amount=150000, number="B-1", **more):
    given = [{"method": "voucher", "amount": str(amount), "reference": said}]
    more = {"of": "R-1", **more}
    return returned(world.menteng.partner, number, {"TEE": 1}, amount=str(amount), refunds=given, **more)


def void_of(world, **what):
    return voided(world.menteng.partner, at=NOON + HOUR, **what)


def assert_no_code_stays(*vouchers):
    noted = [
        *PaymentSource.objects.values_list("reference", flat=True),
        str(list(Return.objects.values_list("refunds"))),
    ]
    for one in vouchers:
        assert not [text for text in noted if code_of(one) in text.upper() or token_of(one) in text]


@pytest.mark.parametrize("how", [code_of, token_of, lambda v: code_of(v).lower(), lambda v: v.number])
@pytest.mark.parametrize("first", ["sale", "return"])
def test_goes_onto_the_voucher_that_is_named_once_and_its_code_is_kept_nowhere(world, how, first):
    voucher = make_voucher(world.duty)
    events = [bought(world, voucher), brought(world, how(voucher))]
    for event in events if first == "sale" else reversed(events):
        tell_all(world.till, event)
        assert_no_code_stays(voucher)
    tell_all(world.till, *events)
    assert kinds(voucher) == [("issued", 200000), ("spent", -150000), ("back", 150000)]
    entry = VoucherEntry.objects.get(kind="back")
    assert (entry.order, entry.store) == (Order.objects.get(), world.menteng)
    assert Return.objects.get().refunds == [{"method": "voucher", "amount": "150000", "reference": voucher.number}]
    assert set(PaymentSource.objects.values_list("reference", flat=True)) == {voucher.number}
    assert Return.objects.get().flags == []
    assert_ledger_is_right()


def test_more_than_it_was_issued_with_is_flagged(world):
    voucher, order = make_voucher(world.duty), make_order()
    pay(voucher, 60000, order=order, duty=world.duty)
    tell_all(world.till, brought(world, code_of(voucher), 100000, of=None))
    assert kinds(voucher)[-1] == ("back", 60000)
    assert Return.objects.get().flags == [Flag.VOUCHER_FULL]
    assert_ledger_is_right()


def test_what_is_void_takes_nothing(world):
    voucher = make_voucher(world.duty)
    tell_all(world.till, bought(world, voucher))
    void(voucher_id=voucher.pk, reason="Lost", who="Dewi")
    tell_all(world.till, brought(world, code_of(voucher)))
    assert (balance(voucher), Return.objects.get().flags) == (0, [Flag.VOUCHER_FULL])
    assert_no_code_stays(voucher)
    assert_ledger_is_right()


def test_tills_own_vouchers_are_left_alone(world):
    voucher = make_voucher(world.duty)
    tell_all(world.till, bought(world, voucher), brought(world, "GIFT-4711"))
    assert (balance(voucher), Return.objects.get().refunds[0]["reference"]) == (50000, "GIFT-4711")
    assert Return.objects.get().flags == []


@pytest.mark.parametrize("first", ["return", "void"])
def test_return_that_never_happened_fills_nothing(world, first):
    voucher = make_voucher(world.duty)
    events = [brought(world, code_of(voucher)), void_of(world, **{"return": "B-1"})]
    tell_all(world.till, bought(world, voucher))
    for event in events if first == "return" else reversed(events):
        tell_all(world.till, event)
    tell_all(world.till, void_of(world, **{"return": "B-1"}))
    assert balance(voucher) == 50000
    assert_no_code_stays(voucher)
    assert_ledger_is_right()


def test_return_that_was_corrected_fills_it_once(world):
    voucher = make_voucher(world.duty)
    tell_all(world.till, bought(world, voucher), brought(world, code_of(voucher)))
    other = brought(world, code_of(voucher), 100000)
    tell_all(world.till, other)
    by = get_user_model()._default_manager.create(email="dewi@example.com")
    assert accept_as_correction(event=InboxEvent.objects.get(event_id=other["id"]), by=by)
    drain()
    assert balance(voucher) == 150000
    assert [row.amount_refunded for row in PaymentSource.objects.filter(amount_refunded__gt=0)] == [100000]
    assert_no_code_stays(voucher)
    assert_ledger_is_right()


def test_what_was_spent_since_is_short_where_the_return_never_happened(world):
    voucher = make_voucher(world.duty)
    tell_all(world.till, bought(world, voucher), brought(world, code_of(voucher)))
    pay(voucher, 180000, order=make_order(), duty=world.duty)
    tell_all(world.till, void_of(world, **{"return": "B-1"}))
    assert (balance(voucher), VoucherEntry.objects.get(short__gt=0).short) == (0, 130000)
    assert_ledger_is_right()


@pytest.mark.parametrize("since", [0, 200000])
def test_sale_that_never_happened_leaves_its_voucher_as_it_was(world, since):
    """It had it all back by the return: nothing is owed either way, whatever it paid for since."""
    voucher = make_voucher(world.duty)
    tell_all(world.till, bought(world, voucher), brought(world, code_of(voucher)))
    if since:
        pay(voucher, since, order=make_order(), duty=world.duty)
    tell_all(world.till, void_of(world, sale="R-1"))
    assert balance(voucher) == 200000 - since
    assert not VoucherEntry.objects.filter(short__gt=0).exists()
    assert_ledger_is_right()


def test_sale_that_never_happened_takes_off_what_went_onto_another_voucher(world):
    voucher, other = make_voucher(world.duty), make_voucher(world.duty, number=2)
    pay(other, 200000, order=make_order(), duty=world.duty)
    tell_all(world.till, bought(world, voucher), brought(world, code_of(other)))
    assert (balance(voucher), balance(other)) == (50000, 150000)
    tell_all(world.till, void_of(world, sale="R-1"))
    assert (balance(voucher), balance(other)) == (200000, 0)
    assert_ledger_is_right()
