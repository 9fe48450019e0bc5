"""Eight tablets pay with one voucher at once: never more than it has. Each with a control that loses."""

from decimal import Decimal

import pytest
from django.db import transaction

from instore.returns import refunds
from instore.returns import take_back as taking
from instore.returns.exceptions import AllBack
from instore.returns.models import Method
from instore.returns.take_back import take_back
from instore.vouchers.exceptions import NotEnough, VoucherVoided
from instore.vouchers.models import CreditVoucher, CreditVoucherQuerySet, VoucherEntry
from instore.vouchers.void import void
from omni_sync.oscar.models import Order
from omni_sync.pos import apply as applying
from omni_sync.pos.drain import drain_one
from omni_sync.stock.audit import audit
from tests.factories import sale, tell, tell_all, voided
from tests.instore.returns.conftest import back, duty_at, given, key, make_world, sold
from tests.instore.vouchers.made import assert_ledger_is_right, balance, code_of, make_order, make_voucher, pay
from tests.stress.crowd import Meeting, at_once, deadlocks, failures

pytestmark = pytest.mark.django_db(transaction=True)
PAID = Decimal(479900)


@pytest.fixture
def world(settings):
    settings.LINTAS_RETURN_DAYS = 36500
    return make_world()


@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "control"])
def test_eight_tablets_spend_what_there_is_and_no_more(world, monkeypatch, is_guarded):
    """Each pays 60.000 of 200.000: three do."""
    voucher = make_voucher(world.duty)
    orders = [make_order(f"P-{n}") for n in range(8)]
    meeting = Meeting(8)
    if not is_guarded:

        def look_then_write(rows, amount):
            mine = rows.get()
            meeting.wait()
            if mine.balance < amount:
                return False
            mine.balance -= amount
            mine.save(update_fields=["balance"])
            return True

        monkeypatch.setattr(CreditVoucherQuerySet, "take", look_then_write)
    outcomes = at_once(*[lambda n=n: pay(voucher, 60000, order=orders[n], duty=world.duty, number=n) for n in range(8)])
    spent = -sum(VoucherEntry.objects.filter(kind="spent").values_list("amount", flat=True))
    assert (spent <= 200000) is is_guarded
    if is_guarded:
        assert [type(one) for one in failures(outcomes)] == [NotEnough] * 5
        assert (spent, balance(voucher)) == (180000, 20000)
        assert_ledger_is_right()


def test_one_tap_that_is_sent_twice_at_once_pays_once(world):
    voucher, order = make_voucher(world.duty), make_order()
    one, other = at_once(*[lambda: pay(voucher, 150000, order=order, duty=world.duty)] * 2)
    assert one == other
    assert balance(voucher) == 50000
    assert_ledger_is_right()


def test_voucher_that_is_voided_while_it_is_spent_ends_right(world):
    voucher, order = make_voucher(world.duty), make_order()
    spend = [lambda n=n: pay(voucher, 50000, order=order, duty=world.duty, number=n) for n in range(5)]
    outcomes = at_once(*spend, lambda: void(voucher_id=voucher.pk, reason="Lost", who="Dewi"))
    assert failures(outcomes, NotEnough, VoucherVoided) == []
    assert balance(voucher) == 0
    assert_ledger_is_right()


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether anybody waits for whoever else speaks of the order."""
    if not request.param:
        monkeypatch.setattr(taking, "take_turn", lambda **_: None)
    return request.param


def test_voucher_at_one_tablet_and_cash_at_another_give_it_back_once(guarded, world, monkeypatch):
    order = sold(world)
    monkeypatch.setattr(taking, "assert_may_come_back", Meeting(2).before(taking.assert_may_come_back))

    def everything(duty, method, number):
        return lambda: take_back(
            order=Order.objects.get(pk=order.pk), lines=back(order, 3, 1), method=method, duty=duty, key=key(number)
        )

    outcomes = at_once(
        everything(world.duty, Method.VOUCHER, 1), everything(duty_at(world.menteng, "Rina"), Method.CASH, 2)
    )
    assert [type(one) for one in failures(outcomes)] == ([AllBack] if guarded else [])
    assert given(order) == (PAID if guarded else 2 * PAID)
    assert audit()["violations"] == []
    assert_ledger_is_right()


@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "control"])
def test_till_that_voids_while_a_tablet_takes_back_never_meets_it_in_a_deadlock(world, monkeypatch, is_guarded):
    """Two sales of the same goods were paid with one voucher: both need the goods' level, and the voucher."""
    voucher = make_voucher(world.duty, "400000")
    for number in ("R-1", "R-2"):
        paid = [{"method": "voucher", "amount": "100000", "reference": code_of(voucher)}]
        tell_all(world.till, sale(world.menteng.partner, number, {"TEE": 1}, price="100000", payments=paid))
    order = Order.objects.get(sale__number="R-2")
    lines, duty = back(order, 1), duty_at(world.menteng, "Rina", device="Second")
    tell(world.till, voided(world.menteng.partner, sale="R-1"))
    meeting = Meeting(2, seconds=1 if is_guarded else 20)
    monkeypatch.setattr(applying, "post", meeting.before(applying.post))
    monkeypatch.setattr(refunds, "onto_vouchers", meeting.before(refunds.onto_vouchers))
    if not is_guarded:
        monkeypatch.setattr(applying, "_moves_vouchers", lambda _: False)
    tablet = lambda: take_back(order=order, lines=lines, method=Method.ORIGINAL, duty=duty, key=key(1))  # noqa: E731
    outcomes = at_once(tablet, drain_one)  # whoever of the two PostgreSQL stops says so
    assert (deadlocks(outcomes) == 0) is is_guarded
    if is_guarded:
        assert failures(outcomes) == []
        assert balance(voucher) == 400000
    assert audit()["violations"] == []
    assert_ledger_is_right()


def test_vouchers_that_pay_and_come_back_at_once_never_meet_in_a_deadlock(world):
    """Goods come back onto a voucher while it pays for others."""
    voucher = make_voucher(world.duty, "400000")
    order = sold(world, method="voucher")
    pay(voucher, 400000, order=order, duty=world.duty)
    others = [make_order(f"P-{n}") for n in range(4)]
    more = make_voucher(world.duty, "50000", number=2)
    tasks = [lambda n=n: pay(more, 20000, order=others[n], duty=world.duty, number=10 + n) for n in range(4)]
    take = lambda: take_back(  # noqa: E731
        order=Order.objects.get(pk=order.pk), lines=back(order, 1), method=Method.ORIGINAL, duty=world.duty, key=key(1)
    )
    outcomes = at_once(take, *tasks)
    assert failures(outcomes, NotEnough) == []
    with transaction.atomic():
        assert CreditVoucher.objects.get(pk=voucher.pk).balance == given(order)
    assert_ledger_is_right()
