"""A till that names an order hands it over: the promise ends, the order is paid, and there is no second order."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from omni_sync.oscar.models import (
    Order,
    OrderLine,
    Partner,
    PaymentSourceType,
    Product,
    ProductClass,
    StockRecord,
)
from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.connections import connect
from omni_sync.pos.drain import drain
from omni_sync.pos.models import Connection
from omni_sync.pos.receive import receive
from omni_sync.sales.models import Flag, Return, Sale
from omni_sync.stock.audit import audit
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Hold, Level, Location, Movement

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> tuple[Connection, StockRecord, Order]:
    """A connection, a record with ten units, and an order that holds two of them at the store."""
    partner = Partner.objects.create(name="Menteng", code="menteng")
    Location.objects.create(partner=partner, currency="IDR", timezone="Asia/Jakarta")
    kind = ProductClass.objects.create(name="Clothes")
    product = Product.objects.create(title="Tee", product_class=kind)
    record = StockRecord.objects.create(
        product=product, partner=partner, partner_sku="TEE", price=Decimal(149000), num_in_stock=10
    )
    order = Order.objects.create(
        number="100042", currency="IDR", total_incl_tax=298000, total_excl_tax=298000, status="Pending"
    )
    OrderLine.objects.create(
        order=order, partner=partner, partner_sku="TEE", stockrecord=record, product=product, title="Tee", quantity=2,
        line_price_incl_tax=298000, line_price_excl_tax=298000, line_price_before_discounts_incl_tax=298000,
        line_price_before_discounts_excl_tax=298000, num_allocated=0,
    )  # fmt: skip
    with transaction.atomic():
        hold(lines=[Line(record.pk, 2)], holder=Holder(Hold.ORDER, order.number), until=None)
    return connect(name="till")[0], record, order


def tell(connection: Connection, *events: dict[str, Any]) -> None:
    body = json.dumps(events).encode()
    answer = receive(connection=connection, body=body, headers={}, reading=read(body))
    assert answer.accepted == len(events)
    drain()


def line(number: str, quantity: int, **more: str) -> dict[str, Any]:
    return {"line": number, "sku": "TEE", "quantity": quantity, "unit_price": "149000", **more}


def sale(number: str, *lines: dict[str, Any]) -> dict[str, Any]:
    paid = str(sum(149000 * told["quantity"] for told in lines))
    data = {"sale": number, "currency": "IDR", "lines": list(lines), "payments": [{"method": "card", "amount": paid}]}
    return {
        "id": f"evt-{number}", "type": "sale.completed", "store": "menteng", "occurred_at": "2126-11-21T09:00:00+07:00",
        "data": data,
    }  # fmt: skip


def test_a_hand_over_ends_the_promise_and_pays_the_order(shop: tuple[Connection, StockRecord, Order]) -> None:
    connection, record, order = shop
    tell(connection, sale("R-1", line("1", 2, order="100042", order_line="1")))
    order.refresh_from_db()
    level = Level.objects.get(stockrecord=record)
    assert (level.on_hand, level.held) == (8, 0)
    assert Hold.objects.get().end_reason == "collected"
    assert Movement.objects.get(kind="hand-over").quantity == -2
    assert [source.amount_debited for source in order.sources.all()] == [Decimal(298000)]
    assert Order.objects.count() == 1
    assert Sale.objects.get().order == order
    assert order.status == "Complete"
    assert audit()["violations"] == []


def test_the_rest_of_the_basket_is_an_order_of_its_own(shop: tuple[Connection, StockRecord, Order]) -> None:
    connection, record, order = shop
    tell(connection, sale("R-1", line("1", 2, order="100042", order_line="1"), line("2", 1)))
    other = Order.objects.get(number="menteng-R-1")
    assert other.total_incl_tax == Decimal(149000)
    assert [source.amount_debited for source in other.sources.all()] == [Decimal(149000)]
    assert [source.amount_debited for source in order.sources.all()] == [Decimal(298000)]
    assert Sale.objects.get(order=other).flags == [Flag.FUTURE]
    assert Level.objects.get(stockrecord=record).on_hand == 7


def held_for(order: Order) -> None:
    """The order was paid on the web: a card's money waits for it."""
    kind, _ = PaymentSourceType.objects.get_or_create(code="stripe", defaults={"name": "Card"})
    order.sources.create(source_type=kind, currency="IDR", amount_allocated=order.total_incl_tax, reference="k")


