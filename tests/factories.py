"""Stores, goods and tills for the tests of the truth, and what such tills say."""

import base64
import hashlib
import hmac
import itertools
import json
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from omni_sync.catalogue.identify import set_gtins
from omni_sync.oscar.models import Partner, Product, ProductClass, StockRecord
from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.connections import connect
from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.receive import receive
from omni_sync.pos.secrets import secrets_of
from omni_sync.stock.audit import audit
from omni_sync.stock.count import count
from omni_sync.stock.models import Level, Location, Movement
from omni_sync.stock.queries import export_rows

NOON = datetime(2025, 11, 21, 12, 0, tzinfo=UTC)
GTINS = ["09521234543213", "04006381333931", "00036000291452"]
numbers = itertools.count(1)


def make_store(code=None, *, zone="Asia/Jakarta", currency="IDR", safety=0, online=False):
    code = code or f"store-{next(numbers)}"
    partner = Partner.objects.create(code=code, name=code.title())
    facts = {"timezone": zone, "currency": currency, "safety": safety, "sells_online": online}
    Location.objects.update_or_create(partner=partner, defaults=facts)
    return Partner.objects.get(pk=partner.pk)


def make_product(title="Tee", *, gtin=None, track_stock=True):
    kind, _ = ProductClass.objects.get_or_create(
        name="Goods" if track_stock else "Services", defaults={"track_stock": track_stock}
    )
    product = Product.objects.create(title=title, product_class=kind)
    if gtin:
        set_gtins(product=product, values=[gtin])
    return product


def make_record(store, *, product=None, sku="TEE", price="149000", on_hand=None, currency="IDR", **fields):
    record = StockRecord.objects.create(
        product=product or make_product(), partner=store, partner_sku=sku, price=price and Decimal(price),
        price_currency=currency, **fields,
    )  # fmt: skip
    if on_hand is not None:
        count(stockrecord=record, quantity=on_hand, at=NOON - timedelta(days=365))
    return record


def make_connection(*stores, name=None, adapter="native"):
    connection, _ = connect(
        name=name or f"till-{next(numbers)}", adapter=adapter, stores=[store.code for store in stores]
    )
    return connection


def make_event(kind, store, data, *, at=NOON, key=None):
    """A native event; ``store`` is a Partner or a till's code, ``at`` an instant or the text for one."""
    return {
        "id": key or f"evt-{next(numbers)}",
        "type": kind,
        "store": getattr(store, "code", store),
        "occurred_at": at if isinstance(at, str) else at.isoformat(),
        "data": data,
    }


def make_line(number, sku="TEE", quantity=1, **more):
    return {"line": str(number), "quantity": quantity, **({"sku": sku} if sku else {}), **more}


def make_lines(skus, **more):
    """Lines for ``{"TEE": 2}`` or ``[("TEE", 2), ("TEE", 1)]``."""
    pairs = skus.items() if isinstance(skus, dict) else skus
    return [make_line(n, sku, quantity, **more) for n, (sku, quantity) in enumerate(pairs, 1)]


def sale_data(number, skus, *, price="1000", currency="IDR", **more):
    lines = make_lines(skus, unit_price=price) if not isinstance(skus, list) or isinstance(skus[0], tuple) else skus
    paid = sum(Decimal(line.get("amount") or Decimal(line["unit_price"]) * line["quantity"]) for line in lines)
    payments = [{"method": "cash", "amount": str(paid)}]
    return {"sale": number, "currency": currency, "lines": lines, "payments": payments, **more}


def sale(store, number, skus, *, at=NOON, key=None, **more):
    return make_event("sale.completed", store, sale_data(number, skus, **more), at=at, key=key)


def returned(store, number, skus, *, of=None, at=NOON, key=None, restock=True, amount="1000", **more):
    lines = make_lines(skus, amount=amount, restock=restock)
    original = {"original": of if isinstance(of, dict) else {"sale": of}} if of else {}
    return make_event("sale.returned", store, {"return": number, "lines": lines, **original, **more}, at=at, key=key)


