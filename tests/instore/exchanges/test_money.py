"""Whatever is bought, exchanged and brought back: every document adds up, and nobody gets more than was paid."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from instore.exchanges.exceptions import NoneLeft
from instore.receipts.paper import paper_of
from instore.returns.exceptions import AllBack, NothingChosen
from instore.returns.left import left_of
from instore.returns.models import Method
from instore.returns.take_back import take_back
from omni_sync.money.exponents import unit
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return, Sale
from tests.factories import make_line
from tests.instore.exchanges.conftest import make_world, money_of, sold, swap
from tests.instore.returns.conftest import back
from tests.instore.returns.conftest import key as return_key

pytestmark = pytest.mark.django_db

TRICKY = st.sampled_from(["1", "7", "333", "999", "10001", "149000"])
goods = st.tuples(st.sampled_from(["M", "L", "SOCK", "HAT"]), st.integers(1, 4), TRICKY, st.integers(0, 100))
steps = st.lists(
    st.tuples(st.booleans(), st.integers(0, 5), st.integers(1, 3), st.sampled_from(["L", "XL", "HAT", "SOCK", "M"])),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(
    max_examples=15, deadline=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)  # fmt: skip
@given(
    currency=st.sampled_from(["IDR", "EUR", "JPY"]), price=TRICKY, hat=TRICKY,
    lines=st.lists(goods, min_size=1, max_size=3),
    rate=st.sampled_from([0, 11, 19]), method=st.sampled_from(["cash", "card"]), off=st.integers(0, 40), steps=steps,
)  # fmt: skip
def test_chain_of_exchanges_gives_back_what_was_paid(
    django_settings, currency, price, hat, lines, rate, method, off, steps
):
    before = transaction.savepoint()
    try:
        walk(currency, price, hat, lines, rate, method, off, steps)
    finally:
        transaction.savepoint_rollback(before)


def walk(currency, price, hat, lines, rate, method, off, steps):
    step = unit(currency)
    world = make_world(currency, str(Decimal(price) * step), str(Decimal(hat) * step))
    orders = [bought(world, lines, rate, method, off, step)]
    paid = sum(money_of(*orders).values(), Decimal(0))
    for number, (is_exchange, which, many, sku) in enumerate(steps):
        order = orders[which % len(orders)]
        paid += act(world, orders, order, is_exchange=is_exchange, many=many, sku=sku, number=number)
        check(orders, paid, currency)
    for number, order in enumerate(orders, 100):
        bring_all(world, order, number)
        check(orders, paid, currency)
    assert all(left_of(Order.objects.get(pk=one.pk)).pieces == 0 for one in orders)


@pytest.fixture
def django_settings(settings):
    settings.LINTAS_RETURN_DAYS = 36500


def bought(world, lines, rate, method, off, step):
    told, total = [], Decimal(0)
    for number, (sku, quantity, each, cut) in enumerate(lines, 1):
        whole = Decimal(each) * quantity * step
        discount = (whole * cut / 100 // step) * step
        amount = whole - discount
        tax = (amount * rate / (100 + rate) // step) * step
        told.append(make_line(number, sku, quantity, unit_price=str(Decimal(each) * step), discount=str(discount),
                              amount=str(amount), tax=str(tax), tax_rate=str(rate)))  # fmt: skip
        total += amount
    discount = (total * off / 100 // step) * step
    return sold(world, "R-1", told, method=method, total=str(total - discount), discount=str(discount))


def act(world, orders, order, *, is_exchange, many, sku, number):
    """One step; what money it put in."""
    left = left_of(Order.objects.get(pk=order.pk))
    quantities = [min(many, line.left) for line in left.lines]
    if not any(quantities):
        return Decimal(0)
    if not is_exchange:
        take_back(order=order, lines=back(order, *quantities), method=Method.ORIGINAL, duty=world.duty,
                  key=return_key(number))  # fmt: skip
        return Decimal(0)
    try:
        done = swap(world, order, {sku: many}, *quantities, number=number)
    except NoneLeft:
        return Decimal(0)
    orders.append(done.sale.order)
    came = sum(done.back.lines.values_list("amount", flat=True))
    assert sum(Decimal(one["amount"]) for one in done.back.refunds) == came
    return max(done.sale.total - came, Decimal(0))


def bring_all(world, order, number):
    try:
        take_back(order=order, lines=back(order, *(line.left for line in left_of(order).lines)),
                  method=Method.ORIGINAL, duty=world.duty, key=return_key(number))  # fmt: skip
    except (AllBack, NothingChosen):
        return


def check(orders, paid, currency):
    """Every document adds up to the smallest coin; what is left in the drawer is what can still be given back."""
    fresh = [Order.objects.get(pk=one.pk) for one in orders]
    money = money_of(*fresh)
    given_back = sum(
        (Decimal(one["amount"]) for row in Return.objects.all() for one in row.refunds if one["method"] != "exchange"),
        Decimal(0),
    )
    assert given_back <= paid
    assert sum(money.values(), Decimal(0)) == paid - given_back
    assert all(amount >= 0 for amount in money.values())
    assert sum((left_of(one).money for one in fresh), Decimal(0)) == paid - given_back
    for one in fresh:
        paper = paper_of(one)
        assert paper.adds_up
        assert Sale.objects.get(order=one).flags == []
        assert all(line.tax <= line.amount and line.amount % unit(currency) == 0 for line in paper.lines)
    for row in Return.objects.all():
        assert sum(Decimal(one["amount"]) for one in row.refunds) == sum(row.lines.values_list("amount", flat=True))
