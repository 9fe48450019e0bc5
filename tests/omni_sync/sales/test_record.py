"""A till sale becomes an order, its lines, its payments and a Sale (R6, R7)."""

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.pos.drain import drain
from omni_sync.sales.models import Sale
from omni_sync.sales.numbers import LONGEST
from tests.factories import (
    NOON,
    make_connection,
    make_line,
    make_record,
    make_store,
    on_hand,
    sale,
    tell,
    tell_all,
    violations,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    store = make_store("menteng")
    make_record(store)
    return store


@pytest.fixture
def till(store):
    return make_connection(store, name="till")


def line(number=1, quantity=2, **more):
    return make_line(number, "TEE", quantity, unit_price="149000", **more)


def test_a_sale_is_an_order_with_lines_and_payments(till, store):
    lines = [line(discount="8000", amount="290000", tax="28739", tax_rate="11", title="Tee, black, M")]
    payments = [{"method": "card", "amount": "200000", "reference": "x"}, {"method": "cash", "amount": "90000"}]
    told = sale(store, "R-1", lines, register="1", associate="a12", total="290000", claim="k7", exchange="X-12")
    told["data"]["payments"] = payments
    tell_all(till, told)
    recorded = Sale.objects.get()
    assert (recorded.number, recorded.source, recorded.store, recorded.channel) == ("R-1", "till", store, "till")
    assert (recorded.register, recorded.associate, recorded.exchange, recorded.flags) == ("1", "a12", "X-12", [])
    assert (recorded.occurred_at, recorded.total, recorded.voided_at) == (NOON, Decimal(290000), None)
    assert recorded.claim_hash == hashlib.sha256(b"k7").hexdigest()
    order = recorded.order
    assert (order.number, order.status, order.currency, order.date_placed) == ("menteng-R-1", "Complete", "IDR", NOON)
    assert (order.total_incl_tax, order.total_excl_tax) == (Decimal(290000), Decimal(290000 - 28739))
    sold = order.lines.get()
    assert (sold.title, sold.quantity, sold.partner, sold.partner_sku) == ("Tee, black, M", 2, store, "TEE")
    assert (sold.line_price_incl_tax, sold.line_price_excl_tax) == (Decimal(290000), Decimal(290000 - 28739))
    assert (sold.line_price_before_discounts_incl_tax, sold.unit_price_incl_tax) == (Decimal(298000), Decimal(149000))
    paid = PaymentSource.objects.filter(order=order).order_by("amount_debited")
    assert [(p.source_type.code, p.amount_debited, p.reference) for p in paid] == [
        ("cash", 90000, ""), ("card", 200000, "x"),
    ]  # fmt: skip


def test_tax_that_is_not_included_is_added(till, store):
    lines = [line(amount="290000", tax="31900")]
    told = sale(store, "R-1", lines, tax_included=False, total="321900")
    told["data"]["payments"] = [{"method": "card", "amount": "321900"}]
    tell_all(till, told)
    order = Order.objects.get()
    assert Sale.objects.get().flags == []
    assert (order.total_incl_tax, order.total_excl_tax) == (Decimal(321900), Decimal(290000))
    assert order.lines.get().line_price_incl_tax == Decimal(321900)


def test_a_total_that_was_not_told_is_made_of_its_parts(till, store):
    told = sale(store, "R-1", [line()], discount="3000", rounding="-50", shipping="0")
    told["data"]["payments"] = [{"method": "cash", "amount": str(298000 - 3000 - 50)}]
    tell_all(till, told)
    recorded = Sale.objects.get()
    assert (recorded.total, recorded.discount, recorded.rounding, recorded.flags) == (294950, 3000, -50, [])


@pytest.mark.parametrize(
    ("total", "paid"), [("298001", "298001"), ("298000", "298001"), ("0", "298000")]
)  # fmt: skip
def test_sums_that_do_not_come_out_are_recorded_with_the_tills_total_and_flagged(till, store, total, paid):
    told = sale(store, "R-1", [line()], total=total)
    told["data"]["payments"] = [{"method": "cash", "amount": paid}]
    tell_all(till, told)
    recorded = Sale.objects.get()
    assert (recorded.flags, recorded.total, recorded.order.total_incl_tax) == (["arithmetic"], int(total), int(total))
    assert on_hand(store) == -2


def test_a_given_amount_wins_over_price_times_quantity(till, store):
    told = sale(store, "R-1", [line(amount="100000")])
    tell_all(till, told)
    assert (Sale.objects.get().total, Sale.objects.get().flags) == (100000, [])


def test_a_gift_costs_nothing(till, store):
    told = sale(store, "R-1", [make_line(1, "TEE", 1, unit_price="0")])
    told["data"]["payments"] = []
    tell_all(till, told)
    assert (Sale.objects.get().total, Sale.objects.get().flags) == (0, [])


def test_two_connections_of_a_store_that_use_one_number_get_two_orders(till, store):
    other = make_connection(store, name="second")
    tell_all(till, sale(store, "R-1", {"TEE": 1}))
    tell_all(other, sale(store, "R-1", {"TEE": 2}))
    assert set(Order.objects.values_list("number", flat=True)) == {"menteng-R-1", "menteng-R-1-second"}
    assert (on_hand(store), violations()) == (-3, [])


def test_numbers_that_meet_across_stores_are_kept_apart(till, store):
    """Store ``menteng`` sale ``2-1`` and store ``menteng-2`` sale ``1`` are both ``menteng-2-1``."""
    other = make_store("menteng-2")
    make_record(other)
    both = make_connection(store, other, name="both")
    tell_all(both, sale(store, "2-1", {"TEE": 1}), sale(other, "1", {"TEE": 1}))
    assert set(Order.objects.values_list("number", flat=True)) == {"menteng-2-1", "menteng-2-1-both"}


def test_there_is_always_a_free_number(till, store):
    """Also for the third that meets, in one batch or one after the other, whatever tills call their tickets."""
    stall = make_connection(store, name="stall")
    tell_all(till, *(sale(store, number, {"TEE": 1}) for number in ("7", "7-stall", "7-stall~3")))
    tell_all(stall, *(sale(store, number, {"TEE": 1}) for number in ("7", "7-stall", "7-stall~3")))
    stalls = Sale.objects.filter(source="stall").order_by("number").values_list("number", "order__number")
    assert list(stalls) == [
        ("7", "menteng-7-stall~2"), ("7-stall", "menteng-7-stall-stall"), ("7-stall~3", "menteng-7-stall~3-stall"),
    ]  # fmt: skip
    assert (on_hand(store), violations()) == (-6, [])


def test_numbers_of_one_batch_that_meet_are_kept_apart_too(store):
    """Store ``menteng`` with ``2-1-both`` as well: what the second would be called is in use."""
    other = make_store("menteng-2")
    make_record(other)
    both = make_connection(store, other, name="both")
    tell_all(both, *(sale(store, number, {"TEE": 1}) for number in ("2-1", "2-1-both")), sale(other, "1", {"TEE": 1}))
    assert set(Order.objects.values_list("number", flat=True)) == {
        "menteng-2-1", "menteng-2-1-both", "menteng-2-1-both~2",
    }  # fmt: skip


def test_a_number_longer_than_oscars_column_is_shortened_not_refused(till):
    far = make_store("x" * 90)
    make_record(far)
    tell_all(make_connection(far), sale(far, "R" * 64, {"TEE": 1}), sale(far, "R" * 63 + "S", {"TEE": 1}))
    numbers = set(Order.objects.values_list("number", flat=True))
    assert len(numbers) == 2
    assert {len(number) for number in numbers} == {LONGEST}


def test_many_sales_of_one_batch_cost_no_more_statements_than_one(till, store):
    def statements(sales):
        tell(till, *sales)
        with CaptureQueriesContext(connection) as caught:
            drain()
        return len(caught)

    one = statements([sale(store, "A", {"TEE": 1})])
    many = statements([sale(store, f"B-{n}", {"TEE": 1}, at=NOON + timedelta(seconds=n)) for n in range(50)])
    assert many <= one