def voided(store, *, at=NOON, key=None, **which):
    """``voided(store, sale="R-1")``; a return is ``voided(store, **{"return": "B-1"})``."""
    return make_event("sale.voided", store, which, at=at, key=key)


def counted(store, skus, *, at=NOON, key=None, **more):
    return make_event("stock.counted", store, {"lines": make_lines(skus), **more}, at=at, key=key)


def adjusted(store, skus, *, at=NOON, key=None, **more):
    return make_event("stock.adjusted", store, {"lines": make_lines(skus, reason="found"), **more}, at=at, key=key)


def goods_in(store, skus, *, at=NOON, key=None, **more):
    return make_event("stock.received", store, {"lines": make_lines(skus), **more}, at=at, key=key)


def sent(store, transfer, skus, *, at=NOON, key=None, **more):
    return make_event("transfer.sent", store, {"transfer": transfer, "lines": make_lines(skus), **more}, at=at, key=key)


def arrived(store, transfer, skus, *, at=NOON, key=None, **more):
    data = {"transfer": transfer, "lines": make_lines(skus), **more}
    return make_event("transfer.received", store, data, at=at, key=key)


def customer(store, *, at=NOON, key=None, **data):
    return make_event("customer.upserted", store, data, at=at, key=key)


def as_body(events):
    return json.dumps(events).encode()


def tell(connection, *events):
    """Deliver the events together, into the inbox; what the till is answered."""
    body = as_body(list(events))
    return receive(connection=connection, body=body, headers={}, reading=read(body))


def tell_all(connection, *events):
    """Deliver the events and apply everything that waits; all of it must be taken."""
    answer = tell(connection, *events)
    assert answer.rejected == []
    drain()
    return answer


def states(*events):
    """The inbox's states of the events, in the order of arrival."""
    ids = [event["id"] for event in events]
    return list(InboxEvent.objects.filter(event_id__in=ids).order_by("pk").values_list("state", flat=True))


def on_hand(store, sku="TEE"):
    return Level.objects.get(stockrecord__partner=store, stockrecord__partner_sku=sku).on_hand


def level_of(record):
    return Level.objects.get(stockrecord=record)


def books(*stores):
    """The export of these stores, without what is promised: {(store, sku): on hand}."""
    return {(store, sku): figure for s in stores for store, sku, figure, _, _ in export_rows(s.code)}


def instants(*stores):
    """What the ledger says changed at each instant, nothings left out: {(store, sku, at): quantity}."""
    moves = Movement.objects.filter(stockrecord__partner__in=stores).exclude(kind=Movement.Kind.COUNTED)
    sums = Counter()
    columns = ("stockrecord__partner__code", "stockrecord__partner_sku", "occurred_at", "quantity")
    for store, sku, at, quantity in moves.values_list(*columns):
        sums[store, sku, at] += quantity
    return {key: quantity for key, quantity in sums.items() if quantity}


def violations():
    return audit()["violations"]


def sign(secret, body, *, number=None, at=None):
    """The headers of Standard Webhooks for these bytes, made by hand."""
    number = number or f"msg_{next(numbers)}"
    moment = str(int(time.time()) if at is None else at)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{number}.{moment}.".encode() + body, hashlib.sha256)
    signature = f"v1,{base64.b64encode(mac.digest()).decode()}"
    return {"webhook-id": number, "webhook-timestamp": moment, "webhook-signature": signature}


def post(client, connection, body, *, headers=None, **more):
    """Bring the body to the till's door, signed unless other headers are given."""
    name = getattr(connection, "name", connection)
    raw = body if isinstance(body, bytes) else as_body(body)
    headers = sign(secrets_of(connection)[0], raw) if headers is None else headers
    return client.post(f"/api/v1/pos/{name}/events", data=raw, content_type="application/json", headers=headers, **more)
