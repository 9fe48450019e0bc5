"""A receipt's numbers are those of the document, whatever channel it came by and whatever became of it."""

from decimal import Decimal

import pytest
from django.db import transaction

from instore.pickup.models import PickupLine, ShortReason
from instore.pickup.pick import begin, mark_picked, mark_short
from instore.receipts.exceptions import NotPaidYet, ReceiptUnknown
from instore.receipts.find import by_number, by_token
from instore.receipts.issue import issue
from instore.receipts.models import Letterhead, Receipt
from instore.receipts.paper import TaxOf, paper_of
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Sale
from tests.factories import make_connection, make_line, make_record, sale, tell_all
from tests.instore.pickup import conftest as pickups
from tests.instore.places import make_store

basket, order, product, request_of, strategy, shop, collected, pickup = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy, pickups.shop,
    pickups.collected, pickups.pickup,
)  # fmt: skip
pytestmark = pytest.mark.django_db
CLAIM = "k7" * 13
LINES = [
    make_line(1, "TEE", 2, unit_price="149000", discount="8000", amount="290000", tax="28739", tax_rate="11",
              title="Tee, black, M"),
    make_line(2, "BOOK", 1, unit_price="50000", tax="0", tax_rate="0", title="Book"),
]  # fmt: skip


@pytest.fixture
def store(db):
    store = make_store("menteng")
    for sku in ("TEE", "BOOK"):
        make_record(store.partner, sku=sku, on_hand=9)
    return store


def sold(store, number="R-1", lines=LINES, **more):
    """The order of a sale that a till has told of."""
    paid = more.pop("paid", "339900")
    facts = {"rounding": "-100", "discount": "0", "total": paid, "register": "1", "associate": "a12", **more}
    event = sale(store.partner, number, list(lines), payments=[{"method": "cash", "amount": paid}], **facts)
    tell_all(make_connection(store.partner), event)
    return Order.objects.get(sale__number=number)


def test_tills_sale_says_what_the_till_said(store):
    paper = paper_of(sold(store))
    assert [(line.title, line.quantity, line.discount, line.amount) for line in paper.lines] == [
        ("Tee, black, M", 2, Decimal(8000), Decimal(290000)),
        ("Book", 1, Decimal(0), Decimal(50000)),
    ]
    assert (paper.total, paper.rounding) == (Decimal(339900), Decimal(-100))
    assert paper.taxes == (
        TaxOf("11", Decimal(261261), Decimal(28739)),
        TaxOf("0", Decimal(50000), Decimal(0)),
    )
    assert [(paid.method, paid.amount) for paid in paper.paid] == [("cash", Decimal(339900))]
    assert paper.adds_up
    assert (paper.sender.name, paper.register, paper.associate) == ("Menteng", "1", "a12")


def test_tax_on_top_is_counted_on_top(store):
    lines = [make_line(1, "TEE", 3, unit_price="100000", tax="33000", tax_rate="11")]
    paper = paper_of(sold(store, lines=lines, tax_included=False, rounding="0", paid="333000"))
    assert (paper.lines[0].amount, paper.lines[0].gross, paper.total) == (300000, 333000, 333000)
    assert paper.adds_up


def test_document_that_does_not_add_up_is_said_as_it_was_told(store):
    paper = paper_of(sold(store, paid="339000"))
    assert paper.total == 339000
    assert not paper.adds_up


def test_legal_lines_of_the_store_are_on_its_receipts(store):
    Letterhead.objects.create(
        store=store, legal_name="PT Langkah", tax_number="01.234", below="Thank you\nReturn: 14 d"
    )
    sender = paper_of(sold(store)).sender
    assert (sender.legal_name, sender.tax_number) == ("PT Langkah", "01.234")
    assert sender.below == ("Thank you", "Return: 14 d")


def test_bag_that_is_short_costs_what_is_in_it(pickup):
    begin(pickup_id=pickup.pk, by=pickups.RINA)
    tee, hat = PickupLine.objects.order_by("pk")
    mark_short(pickup_id=pickup.pk, line=tee.pk, found=1, reason=ShortReason.SOLD, by=pickups.RINA)
    mark_picked(pickup_id=pickup.pk, line=hat.pk, quantity=1)
    paper = paper_of(Order.objects.get())
    assert [(line.quantity, line.amount) for line in paper.lines] == [(1, 149000), (1, 149000)]
    assert paper.total == 298000
    assert paper.adds_up


@pytest.mark.parametrize("number", [1, 50])
def test_paper_is_read_in_six_queries(store, number, django_assert_max_num_queries):
    lines = [make_line(n, "TEE", 1, unit_price="1000") for n in range(1, number + 1)]
    order = sold(store, lines=lines, rounding="0", paid=str(1000 * number))
    with django_assert_max_num_queries(6):
        assert paper_of(order).pieces == number


def test_receipt_is_issued_once_and_opened_by_its_token_alone(store):
    order = sold(store)
    with transaction.atomic():
        receipt = issue(order=order)
        assert issue(order=order) == receipt
    assert by_number("R-1") == by_number(order.number) == receipt
    for wrong in ("", "x" * 43, "\ud800", "R-1"):
        with pytest.raises(ReceiptUnknown):
            by_token(wrong)


def test_claim_that_a_till_printed_opens_its_sale_and_is_not_kept(store):
    order = sold(store, claim=CLAIM)
    receipt = by_token(CLAIM)
    assert receipt.order == order
    assert receipt.sealed is None
    assert CLAIM not in f"{receipt.__dict__}{Sale.objects.get().__dict__}"


def test_claim_that_two_sales_carry_opens_neither(store):
    sold(store, claim=CLAIM)
    sold(store, "R-2", claim=CLAIM)
    with pytest.raises(ReceiptUnknown):
        by_token(CLAIM)


def test_order_that_nobody_paid_has_no_receipt(pickup):
    with transaction.atomic(), pytest.raises(NotPaidYet) as refusal:
        issue(order=pickup.order)
    assert refusal.value.due == 447000
    assert not Receipt.objects.exists()


def test_numbers_have_no_gap_where_the_store_counts(store):
    Letterhead.objects.create(store=store, counts=True, prefix="MT-")
    orders = [sold(store, f"R-{n}") for n in range(3)]
    with transaction.atomic():
        issue(order=orders[0])
    with transaction.atomic():
        issue(order=orders[1])
        transaction.set_rollback(True)
    with transaction.atomic():
        assert issue(order=orders[2]).number == "MT-2"
    assert by_number("MT-1").order == orders[0]
