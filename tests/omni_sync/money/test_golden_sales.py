"""The golden vectors through the till's door: sale, order, payments, receipt and refunds say the same."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from instore.receipts.paper import paper_of
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.sales.models import Return, Sale
from tests.factories import make_connection, make_event, make_line, make_record, make_store, tell_all
from tests.omni_sync.money.vectors import by_name, numbers, only, order_says, paper_says, vectors

pytestmark = pytest.mark.django_db
SALES, REFUNDS = vectors("sales"), vectors("refunds")


@pytest.fixture
def stores():
    """A store for each currency, with everything that is sold in it."""
    made = {currency: make_store(currency.lower(), currency=currency) for currency in ("IDR", "EUR", "JPY", "USD")}
    for currency, store in made.items():
        for sku in ("TEE", "HAT", "BOOK"):
            make_record(store, sku=sku, on_hand=99, currency=currency)
    return made


@pytest.fixture
def till(stores):
    return make_connection(*stores.values(), name="till")


@pytest.fixture
def sold(till, stores):
    """The orders of all sales, by the vector's name."""
    tell_all(till, *(sale_of(stores, vector["name"], vector["document"]) for vector in SALES))
    return {order.sale.number: order for order in Order.objects.select_related("sale")}


def sale_of(stores, number, document):
    return make_event("sale.completed", stores[document["currency"]], {"sale": number, **document})


def test_order_and_its_lines_say_what_the_document_said(sold):
    told = {name: order_says(order) for name, order in sold.items()}
    assert told == only(by_name(SALES), "total", "total_excl_tax", "lines", "provider")


def test_sale_keeps_the_document_and_finds_no_fault(sold):
    columns = ("number", "total", "discount", "rounding")
    documents = {vector["name"]: vector["document"] for vector in SALES}
    for number, *amounts in Sale.objects.values_list(*columns):
        assert amounts == [numbers(documents[number][key]) for key in columns[1:]]
    assert set(map(str, Sale.objects.values_list("flags", flat=True))) == {"[]"}


def test_receipt_says_it_again(sold):
    told = {name: paper_says(order) for name, order in sold.items()}
    assert told == only(by_name(SALES), "total", "lines", "taxes")


def test_receipt_adds_up_lines_taxes_and_payments(sold):
    for name, order in sold.items():
        paper = paper_of(order)
        assert paper.adds_up, name
        assert sum(one.gross for one in paper.taxes) + paper.shipping + paper.rounding == paper.total, name
        assert sum(one.tax for one in paper.taxes) == order.total_incl_tax - order.total_excl_tax, name
        assert sum(one.amount for one in paper.paid) == paper.total, name


def test_price_of_one_piece_is_one_that_can_be_paid(sold):
    for name, order in sold.items():
        smallest = Decimal(1) if order.currency in {"IDR", "JPY"} else Decimal("0.01")
        for line in order.lines.all():
            assert not line.unit_price_excl_tax % smallest, name
            assert not line.unit_price_incl_tax % smallest, name


def test_refunds_go_back_until_nothing_is_left(till, stores):
    for vector in REFUNDS:
        tell_all(till, sale_of(stores, vector["name"], whole_sale(vector)), *returns_of(stores, vector))
    for vector in REFUNDS:
        order = Order.objects.get(sale__number=vector["name"])
        back = PaymentSource.objects.filter(order=order).aggregate(sum=Sum("amount_refunded"))["sum"]
        assert back == order.total_incl_tax == Decimal(vector["total"]), vector["name"]
        assert sum(one.amount for one in paper_of(order).paid) == 0, vector["name"]
        lines = Return.objects.filter(order=order).aggregate(money=Sum("lines__amount"), pieces=Sum("lines__quantity"))
        assert lines == {"money": back, "pieces": sum(line["quantity"] for line in vector["lines"])}
    assert set(map(str, Return.objects.values_list("flags", flat=True))) == {"[]"}


def whole_sale(vector):
    lines = [
        make_line(n, line["sku"], line["quantity"], unit_price=line["amount"], amount=line["amount"])
        for n, line in enumerate(vector["lines"], 1)
    ]
    money = {"currency": vector["currency"], "discount": vector["discount"], "total": vector["total"]}
    return {"lines": lines, "payments": [{"method": "card", "amount": vector["total"]}], **money}


def returns_of(stores, vector):
    for number, step in enumerate(vector["steps"], 1):
        lines = [make_line(n, line["sku"], line["quantity"], amount=line["amount"]) for n, line in enumerate(step, 1)]
        amount = str(sum(Decimal(line["amount"]) for line in step))
        data = {
            "return": f"{vector['name']}/{number}", "original": {"sale": vector["name"]}, "lines": lines,
            "currency": vector["currency"], "refunds": [{"method": "card", "amount": amount}],
        }  # fmt: skip
        yield make_event("sale.returned", stores[vector["currency"]], data)
