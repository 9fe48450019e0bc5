"""What was ordered on the web comes back in a shop: the card gets its money through the provider, asked once."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
import requests

from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup
from instore.receipts.find import of_order
from instore.receipts.written import written
from instore.returns import exceptions as refusals
from instore.returns.models import Method
from instore.staff.models import Role
from omni_sync.oscar.models import Order
from omni_sync.payments import drain
from omni_sync.payments.models import Call, Payment
from omni_sync.payments.reconcile import look
from tests.instore.pickup import conftest as pickups
from tests.instore.pickup import test_money as paying
from tests.instore.pickup.conftest import RINA, assert_books_are_right, levels, to_ready
from tests.instore.returns.conftest import duty_at, take
from tests.omni_sync.payments import conftest as payments

basket, order, product, request_of, strategy, shop, collected, pickup = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy, pickups.shop,
    pickups.collected, pickups.pickup,
)  # fmt: skip
bank, held, money = payments.bank, paying.held, paying.money
pytestmark = pytest.mark.django_db
ALL = Decimal(447000)


@pytest.fixture
def here(shop):
    return SimpleNamespace(duty=duty_at(shop.store), store=shop.store)


def ordered():
    return Order.objects.get()


def test_money_goes_back_to_the_card_and_is_noted_once(held, here, pickup, shop, bank):
    to_ready(pickup)
    hand_over(pickup_id=pickup.pk, by=RINA)
    assert money() == (ALL, 0, "captured")
    row = take(here, ordered(), 1)
    assert [(one["method"], one["amount"]) for one in row.refunds] == [("online", "149000")]
    assert money() == (ALL, Decimal(149000), "captured")
    assert [one["amount"] for one in bank.things("refund")] == [14900000]
    assert take(here, ordered(), 1) == row
    take(here, ordered(), 1, 1, number=2)
    assert money() == (ALL, ALL, "captured")
    assert ordered().sources.count() == 1
    assert levels(shop) == {"tee": (5, 0), "hat": (4, 0)}
    assert_books_are_right()


def test_what_the_bank_was_asked_for_is_gone_before_it_answers(held, here, pickup):
    to_ready(pickup)
    hand_over(pickup_id=pickup.pk, by=RINA)
    money()
    take(here, ordered(), 2)
    assert Payment.objects.get().refunded == 0
    row = take(here, ordered(), 0, 1, number=2)
    assert sum(Decimal(one["amount"]) for one in row.refunds) == 149000
    assert Call.objects.filter(kind=Call.Kind.REFUND).count() == 2


def test_money_that_the_shoppers_bank_sent_back_did_not_go_back(held, here, pickup, bank):
    """Neither Oscar's account of the order nor its receipt says so any more."""
    to_ready(pickup)
    hand_over(pickup_id=pickup.pk, by=RINA)
    money()
    take(here, ordered(), 2, 1)
    assert money() == (ALL, ALL, "captured")
    requests.post(f"{bank.url}/_stub/bounce", json={"refund": bank.things("refund")[0]["id"]}, timeout=5)
    look(Payment.objects.get())
    assert money() == (ALL, 0, "captured")
    assert written(of_order(ordered()), language="en", link="").marks == ()
    assert "bounced" in ordered().notes.get().message


def test_money_that_is_not_ours_yet_is_not_given_back(held, here, pickup):
    to_ready(pickup)
    hand_over(pickup_id=pickup.pk, by=RINA)
    with pytest.raises(refusals.StillHere):
        take(here, ordered(), 1)
    drain.make_calls()
    take(here, ordered(), 1)


def test_bag_that_waits_to_be_collected_is_cancelled_instead(held, here, pickup):
    to_ready(pickup)
    with pytest.raises(refusals.StillHere):
        take(here, ordered(), 1)


def test_cash_for_a_card_is_a_managers_and_then_the_card_gets_less(held, here, pickup, shop):
    to_ready(pickup)
    hand_over(pickup_id=pickup.pk, by=RINA)
    money()
    with pytest.raises(refusals.CashByManager):
        take(here, ordered(), 1, method=Method.CASH)
    take(here, ordered(), 1, method=Method.CASH, duty=duty_at(shop.store, "Dewi", Role.MANAGER, "Office"))
    take(here, ordered(), 1, 1, number=2)
    assert Payment.objects.get().refund_asked == 298000
    assert Pickup.objects.get().state == "collected"
