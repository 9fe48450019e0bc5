"""Goods and money that go back, and pennies that get lost: LESSONS 58, 59, 60 and 61."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum

from instore.receipts.find import by_token
from instore.receipts.issue import issue
from instore.receipts.paper import paper_of
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.payments.stripe.amounts import from_wire, to_wire
from omni_sync.pos.drain import drain
from omni_sync.sales.models import Return, Sale
from omni_sync.stock.models import Movement
from tests.factories import (
    make_connection,
    make_line,
    make_record,
    make_store,
    on_hand,
    returned,
    sale,
    tell,
    tell_all,
    violations,
)
from tests.omni_sync.money import test_golden_baskets as web
from tests.omni_sync.money.vectors import vectors

pytestmark = pytest.mark.django_db
D = Decimal
CLAIM = "c4" * 16
filled = web.filled


@pytest.fixture
def stores():
    """Menteng and Kemang, with five tees and caps each."""
    made = make_store("menteng"), make_store("kemang")
    for store in made:
        for sku in ("TEE", "CAP"):
            make_record(store, sku=sku, on_hand=5)
    return made


@pytest.fixture
def till(stores):
    return make_connection(*stores, name="till")


def from_menteng(kemang, number, skus, *, of="R-1", amount="1000"):
    """What Menteng sold is brought to Kemang."""
    refund = {"method": "cash", "amount": amount}
    return returned(kemang, number, skus, of={"sale": of, "store": "menteng"}, amount=amount, refunds=[refund])


def money_back(number):
    back = PaymentSource.objects.filter(order__sale__number=number).aggregate(sum=Sum("amount_refunded"))
    return back["sum"]


# 58


def test_lesson_58_what_is_brought_back_is_on_the_shelf_where_it_was_brought(till, stores):
    menteng, kemang = stores
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}))
    tell_all(till, from_menteng(kemang, "B-1", {"TEE": 1}))
    assert (on_hand(menteng), on_hand(kemang)) == (3, 6)
    back = Movement.objects.get(kind=Movement.Kind.RETURN)
    assert (back.stockrecord.partner, back.quantity) == (kemang, 1)


def test_lesson_58_a_refund_in_another_shop_leaves_the_first_shops_books_alone(till, stores):
    menteng, kemang = stores
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}))
    before = list(Movement.objects.filter(stockrecord__partner=menteng).values())
    tell_all(till, from_menteng(kemang, "B-1", {"TEE": 2}, amount="2000"))
    assert list(Movement.objects.filter(stockrecord__partner=menteng).values()) == before
    assert (Sale.objects.get().store, Return.objects.get().store) == (menteng, kemang)
    assert (Sale.objects.get().total, money_back("R-1")) == (2000, 2000)
    assert violations() == []


def test_lesson_58_several_sales_are_refunded_at_once(till, stores):
    menteng, kemang = stores
    tell_all(till, *(sale(menteng, f"R-{n}", {"TEE": 1, "CAP": 1}) for n in range(3)))
    tell_all(till, *(from_menteng(kemang, f"B-{n}", {"CAP": 1}, of=f"R-{n}") for n in range(3)))
    tell_all(till, *(from_menteng(menteng, f"C-{n}", {"TEE": 1}, of=f"R-{n}") for n in range(3)))
    assert [money_back(f"R-{n}") for n in range(3)] == [2000, 2000, 2000]
    assert set(map(str, Return.objects.values_list("flags", flat=True))) == {"[]"}
    assert [on_hand(store, sku) for store in stores for sku in ("TEE", "CAP")] == [5, 2, 5, 8]
    assert violations() == []


def test_lesson_58_a_receipt_moves_nothing_however_often_it_is_asked_for(till, stores):
    event = sale(stores[0], "R-1", {"TEE": 2}, claim=CLAIM)
    tell_all(till, event)
    moved, shelf = list(Movement.objects.values()), on_hand(stores[0])
    receipt = by_token(CLAIM)
    with transaction.atomic():
        assert issue(order=receipt.order) == by_token(CLAIM) == receipt
    paper_of(receipt.order)
    tell(till, event)
    drain()
    assert (list(Movement.objects.values()), on_hand(stores[0])) == (moved, shelf)
    assert violations() == []


# 59


def by_the_line(tax_of_each):
    """Three things at 3.19; what the tax of each is said to be."""
    return [make_line(n, "TEE", 1, unit_price="3.19", tax=tax, tax_rate="18.4") for n, tax in enumerate(tax_of_each, 1)]


@pytest.fixture
def euro():
    store = make_store("wien", currency="EUR")
    for sku in ("TEE", "CAP"):
        make_record(store, sku=sku, on_hand=50, currency="EUR")
    return store


def paid_in(euro, number, lines, total, **more):
    """The order of such a sale."""
    payments = [{"method": "cash", "amount": total}]
    facts = {"currency": "EUR", "tax_included": False, "total": total, "payments": payments, **more}
    tell_all(make_connection(euro), sale(euro, number, lines, **facts))
    return Order.objects.get(sale__number=number)


@pytest.mark.parametrize(
    ("total", "taxes", "adds_up"),
    [("11.34", ["0.59", "0.59", "0.59"], True), ("11.33", ["0.59", "0.59", "0.58"], True),
     ("11.33", ["0.59", "0.59", "0.59"], False)],
)  # fmt: skip
def test_lesson_59_nobody_rounds_what_the_till_has_rounded(euro, total, taxes, adds_up):
    order = paid_in(euro, "R-1", by_the_line(taxes), total)
    paper = paper_of(order)
    assert order.total_incl_tax == order.sale.total == paper.total == D(total)
    assert [line.tax for line in paper.lines] == [D(tax) for tax in taxes]
    assert sum(one.tax for one in paper.taxes) == sum(D(tax) for tax in taxes)
    assert (paper.adds_up, order.sale.flags) == (adds_up, [] if adds_up else ["arithmetic"])


def test_lesson_59_coins_that_do_not_exist_are_a_line_of_their_own(euro):
    line = make_line(1, "TEE", 2, unit_price="5.02", discount="0.01", amount="10.03")
    order = paid_in(euro, "R-1", [line], "10.05", tax_included=True, rounding="0.02")
    paper = paper_of(order)
    assert [one.amount for one in paper.lines] == [D("10.03")]
    assert (paper.rounding, paper.total, paper.paid[0].amount) == (D("0.02"), D("10.05"), D("10.05"))
    assert paper.adds_up


# 60


def test_lesson_60_the_sum_of_the_tills_totals_is_the_sum_of_the_books(euro):
    till, totals = make_connection(euro), []
    for n in range(30):
        tee = make_line(1, "TEE", 1, unit_price=f"{n}.{n:02}", tax=f"0.{n:02}")
        lines = [tee, make_line(2, "CAP", 3, unit_price="0.33")]
        parts = D(tee["unit_price"]) + D(tee["tax"]) + D("0.99") - D("0.05")
        totals.append(parts)
        facts = {"discount": "0.05", "total": str(parts), "payments": [{"method": "cash", "amount": str(parts)}]}
        tell(till, sale(euro, f"R-{n}", lines, currency="EUR", tax_included=False, **facts))
    drain()
    assert Sale.objects.filter(flags=[]).count() == 30
    orders = Order.objects.aggregate(gross=Sum("total_incl_tax"), net=Sum("total_excl_tax"))
    lines = Order.objects.aggregate(gross=Sum("lines__line_price_incl_tax"), net=Sum("lines__line_price_excl_tax"))
    off = 30 * D("0.05")
    assert Sale.objects.aggregate(sum=Sum("total"))["sum"] == orders["gross"] == sum(totals)
    assert (lines["gross"] - off, lines["net"] - off) == (orders["gross"], orders["net"])
    assert PaymentSource.objects.aggregate(sum=Sum("amount_debited"))["sum"] == orders["gross"]
    assert sum(paper_of(order).total for order in Order.objects.all()) == orders["gross"]


def test_lesson_60_everything_off_leaves_nothing_to_pay(euro, filled):
    line = make_line(1, "TEE", 3, unit_price="0.33", discount="0.99")
    order = paid_in(euro, "R-1", [line], "0.00", payments=[])
    assert (order.total_incl_tax, paper_of(order).total, order.sale.flags) == (0, 0, [])
    for vector in [one for one in vectors("baskets") if one["offer"] == ["percentage", "100"]]:
        given = web.send(filled(vector), "0")
        assert (given.total_incl_tax, given.total_excl_tax, paper_of(given).total) == (0, 0, 0)
        with transaction.atomic():
            assert issue(order=given).order == given  # nothing is due


# 61


def test_lesson_61_no_amount_has_more_decimals_than_its_currency(filled):
    for vector in [one for one in vectors("baskets") if one["currency"] == "JPY" or one["rates"]]:
        basket, smallest = filled(vector), 1 if vector["currency"] in {"JPY", "IDR"} else D("0.01")
        shown = [basket.total_incl_tax, basket.total_excl_tax, basket.total_tax, basket.total_discount]
        for line in basket.all_lines():
            shown += [line.unit_price_incl_tax, line.unit_price_excl_tax, line.line_tax, line.discount_value]
            shown += [line.line_price_incl_tax_incl_discounts, line.line_price_excl_tax_incl_discounts]
        assert [amount for amount in shown if amount % smallest] == [], vector["name"]
        lines = sum(line.line_price_incl_tax_incl_discounts for line in basket.all_lines())
        assert lines == basket.total_incl_tax


def test_lesson_61_fourteen_euro_are_1400_cents(filled):
    vector = next(one for one in vectors("baskets") if one["name"] == "1399")
    order = web.send(filled(vector), "0")
    assert to_wire(order.total_incl_tax, order.currency) == 1400
    assert from_wire(1400, order.currency) == order.total_incl_tax == order.lines.get().line_price_incl_tax
