"""A voucher is money: what was issued, spent and given back makes its balance, whatever is tried in whatever order."""

import itertools
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from instore.receipts.models import Letterhead
from instore.vouchers.codes import LENGTH, WANTED, as_code, new_code, written
from instore.vouchers.exceptions import (
    NotEnough,
    VoucherCurrency,
    VoucherEnded,
    VoucherKeySpent,
    VoucherUnknown,
    VoucherVoided,
)
from instore.vouchers.find import find
from instore.vouchers.ledger import At, paid_with, put
from instore.vouchers.models import CreditVoucher, VoucherEntry
from instore.vouchers.void import void
from omni_sync.spoken import ALPHABET
from tests.instore.returns.conftest import make_world
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


def give_back(voucher, amount, *, order, number):
    with transaction.atomic():
        return put(voucher=voucher, amount=Decimal(amount), order=order, key=f"back-of-a-test-{number}", at=At(None))


def test_code_is_not_guessed_and_is_kept_hashed(world):
    assert len(ALPHABET) ** LENGTH > 2**80
    voucher = make_voucher(world.duty)
    code, token = code_of(voucher), token_of(voucher)
    for kept in CreditVoucher.objects.values_list("code_hash", "token_hash", "sealed").get():
        assert code.encode() not in bytes(kept)
        assert token.encode() not in bytes(kept)
    assert code not in str(VoucherEntry.objects.values().get())


@pytest.mark.parametrize(
    "said",
    [
        code_of,
        lambda v: f" {written(code_of(v)).lower()} ",
        token_of,
        lambda v: f"https://langkah.example/v/{token_of(v)}/?from=paper",
    ],
)
def test_code_token_and_address_open_it(world, said):
    voucher = make_voucher(world.duty)
    assert find(said(voucher)) == voucher


@pytest.mark.parametrize(
    "said", ["", "V-12", "x" * 600, "/v/", "\x00", "34679ACEFGHJKLMNPR", "k" * 43, "/v/" + "A" * 43]
)
def test_anything_else_opens_nothing(world, said):
    make_voucher(world.duty)
    with pytest.raises(VoucherUnknown):
        find(said)


def test_number_opens_nothing(world):
    with pytest.raises(VoucherUnknown):
        find(make_voucher(world.duty).number)


def test_code_is_read_in_groups():
    code = new_code()
    assert as_code(written(code)) == code
    assert written(code).count("-") == 2
    assert "/v/" in WANTED


def test_part_is_spent_and_the_rest_is_left(world):
    voucher, order = make_voucher(world.duty), make_order()
    entry = pay(voucher, 150000, order=order, duty=world.duty)
    assert (entry.balance, entry.order, entry.store, entry.who) == (50000, order, world.dago, "Sari")
    with pytest.raises(NotEnough) as refusal:
        pay(voucher, 50001, order=order, duty=world.duty, number=2)
    assert refusal.value.balance == 50000
    pay(voucher, 50000, order=order, duty=world.duty, number=3)
    assert kinds(voucher) == [("issued", 200000), ("spent", -150000), ("spent", -50000)]
    assert_ledger_is_right()


def test_same_key_is_the_same_payment(world):
    voucher, order = make_voucher(world.duty), make_order()
    assert pay(voucher, 150000, order=order, duty=world.duty) == pay(voucher, 150000, order=order, duty=world.duty)
    assert balance(voucher) == 50000
    with pytest.raises(VoucherKeySpent):
        pay(voucher, 10000, order=order, duty=world.duty)
    assert make_voucher(world.duty) == voucher
    with pytest.raises(VoucherKeySpent):
        make_voucher(world.duty, "1000")
    assert_ledger_is_right()


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_nothing_is_no_payment(world, amount):
    with pytest.raises(NotEnough):
        pay(make_voucher(world.duty), amount, order=make_order(), duty=world.duty)
    assert_ledger_is_right()


def test_what_is_void_over_or_other_money_pays_nothing(world):
    order = make_order()
    gone, old, euros = (make_voucher(world.duty, number=n, currency=c) for n, c in [(1, "IDR"), (2, "IDR"), (3, "EUR")])
    void(voucher_id=gone.pk, reason="Lost its paper", who="Dewi")
    CreditVoucher.objects.filter(pk=old.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    for voucher, refusal in [(gone, VoucherVoided), (old, VoucherEnded), (euros, VoucherCurrency)]:
        with pytest.raises(refusal):
            pay(voucher, 1000, order=order, duty=world.duty, number=voucher.pk)
    with pytest.raises(VoucherVoided):
        void(voucher_id=gone.pk, reason="Twice", who="Dewi")
    assert VoucherEntry.objects.get(kind="voided").note == "Lost its paper"
    assert_ledger_is_right()


def test_it_is_good_as_long_as_the_letterhead_says(world, settings):
    settings.LINTAS_VOUCHER_DAYS = 10
    usual = make_voucher(world.duty)
    assert 10 <= (usual.ends_at - timezone.now()).total_seconds() / 86400 < 11
    Letterhead.objects.create(store=world.dago, voucher_days=0)
    assert make_voucher(world.duty, number=2).ends_at is None
    Letterhead.objects.update(voucher_days=365)
    assert (make_voucher(world.duty, number=3).ends_at - timezone.now()).days == 365


def test_entries_are_never_changed_or_removed(world):
    entry = make_voucher(world.duty).entries.get()
    for change in (
        lambda: VoucherEntry.objects.filter(pk=entry.pk).update(amount=1),
        lambda: VoucherEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


@pytest.mark.parametrize("wrong", [{"balance": -1}, {"balance": 200001}, {"voided_at": timezone.now()}, {"amount": 0}])
def test_database_refuses_what_can_not_be(world, wrong):
    voucher = make_voucher(world.duty)
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditVoucher.objects.filter(pk=voucher.pk).update(**wrong)


AMOUNTS = some.integers(min_value=-10, max_value=300)
STEPS = some.lists(some.tuples(some.sampled_from(["spend", "back", "again", "void"]), AMOUNTS), max_size=25)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(STEPS)
def test_issued_less_spent_plus_given_back_is_the_balance(world_of_all, steps):
    duty, numbers = world_of_all
    voucher, order = make_voucher(duty, "250", number=next(numbers)), make_order(f"P-{next(numbers)}")
    expected, last = 250, None
    for what, amount in steps:
        is_void = CreditVoucher.objects.get(pk=voucher.pk).voided_at is not None
        number = next(numbers)
        if what == "spend":
            try:
                pay(voucher, amount, order=order, duty=duty, number=number)
            except (NotEnough, VoucherVoided):
                assert is_void or not 0 < amount <= expected
            else:
                expected, last = expected - amount, (amount, number)
        elif what == "again" and last and not is_void:
            pay(voucher, last[0], order=order, duty=duty, number=last[1])
        elif what == "back" and amount > 0:
            done = give_back(voucher, amount, order=order, number=number)
            assert (done is not None) == (not is_void and expected + amount <= 250)
            expected += amount if done else 0
        elif what == "void" and expected:
            void(voucher_id=voucher.pk, reason="Lost", who="Dewi")
            expected = 0
        assert balance(voucher) == expected >= 0
    assert_ledger_is_right()
    assert sum(paid_with(order).values()) <= 250


@pytest.fixture
def world_of_all(db):
    return make_world().duty, itertools.count(100)
