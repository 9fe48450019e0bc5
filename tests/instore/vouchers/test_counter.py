"""A voucher pays for a bag at the counter: all of it, or a part and the rest in cash or by card."""

from decimal import Decimal

import pytest

from instore.pickup.code import code_of as pickup_code
from instore.pickup.models import Pickup, State
from instore.staff.guard import OnDuty
from instore.staff.models import Role
from instore.tablet.models import TabletAction
from instore.vouchers.codes import new_code
from instore.vouchers.models import VoucherEntry
from instore.vouchers.void import void
from omni_sync.oscar.models import PaymentSource
from tests.e2e.looks import misshapen
from tests.instore.pickup import conftest as pickups
from tests.instore.pickup.conftest import bring, state_of
from tests.instore.tablet import conftest as tablets
from tests.instore.tablet.conftest import nonce
from tests.instore.tablets import make_associate, make_device, read
from tests.instore.vouchers.made import assert_ledger_is_right, balance, code_of, make_voucher, token_of

pytestmark = pytest.mark.django_db
basket, collected, order, pickup, product, request_of, shop, strategy, on_duty = (
    pickups.basket, pickups.collected, pickups.order, pickups.pickup, pickups.product, pickups.request_of,
    pickups.shop, pickups.strategy, tablets.on_duty,
)  # fmt: skip


@pytest.fixture
def duty(shop):
    return OnDuty(make_associate(shop.store, "Rina"), Role.ASSOCIATE, make_device(shop.store, name="Desk")[0])


@pytest.fixture
def counter(on_duty, pickup):
    """The bag of 447.000 lies there, and its code was typed."""
    bring(pickup, State.READY)
    on_duty.post("/staff/collect/", {"code": pickup_code(pickup)})
    return on_duty


def bag(pickup):
    return f"/staff/collect/{pickup.order.number}/"


def show(tablet, pickup, said):
    return tablet.post(bag(pickup), {"voucher_code": said})


def hand_over(tablet, pickup, number="", pays="", *, key=1, **more):
    said = {"voucher": number, "pays": pays} if number else {}
    return tablet.post(bag(pickup), {"nonce": nonce(key), **said, **more})


def payments(pickup):
    rows = PaymentSource.objects.filter(order=pickup.pk).order_by("pk")
    return [(row.source_type.code, row.amount_debited, row.reference) for row in rows]


@pytest.mark.parametrize("how", [code_of, token_of, lambda v: f"https://langkah.example/v/{token_of(v)}/"])
def test_voucher_pays_all_of_it(counter, pickup, duty, how):
    voucher = make_voucher(duty, "500000")
    assert show(counter, pickup, how(voucher)).status_code == 302
    answer = counter.get(bag(pickup))
    page = read(answer)
    assert list(misshapen(answer.content.decode())) == []
    assert "The voucher pays Rp447,000 of it; Rp500,000 is on it." in page
    assert "Paid in cash" not in page
    assert code_of(voucher) not in page
    hand_over(counter, pickup, voucher.number, "447000.00")
    assert state_of(pickup) == State.COLLECTED
    assert payments(pickup) == [("voucher", 447000, voucher.number)]
    entry = VoucherEntry.objects.get(kind="spent")
    assert (entry.order_id, entry.who, balance(voucher)) == (pickup.pk, "Sari", 53000)
    assert_ledger_is_right()


def test_voucher_pays_a_part_and_cash_the_rest(counter, pickup, duty):
    voucher = make_voucher(duty, "200000")
    show(counter, pickup, code_of(voucher))
    assert "Then still to pay: Rp247,000" in read(counter.get(bag(pickup)))
    assert "is still to be paid" in read(hand_over(counter, pickup, voucher.number, "200000"), 409)
    assert balance(voucher) == 200000
    hand_over(counter, pickup, voucher.number, "200000", method="cash", key=2)
    assert payments(pickup) == [("voucher", 200000, voucher.number), ("cash", 247000, "")]
    assert balance(voucher) == 0
    assert_ledger_is_right()


def test_repeated_tap_spends_once(counter, pickup, duty):
    voucher = make_voucher(duty, "500000")
    show(counter, pickup, code_of(voucher))
    for _ in range(3):
        assert hand_over(counter, pickup, voucher.number, "447000").status_code == 302
    assert balance(voucher) == 53000
    assert code_of(voucher) not in str(TabletAction.objects.values())


def test_voucher_spent_elsewhere_meanwhile_pays_nothing(counter, pickup, duty):
    voucher = make_voucher(duty, "200000")
    show(counter, pickup, code_of(voucher))
    void(voucher_id=voucher.pk, reason="Lost", who="Dewi")
    assert "This voucher is void." in read(hand_over(counter, pickup, voucher.number, "200000", method="cash"), 409)
    assert (state_of(pickup), payments(pickup)) == (State.READY, [])
    assert_ledger_is_right()


def test_number_alone_spends_nothing(counter, pickup, duty):
    """It stands on receipts: the code must have been shown here, for this bag."""
    voucher = make_voucher(duty, "500000")
    assert "out of date" in read(hand_over(counter, pickup, voucher.number, "447000"), 409)
    assert "No voucher has this code." in read(show(counter, pickup, voucher.number), 409)
    assert balance(voucher) == 500000


@pytest.mark.parametrize("said", ["V-1", "x" * 600, "34679ACEFGHJKLMNPR"])
def test_what_is_no_voucher_is_said(counter, pickup, said):
    assert "No voucher has this code." in read(show(counter, pickup, said), 409)


def test_it_is_taken_off_again(counter, pickup, duty):
    show(counter, pickup, code_of(make_voucher(duty)))
    assert "Pay without the voucher" in read(counter.get(bag(pickup)))
    show(counter, pickup, "")
    assert "Paid in cash: hand over" in read(counter.get(bag(pickup)))


def test_other_money_is_refused(counter, pickup, duty):
    said = show(counter, pickup, code_of(make_voucher(duty, currency="EUR")))
    assert "of another currency: EUR" in read(said, 409)


def test_guesses_are_limited(counter, pickup):
    """Twice as often as ten minutes allow: they may lie in two stretches of them."""
    answers = [show(counter, pickup, new_code()).content.decode() for _ in range(121)]
    assert any("has asked for many vouchers" in answer for answer in answers)


def test_what_was_to_be_paid_on_the_web_is_not_paid_here(counter, pickup, duty):
    voucher = make_voucher(duty, "500000")
    show(counter, pickup, code_of(voucher))
    Pickup.objects.filter(pk=pickup.pk).update(pay_in_store=False)
    assert "still to be paid" in read(hand_over(counter, pickup, voucher.number, "447000"), 409)
    assert balance(voucher) == Decimal(500000)