def paid_at_the_till(order: Order) -> dict[str, Decimal]:
    return dict(order.sources.exclude(amount_debited=0).values_list("source_type__code", "amount_debited"))


def test_what_is_paid_for_the_rest_of_a_ticket_does_not_pay_the_order_again(
    shop: tuple[Connection, StockRecord, Order],
) -> None:
    """The till was told that nothing is due for the order, and took the money for what was bought beside it."""
    connection, _, order = shop
    held_for(order)
    told = sale("R-1", line("1", 2, order="100042", order_line="1"), line("2", 1))
    told["data"]["payments"] = [{"method": "card", "amount": "149000"}]
    tell(connection, told)
    rest = Sale.objects.get(number="R-1")
    assert (paid_at_the_till(order), paid_at_the_till(rest.order)) == ({}, {"card": Decimal(149000)})
    assert rest.flags == [Flag.FUTURE]


def test_what_a_till_took_for_an_order_that_was_paid_is_the_orders(
    shop: tuple[Connection, StockRecord, Order],
) -> None:
    """There is nothing else on the ticket; the card's money is let go of then."""
    connection, _, order = shop
    held_for(order)
    tell(connection, sale("R-1", line("1", 2, order="100042", order_line="1")))
    assert paid_at_the_till(order) == {"card": Decimal(298000)}


def test_of_two_orders_on_a_ticket_the_one_is_paid_that_was_not(shop: tuple[Connection, StockRecord, Order]) -> None:
    connection, record, order = shop
    held_for(order)
    other = Order.objects.create(
        number="100043", currency="IDR", total_incl_tax=149000, total_excl_tax=149000, status="Pending"
    )
    OrderLine.objects.create(
        order=other, partner=record.partner, partner_sku="TEE", stockrecord=record, product=record.product, title="Tee",
        quantity=1, line_price_incl_tax=149000, line_price_excl_tax=149000, num_allocated=0,
        line_price_before_discounts_incl_tax=149000, line_price_before_discounts_excl_tax=149000,
    )  # fmt: skip
    with transaction.atomic():
        hold(lines=[Line(record.pk, 1)], holder=Holder(Hold.ORDER, other.number), until=None)
    lines = line("1", 2, order="100042", order_line="1"), line("2", 1, order="100043", order_line="1")
    told = sale("R-1", *lines, line("3", 1))
    told["data"]["payments"] = [{"method": "card", "amount": "298000"}]
    tell(connection, told)
    assert (paid_at_the_till(order), paid_at_the_till(other)) == ({}, {"card": Decimal(149000)})
    assert paid_at_the_till(Sale.objects.get(number="R-1").order) == {"card": Decimal(149000)}


def brought_back(number: str, quantity: int, **more: str) -> dict[str, Any]:
    """The till gave the money back for so many tees, by the ticket R-1 that handed them over."""
    told = {"line": "1", "sku": "TEE", "quantity": quantity, "amount": str(149000 * quantity), "restock": True, **more}
    data = {"return": number, "original": {"sale": "R-1"}, "lines": [told],
            "refunds": [{"method": "card", "amount": told["amount"]}]}  # fmt: skip
    return {
        "id": f"evt-{number}", "type": "sale.returned", "store": "menteng", "occurred_at": "2126-11-21T11:00:00+07:00",
        "data": data,
    }  # fmt: skip


@pytest.mark.parametrize("first", ["hand-over", "return", "together"])
def test_what_a_till_handed_over_comes_back_by_the_ticket_of_the_till(
    shop: tuple[Connection, StockRecord, Order], first: str
) -> None:
    connection, record, order = shop
    events = [sale("R-1", line("1", 2, order="100042", order_line="1")), brought_back("B-1", 2)]
    events = events[::-1] if first == "return" else events
    for told in [events] if first == "together" else [[one] for one in events]:
        tell(connection, *told)
    row = Return.objects.get()
    assert (row.order, row.refunded_at is not None) == (order, True)
    assert sum(source.amount_refunded for source in order.sources.all()) == Decimal(298000)
    assert Level.objects.get(stockrecord=record).on_hand == 10
    assert audit()["violations"] == []


