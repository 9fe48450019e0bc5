"""Stores, products, and what their tills say."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from omni_sync.oscar.models import Partner, Product, ProductClass, StockRecord
from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.connections import connect
from omni_sync.pos.models import Connection, InboxEvent
from omni_sync.pos.receive import Answer, receive
from omni_sync.stock.audit import audit
from omni_sync.stock.count import count
from omni_sync.stock.models import Level, Location

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def store(code: str) -> Partner:
    partner, _ = Partner.objects.get_or_create(code=code, defaults={"name": code.title()})
    Location.objects.update_or_create(partner=partner, defaults={"timezone": "Asia/Jakarta", "currency": "IDR"})
    return partner


def records(quantity: int, *, of: int = 1, at: str = "menteng", when: datetime | None = None) -> list[StockRecord]:
    """``of`` products with ``quantity`` units each at a store, their SKUs SKU-0, SKU-1 …"""
    partner, (kind, _) = store(at), ProductClass.objects.get_or_create(name="Thing")
    result = []
    for n in range(of):
        product, _ = Product.objects.get_or_create(
            slug=f"sku-{n}", defaults={"title": f"Thing {n}", "product_class": kind, "structure": "standalone"}
        )
        record = StockRecord.objects.create(
            product=product, partner=partner, partner_sku=f"SKU-{n}", price=Decimal(1000), price_currency="IDR"
        )
        if quantity:
            count(stockrecord=record, quantity=quantity, at=when)
        result.append(record)
    return result


def level(record: StockRecord) -> Level:
    return Level.objects.get(pk=record.pk)


def till(name: str, *stores: str) -> Connection:
    return connect(name=name, stores=stores)[0]


def event(number: str, kind: str, *, at: str = "menteng", minutes: int = 0, **data) -> dict:
    when = NOON + timedelta(minutes=minutes)
    return {"id": number, "type": kind, "store": at, "occurred_at": when.isoformat(), "data": data}


def lines(*wanted: tuple[str, int], **more) -> list[dict]:
    return [{"line": str(n), "sku": sku, "quantity": quantity, **more} for n, (sku, quantity) in enumerate(wanted, 1)]


def sale(number: str, *wanted: tuple[str, int], at: str = "menteng", minutes: int = 0, **data) -> dict:
    paid = str(1000 * sum(quantity for _, quantity in wanted))
    return event(
        f"{at}-sale-{number}", "sale.completed", at=at, minutes=minutes, sale=number, currency="IDR",
        lines=lines(*wanted, unit_price="1000"), payments=[{"method": "cash", "amount": paid}], **data,
    )  # fmt: skip


def returned(
    number: str, *wanted: tuple[str, int], of: str, sold_at: str, at: str, minutes: int = 0, restock=True
) -> dict:
    return event(
        f"{at}-return-{number}", "sale.returned", at=at, minutes=minutes, original={"sale": of, "store": sold_at},
        lines=lines(*wanted, amount="1000", restock=restock), refunds=[{"method": "cash", "amount": "1000"}],
        **{"return": number},
    )  # fmt: skip


def voided(number: str, *, at: str = "menteng", minutes: int = 0) -> dict:
    return event(f"{at}-void-{number}", "sale.voided", at=at, minutes=minutes, sale=number)


def counted(number: str, *wanted: tuple[str, int], at: str = "menteng", minutes: int = 0) -> dict:
    return event(f"{at}-count-{number}", "stock.counted", at=at, minutes=minutes, lines=lines(*wanted))


def received(number: str, *wanted: tuple[str, int], at: str = "menteng", minutes: int = 0) -> dict:
    return event(f"{at}-in-{number}", "stock.received", at=at, minutes=minutes, lines=lines(*wanted))


def deliver(connection: Connection, *events: dict) -> Answer:
    """Through the inbox's door, as one delivery."""
    body = json.dumps(events).encode()
    return receive(connection=connection, body=body, headers={}, reading=read(body))


def assert_books_are_right() -> dict:
    """The audit's word, at the end of every stress test."""
    result = audit()
    assert result["violations"] == []
    return result


def states() -> set[str]:
    """Those that events of the inbox are in."""
    return set(InboxEvent.objects.values_list("state", flat=True))
