"""What of a customer's last purchases can come back is offered, and the rest says why not; a return agrees."""

from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.utils import timezone

from instore.customers.bought import purchases_of
from instore.customers.standing import Standing
from instore.pickup.models import Pickup
from instore.returns.allowed import assert_may_come_back
from instore.returns.exceptions import AllBack, NeverHappened, StillHere
from instore.returns.left import left_of
from omni_sync.oscar.models import Order, OrderLine, PaymentSource
from omni_sync.payments.models import Payment
from omni_sync.sales.models import Return, Sale
from omni_sync.sales.record import payment_type
from omni_sync.stock.models import Hold
from tests.instore.customers.conftest import open_at
from tests.instore.tablets import read

pytestmark = pytest.mark.django_db(transaction=True)
OFFER = "Take something of it back"


@pytest.fixture
def till_sale(ayu):
    """Ayu's purchase at Menteng's till, paid in cash; what she ordered on the web is not paid."""
    order = Order.objects.get(number="menteng-R1")
    pay(order)
    return order


def pay(order, reference=""):
    return PaymentSource.objects.create(
        order=order,
        source_type_id=payment_type("cash"),
        currency="IDR",
        amount_debited=order.total_incl_tax,
        reference=reference,
    )


def cancel(order, shop):
    Order.objects.filter(pk=order.pk).update(status="Cancelled")


def void(order, shop):
    Sale.objects.filter(order=order).update(voided_at=timezone.now())


def unpay(order, shop):
    PaymentSource.objects.filter(order=order).delete()


def begin_to_pay(order, shop):
    """The provider's page was opened; nothing was taken."""
    PaymentSource.objects.filter(order=order).update(reference="ours")
    Payment.objects.create(
        provider="bank", key="ours", reference=order.number, amount=1, currency="IDR", until=timezone.now()
    )


def promise(order, shop):
    record = shop.store.partner.stockrecords.first()
    Hold.objects.create(stockrecord=record, quantity=1, holder_kind=Hold.ORDER, holder=order.number)


def bring_back(order, shop):
    row = Return.objects.create(
        source="till", store=shop.store.partner, number="B-1", occurred_at=timezone.now(), currency="IDR", order=order
    )
    row.lines.create(line="1", sku=order.lines.get().partner_sku, quantity=1, amount=Decimal(1), restock=True)


@pytest.mark.parametrize(
    ("happens", "standing", "words", "refusal"),
    [
        (None, Standing.THEIRS, OFFER, None),
        (cancel, Standing.CANCELLED, "Cancelled", NeverHappened),
        (void, Standing.VOIDED, "Taken back", NeverHappened),
        (unpay, Standing.UNPAID, "No payment known", StillHere),
        (begin_to_pay, Standing.UNPAID, "No payment known", StillHere),
        (promise, Standing.WAITING, "Not handed over yet", StillHere),
        (bring_back, Standing.BACK, "All back", AllBack),
    ],
)
def test_what_can_come_back_is_offered_and_the_rest_says_why_not(
    on_duty, ayu, shop, till_sale, happens, standing, words, refusal
):
    if happens:
        happens(till_sale, shop)
    (purchase,) = [one for one in purchases_of(ayu.person).rows if one.number == till_sale.number]
    assert purchase.standing == standing
    page = read(on_duty.get(open_at(on_duty, ayu.person)))
    assert words in page
    assert page.count(OFFER) == (0 if happens else 1)
    with pytest.raises(refusal) if refusal else nullcontext():
        left = left_of(Order.objects.get(pk=till_sale.pk))
        assert_may_come_back(left, store=shop.store, is_manager=True)


def test_order_from_the_web_is_not_paid_yet(on_duty, ayu):
    web = Order.objects.get(number="100001")
    page = open_at(on_duty, ayu.person)
    assert "Not paid yet" in read(on_duty.get(page))
    pay(web)
    assert OFFER in read(on_duty.get(page))


def test_what_is_partly_back_is_offered_still(on_duty, ayu, shop, till_sale):
    OrderLine.objects.filter(order=till_sale).update(quantity=2)
    bring_back(till_sale, shop)
    assert OFFER in read(on_duty.get(open_at(on_duty, ayu.person)))


def test_what_waits_to_be_collected_is_not_offered(on_duty, ayu, shop, till_sale):
    Pickup.objects.create(order=till_sale, store=shop.store, deadline=timezone.now())
    assert Standing.WAITING in {one.standing for one in purchases_of(ayu.person).rows}
    assert OFFER not in read(on_duty.get(open_at(on_duty, ayu.person)))