@pytest.mark.parametrize(("which", "number"), [("1", "100042"), ("2", "menteng-R-1")])
def test_what_comes_back_of_a_ticket_with_more_on_it_is_of_its_own_order(
    shop: tuple[Connection, StockRecord, Order], which: str, number: str
) -> None:
    connection, *_ = shop
    tell(connection, sale("R-1", line("1", 2, order="100042", order_line="1"), line("2", 1)))
    tell(connection, brought_back("B-1", 1, original_line=which))
    assert str(Return.objects.get().order) == f"#{number}"


def test_a_void_of_a_ticket_takes_what_came_back_of_it_along(shop: tuple[Connection, StockRecord, Order]) -> None:
    connection, record, order = shop
    tell(connection, sale("R-1", line("1", 2, order="100042", order_line="1")), brought_back("B-1", 1))
    void = {"id": "v", "type": "sale.voided", "store": "menteng", "occurred_at": "2126-11-21T12:00:00+07:00",
            "data": {"sale": "R-1"}}  # fmt: skip
    tell(connection, void)
    assert Return.objects.exclude(voided_at=None).count() == 1
    assert not order.sources.exclude(amount_refunded=0).exists()
    assert Level.objects.get(stockrecord=record).on_hand == 10
    assert audit()["violations"] == []


@pytest.mark.parametrize("more", [False, True], ids=["alone", "with more"])
def test_what_a_ticket_claims_is_the_order_that_it_handed_over(
    shop: tuple[Connection, StockRecord, Order], more: bool
) -> None:
    """One claim, one purchase: where there is more on the ticket, it is that."""
    connection, _, order = shop
    rest = [line("2", 1)] if more else []
    told = sale("R-1", line("1", 2, order="100042", order_line="1"), *rest)
    told["data"]["claim"] = "k7" * 13
    tell(connection, told)
    claimed = Sale.objects.exclude(claim_hash="").get().order
    assert (claimed == order) is not more


def test_a_second_hand_over_is_an_ordinary_sale_and_flagged(shop: tuple[Connection, StockRecord, Order]) -> None:
    connection, record, _ = shop
    tell(connection, sale("R-1", line("1", 2, order="100042", order_line="1")))
    tell(connection, sale("R-2", line("1", 2, order="100042", order_line="1")))
    assert Flag.ORDER_MISMATCH in Sale.objects.get(number="R-2").flags
    assert Level.objects.get(stockrecord=record).on_hand == 6
    assert audit()["violations"] == []


@pytest.mark.parametrize(("order", "position"), [("nope", "1"), ("100042", "2"), ("100042", "first")])
def test_an_order_that_is_not_there_is_no_hand_over(
    shop: tuple[Connection, StockRecord, Order], order: str, position: str
) -> None:
    connection, record, _ = shop
    tell(connection, sale("R-1", line("1", 2, order=order, order_line=position)))
    assert Flag.ORDER_MISMATCH in Sale.objects.get(number="R-1").flags
    level = Level.objects.get(stockrecord=record)
    assert (level.on_hand, level.held) == (8, 2)


@pytest.mark.parametrize("first", ["hand-over", "void", "together"])
def test_a_void_of_a_hand_over_is_applied_and_flagged_whichever_came_first(
    shop: tuple[Connection, StockRecord, Order], first: str
) -> None:
    connection, record, _ = shop
    handed = sale("R-1", line("1", 2, order="100042", order_line="1"))
    void = {"id": "v", "type": "sale.voided", "store": "menteng", "occurred_at": "2126-11-21T10:00:00+07:00",
            "data": {"sale": "R-1"}}  # fmt: skip
    events = [void, handed] if first == "void" else [handed, void]
    for told in [events] if first == "together" else [[one] for one in events]:
        tell(connection, *told)
    row = Sale.objects.get()
    assert (row.voided_at is not None, row.order.status) == (True, "Cancelled")
    assert Flag.VOIDED_AFTER_HAND_OVER in row.flags
    assert Level.objects.get(stockrecord=record).on_hand == 10
    assert audit()["violations"] == []
