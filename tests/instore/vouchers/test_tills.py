"""A till took a voucher: it is taken off, once, and what was not there is kept for somebody to look at (R3)."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from instore.vouchers.figures import figures
from instore.vouchers.models import CreditVoucher, VoucherEntry
from instore.vouchers.void import void
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.resolve import accept_as_correction
from omni_sync.sales.models import Sale
from tests.factories import drain, sale, tell_all, voided
from tests.instore.vouchers.made import assert_ledger_is_right, balance, code_of, kinds, make_voucher, token_of

pytestmark = pytest.mark.django_db


def told(world, *payments, number="R-1", key=None):
    paid = [{"method": "voucher", "amount": str(amount), "reference": said} for amount, said in payments]
    total = sum(amount for amount, _ in payments)
    event = sale(world.menteng.partner, number, {"TEE": 1}, price=str(total), payments=paid, key=key)
    tell_all(world.till, event)
    return event


@pytest.mark.parametrize("how", [code_of, token_of, lambda v: code_of(v).lower()])
def test_till_spends_it_once_and_its_payment_says_which(world, how):
    voucher = make_voucher(world.duty)
    event = told(world, (150000, how(voucher)))
    tell_all(world.till, event)
    assert balance(voucher) == 50000
    assert PaymentSource.objects.get(source_type__code="voucher").reference == voucher.number
    entry = VoucherEntry.objects.get(kind="spent")
    assert (entry.order, entry.store, entry.short) == (Order.objects.get(), world.menteng, 0)
    assert_ledger_is_right()


def test_overspent_is_recorded_and_kept_in_mind(world):
    voucher = make_voucher(world.duty)
    told(world, (250000, code_of(voucher)))
    told(world, (30000, code_of(voucher)), number="R-2")
    shorts = VoucherEntry.objects.filter(short__gt=0).order_by("pk").values_list("amount", "short")
    assert list(shorts) == [(-200000, 50000), (0, 30000)]
    assert Order.objects.count() == 2
    assert balance(voucher) == 0
    assert_ledger_is_right()


def test_two_payments_of_one_sale_with_one_voucher(world):
    voucher = make_voucher(world.duty)
    told(world, (150000, code_of(voucher)), (100000, code_of(voucher)))
    assert balance(voucher) == 0
    assert sum(VoucherEntry.objects.values_list("short", flat=True)) == 50000
    assert_ledger_is_right()


@pytest.mark.parametrize("end", ["void", "over"])
def test_what_is_void_or_over_pays_nothing_at_a_till_either(world, end):
    voucher = make_voucher(world.duty)
    if end == "void":
        void(voucher_id=voucher.pk, reason="Lost", who="Dewi")
    else:
        CreditVoucher.objects.update(ends_at=timezone.now() - timedelta(days=1))
    told(world, (100000, code_of(voucher)))
    assert VoucherEntry.objects.get(kind="spent").short == 100000
    assert_ledger_is_right()


def test_tills_own_vouchers_are_left_alone(world):
    voucher = make_voucher(world.duty)
    told(world, (150000, "GIFT-4711"), (1000, voucher.number))
    assert set(PaymentSource.objects.values_list("reference", flat=True)) == {"GIFT-4711", voucher.number}
    assert balance(voucher) == 200000


@pytest.mark.parametrize("first", ["sale", "void"])
def test_sale_that_never_happened_takes_nothing_whichever_came_first(world, first):
    voucher = make_voucher(world.duty)
    void_of = voided(world.menteng.partner, sale="R-1")
    if first == "void":
        tell_all(world.till, void_of)
    told(world, (150000, code_of(voucher)))
    if first == "sale":
        tell_all(world.till, void_of)
    assert balance(voucher) == 200000
    assert PaymentSource.objects.get(source_type__code="voucher").reference == voucher.number
    assert_ledger_is_right()


def test_sale_that_was_corrected_takes_it_once(world):
    voucher = make_voucher(world.duty)
    told(world, (150000, code_of(voucher)), key="evt-first")
    told(world, (100000, code_of(voucher)), key="evt-other")
    by = get_user_model()._default_manager.create(email="dewi@example.com")
    assert accept_as_correction(event=InboxEvent.objects.get(event_id="evt-other"), by=by)
    drain()
    assert kinds(voucher) == [("issued", 200000), ("spent", -150000), ("back", 150000), ("spent", -100000)]
    assert Sale.objects.exclude(voided_at=None).get().flags == []
    tell_all(world.till, voided(world.menteng.partner, sale="R-1"))
    assert balance(voucher) == 200000
    assert_ledger_is_right()


def test_what_a_store_is_said_to_owe_adds_up_after_a_void(world):
    voucher = make_voucher(world.duty)
    told(world, (150000, code_of(voucher)))
    tell_all(world.till, voided(world.menteng.partner, sale="R-1"))
    found = figures([world.menteng.pk, world.dago.pk])
    here = found[world.menteng.pk, "IDR"]
    assert (here.spent, here.back) == (150000, 150000)
    assert sum(one.issued - one.spent + one.back - one.voided for one in found.values()) == 200000
    assert sum(one.open for one in found.values()) == 200000


def test_sale_that_never_happened_gives_it_back(world):
    voucher = make_voucher(world.duty)
    told(world, (150000, code_of(voucher)))
    void_of = voided(world.menteng.partner, sale="R-1")
    tell_all(world.till, void_of)
    tell_all(world.till, void_of)
    assert kinds(voucher) == [("issued", 200000), ("spent", -150000), ("back", 150000)]
    assert_ledger_is_right()
