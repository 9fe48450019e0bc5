"""A pickup that was paid online: what is in the bag is taken, the rest goes back, over real HTTP to the stub."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from instore.pickup.cancel import cancel
from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup, ShortReason, State
from instore.pickup.money import settle_up, take_before_it_ends
from instore.pickup.owed import owed
from instore.pickup.pick import mark_picked, mark_short
from instore.pickup.ready import mark_ready
from instore.tablet.owed import Method, take
from omni_sync.oscar.intended import source_of
from omni_sync.payments import drain
from omni_sync.payments.models import Call, Payment
from omni_sync.payments.reconcile import look
from tests.instore.pickup.conftest import RINA, bring, line_of, to_expired, to_picking, to_ready
from tests.omni_sync.payments.conftest import (
    PAGES,
    bank,  # noqa: F401 - a fixture
    beginning,
    until_answered,
)

pytestmark = pytest.mark.django_db
ALL = Decimal(447000)


@pytest.fixture
def held(pickup, bank):  # noqa: F811
    """Two tees and a hat, their money held by the bank."""
    order = pickup.order
    payment = beginning.begin(
        key="k", reference=order.number, amount=order.total_incl_tax, currency=order.currency, pages=PAGES
    )
    source = source_of(code="card", amount=payment.amount, currency=payment.currency, reference=payment.key)
    source.order = order
    source.save()
    Pickup.objects.update(pay_in_store=False)
    bank.pay(payment)
    look(payment)
    return payment


def money():
    """What the bank's books say: taken, given back, and whether anything is still held."""
    drain.make_calls()
    payment = Payment.objects.get()
    source = Pickup.objects.get().order.sources.get(reference="k")
    assert (source.amount_debited, source.amount_refunded) == (payment.captured, payment.refunded)
    return payment.captured, payment.refunded, payment.state


def short(pickup, sku="tee", found=1):
    line = line_of(pickup, sku).pk
    mark_short(pickup_id=pickup.pk, line=line, found=found, reason=ShortReason.NOT_FOUND, by=RINA)


def test_it_is_taken_when_it_changes_hands(held, pickup):
    to_ready(pickup)
    assert owed(pickup).due == 0
    assert money() == (0, 0, "authorised")
    bring_on(pickup)
    assert money() == (ALL, 0, "captured")


def bring_on(pickup):
    hand_over(pickup_id=pickup.pk, by=RINA)


def test_what_was_short_is_never_taken(held, pickup, bank):  # noqa: F811
    to_picking(pickup)
    short(pickup)
    assert money() == (0, 0, "authorised")
    pick_the_hat_and_go(pickup)
    assert money() == (Decimal(298000), 0, "captured")
    assert bank.written("/capture")[0]["fields"]["amount_to_capture"] == "29800000"
    assert bank.things("payment_intent")[0]["amount_capturable"] == 0
    assert Pickup.objects.get().order.sources.get().amount_allocated == 298000


def pick_the_hat_and_go(pickup):
    mark_picked(pickup_id=pickup.pk, line=line_of(pickup, "hat").pk, quantity=1)
    mark_ready(pickup_id=pickup.pk, by=RINA)
    assert owed(pickup).due == 0
    bring_on(pickup)


def test_what_is_short_after_it_was_taken_is_given_back(held, pickup):
    to_picking(pickup)
    Payment.objects.update(capture_before=timezone.now() + timedelta(hours=1))
    assert take_before_it_ends() == 1
    assert money() == (ALL, 0, "captured")
    short(pickup)
    assert money() == (ALL, Decimal(149000), "captured")
    pick_the_hat_and_go(pickup)
    assert money() == (ALL, Decimal(149000), "captured")


def test_what_is_short_while_it_is_being_taken_is_given_back_then(held, pickup):
    to_picking(pickup)
    Payment.objects.update(capture_before=timezone.now() + timedelta(hours=1))
    take_before_it_ends()
    short(pickup)
    assert not Call.objects.filter(kind=Call.Kind.REFUND).exists()
    money()
    assert money() == (ALL, Decimal(149000), "captured")


def test_it_is_taken_shortly_before_the_bank_lets_go(held, pickup):
    assert take_before_it_ends() == 0
    Payment.objects.update(capture_before=timezone.now() + timedelta(hours=11))
    assert take_before_it_ends() == 1
    assert money() == (ALL, 0, "captured")
    assert take_before_it_ends() == 0
    to_ready(pickup)
    bring_on(pickup)
    assert money() == (ALL, 0, "captured")


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED, State.PUT_BACK])
def test_nobody_who_gets_nothing_pays(held, pickup, bank, state):  # noqa: F811
    bring(pickup, state)
    assert money() == (0, 0, "ended")
    assert bank.things("payment_intent")[0]["status"] == "canceled"
    assert not Pickup.objects.get().order.notes.exists()


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED])
def test_what_was_taken_before_goes_back(held, pickup, state):
    Payment.objects.update(capture_before=timezone.now() + timedelta(hours=1))
    take_before_it_ends()
    drain.make_calls()
    bring(pickup, state)
    assert money() == (ALL, ALL, "captured")
    with transaction.atomic():
        settle_up(pickup=Pickup.objects.get())
    assert money() == (ALL, ALL, "captured")


def test_an_order_that_is_cancelled_in_the_dashboard_keeps_no_money(held, pickup):
    pickup.order.set_status("Cancelled")
    assert Pickup.objects.get().state == State.CANCELLED
    assert money() == (0, 0, "ended")


def test_one_called_off_while_it_was_being_taken_gets_it_back(held, pickup):
    Payment.objects.update(capture_before=timezone.now() + timedelta(hours=1))
    take_before_it_ends()
    cancel(pickup_id=pickup.pk, by=RINA)
    money()
    assert money() == (ALL, ALL, "captured")


def test_what_was_paid_at_the_counter_all_the_same_is_not_taken_twice(held, pickup):
    to_ready(pickup)
    with transaction.atomic():
        take(pickup=pickup, amount=ALL, method=Method.CASH, place="tablet 1")
    bring_on(pickup)
    assert money() == (0, 0, "ended")


def test_a_bank_that_does_not_give_it_is_put_in_front_of_staff(held, pickup, bank):  # noqa: F811
    bank.fault("capture_fails", times=9)
    to_ready(pickup)
    bring_on(pickup)
    until_answered()
    note = Pickup.objects.get().order.notes.get()
    assert "ask the shopper to pay again" in note.message
    assert Call.objects.get().state == Call.State.REFUSED


def test_an_authorisation_that_lapsed_is_owed_again(held, pickup, bank):  # noqa: F811
    to_ready(pickup)
    bank.lapse(held)
    look(held)
    assert "nothing is paid" in Pickup.objects.get().order.notes.get().message
    assert owed(pickup).due == ALL


def test_one_that_is_over_at_hand_over_is_put_in_front_of_staff(held, pickup):
    to_ready(pickup)
    Payment.objects.update(capture_before=timezone.now() - timedelta(minutes=1))
    bring_on(pickup)
    assert Pickup.objects.get().state == State.COLLECTED
    assert "nothing is paid" in Pickup.objects.get().order.notes.get().message


def test_one_that_is_paid_in_the_store_is_left_alone(pickup):
    to_expired(pickup)
    assert not Call.objects.exists()
