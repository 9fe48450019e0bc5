"""Any document a till may tell: one that adds up is the same everywhere, one that does not is kept as it was told."""

from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instore.receipts.paper import paper_of
from omni_sync.money.allocation import allocate
from omni_sync.money.parts import part_of
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.payments.stripe.amounts import to_wire
from omni_sync.sales.models import Flag, Return
from tests.factories import make_connection, make_event, make_record, make_store, on_hand, tell_all, violations

pytestmark = pytest.mark.django_db
DECIMALS, PER_UNIT = {"IDR": 0, "EUR": 2, "JPY": 0}, {"IDR": 100, "EUR": 100, "JPY": 1}
SKUS = ("TEE", "HAT", "BOOK")
EXAMPLES = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@st.composite
def documents(draw):
    """A currency and a sale in its smallest coins that adds up."""
    currency = draw(st.sampled_from(sorted(DECIMALS)))
    included, lines = draw(st.booleans()), []
    for number, sku in enumerate(draw(st.permutations(SKUS))[: draw(st.integers(1, 3))], 1):
        quantity, unit = draw(st.integers(1, 7)), draw(st.integers(0, 300_000))
        less = draw(st.integers(0, quantity * unit))
        amount = quantity * unit - less
        tax = draw(st.integers(0, amount // 4))
        lines.append({
            "line": str(number), "sku": sku, "quantity": quantity, "unit_price": unit, "discount": less,
            "amount": amount, "tax": tax, "tax_rate": draw(st.sampled_from(["0", "7", "11"])),
        })  # fmt: skip
    goods = sum(line["amount"] for line in lines)
    off = draw(st.integers(0, goods))
    shipping = draw(st.integers(0, 50_000))
    total = goods - off + shipping + (0 if included else sum(line["tax"] for line in lines))
    rounding = draw(st.integers(-min(total, 99), 99))
    cash = draw(st.integers(0, total + rounding))
    payments = [{"method": "cash", "amount": cash}, {"method": "card", "amount": total + rounding - cash}]
    return currency, {
        "currency": currency, "tax_included": included, "lines": lines, "discount": off, "shipping": shipping,
        "rounding": rounding, "total": total + rounding, "payments": payments,
    }  # fmt: skip


@st.composite
def wrong_documents(draw):
    """One whose total is not what its parts make; or, where ``is_total_right``, whose payments are not the total."""
    currency, document = draw(documents())
    wrong = draw(st.sampled_from(["total", "discount", "payments"]))
    if wrong == "discount":  # maybe more than all of it costs
        document["discount"] += draw(st.integers(1, 5_000_000))
        return currency, document, False
    off = draw(st.integers(-document["total"], 5_000).filter(bool))
    document["payments"][1]["amount"] += off
    if wrong == "total":
        document["total"] += off
    return currency, document, wrong == "payments"


MONEY = {"unit_price", "discount", "amount", "tax", "shipping", "rounding", "total"}


def written(value, places, key=""):
    """The document with its coins as amounts, as they travel."""
    if isinstance(value, dict):
        return {name: written(one, places, name) for name, one in value.items()}
    if isinstance(value, list):
        return [written(one, places) for one in value]
    return f"{Decimal(value).scaleb(-places):f}" if key in MONEY else value


@pytest.fixture
def tills():
    """A till of its own for each currency."""
    made = {}
    for currency in DECIMALS:
        store = make_store(currency.lower(), currency=currency)
        for sku in SKUS:
            make_record(store, sku=sku, on_hand=20, currency=currency)
        made[currency] = store, make_connection(store)
    return made


@contextmanager
def undone():
    """What happens inside never happened; the use-cases still open transactions that are durable to them."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def sold(tills, currency, document):
    """The order of the document, told by the till; and the document as it was told."""
    store, till = tills[currency]
    told = {"sale": "R-1", **written(document, DECIMALS[currency])}
    tell_all(till, make_event("sale.completed", store, told))
    return Order.objects.select_related("sale").get(), told


def assert_said_as_told(order, told):
    """Lines, taxes, payments and total are the till's, on the order and on the receipt; its goods are gone."""
    paper, lines = paper_of(order), told["lines"]
    assert [(line.amount, line.tax, line.discount) for line in paper.lines] == [
        (Decimal(line["amount"]), Decimal(line["tax"]), Decimal(line["discount"])) for line in lines
    ]
    assert paper.total == order.total_incl_tax == order.sale.total == Decimal(told["total"])
    assert (paper.discount, paper.shipping, paper.rounding) == tuple(
        Decimal(told[key]) for key in ("discount", "shipping", "rounding")
    )
    taxes = sum(Decimal(line["tax"]) for line in lines)
    assert sum(one.tax for one in paper.taxes) == taxes == order.total_incl_tax - order.total_excl_tax
    debited = sum(PaymentSource.objects.filter(order=order).values_list("amount_debited", flat=True))
    assert debited == sum(Decimal(one["amount"]) for one in told["payments"]) == sum(one.amount for one in paper.paid)
    for line in lines:
        assert on_hand(order.sale.store, line["sku"]) == 20 - line["quantity"]


@EXAMPLES
@given(story=documents())
def test_what_adds_up_is_the_same_everywhere_and_can_be_given_back_whole(tills, story):
    currency, document = story
    with undone():
        order, told = sold(tills, currency, document)
        assert_said_as_told(order, told)
        paper = paper_of(order)
        assert (order.sale.flags, paper.adds_up) == ([], True)
        assert to_wire(paper.total, currency) == document["total"] * PER_UNIT[currency] // 10 ** DECIMALS[currency]
        steps = list(brought_back(paper, currency))
        tell_all(tills[currency][1], *(make_event("sale.returned", tills[currency][0], step) for step in steps))
        back = sum(PaymentSource.objects.filter(order=order).values_list("amount_refunded", flat=True))
        assert back == paper.total - paper.shipping - paper.rounding
        assert set(map(str, Return.objects.values_list("flags", flat=True))) == {"[]"}
        assert {on_hand(tills[currency][0], sku) for sku in SKUS} == {20}
        assert violations() == []


def brought_back(paper, currency):
    """All of it, piece by piece, each for its part of what is left of its line."""
    weights = [line.amount for line in paper.lines]
    off = allocate(total=paper.discount, weights=weights, currency=currency)
    for number, (line, share) in enumerate(zip(paper.lines, off, strict=True), 1):
        money, left = line.gross - share, line.quantity
        while left:
            part = part_of(money, units=1, of=left, currency=currency)
            assert 0 <= part <= money
            money, left = money - part, left - 1
            amount = f"{part:.{DECIMALS[currency]}f}"
            yield {
                "return": f"B-{number}-{left}", "original": {"sale": "R-1"}, "currency": currency,
                "lines": [{"line": "1", "sku": line.sku, "quantity": 1, "amount": amount, "restock": True}],
                "refunds": [{"method": "card", "amount": amount}],
            }  # fmt: skip
        assert money == 0


@EXAMPLES
@given(story=wrong_documents())
def test_what_does_not_add_up_is_flagged_and_never_corrected(tills, story):
    currency, document, is_total_right = story
    with undone():
        order, told = sold(tills, currency, document)
        assert_said_as_told(order, told)
        assert order.sale.flags == [Flag.ARITHMETIC.value]
        assert paper_of(order).adds_up is is_total_right
        assert violations() == []
