"""A sale at the street shop's till is an order like any other, and its goods are gone from the web."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.test import Client
from goods import Guest, place
from oscar.core.loading import get_class, get_model
from standardwebhooks import Webhook

from omni_sync.pos.connections import connect
from omni_sync.pos.drain import drain
from omni_sync.stock.models import Hold

pytestmark = pytest.mark.django_db(transaction=True)
Order = get_model("order", "Order")


@pytest.fixture
def tell(busy_shop):
    """Tells the door of an event, signed, and lets a worker work it off."""
    _, secret = connect(name="chiado-till")

    def send(kind, store, **data):
        number = f"evt-{data.get('sale') or data.get('document')}"
        event = {"id": number, "type": kind, "store": store, "occurred_at": datetime.now(UTC).isoformat(), "data": data}
        body, now = json.dumps(event), datetime.now(UTC)
        signed = {
            "webhook-id": number,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret).sign(msg_id=number, timestamp=now, data=body),
        }
        answer = Client().post("/api/v1/pos/chiado-till/events", body, content_type="application/json", headers=signed)
        assert answer.status_code == 202, answer.content
        drain()
        return answer.json()

    return send


def scarves(quantity):
    return {
        "currency": "EUR",
        "tax_included": True,
        "lines": [{"line": "1", "sku": "SCARF", "quantity": quantity, "unit_price": "20.00"}],
        "payments": [{"method": "card", "amount": f"{20 * quantity}.00"}],
    }


def test_a_till_sale_is_an_order_in_the_dashboard(tell, busy_shop, staff):
    told = tell("sale.completed", "chiado", sale="R-1001", **scarves(2))
    assert told == {"accepted": 1, "duplicates": 0, "rejected": []}
    order = Order.objects.get()
    assert (order.number, order.total_incl_tax, order.num_items) == ("chiado-R-1001", 40, 2)
    desk = Client()
    desk.force_login(staff)
    assert "chiado-R-1001" in desk.get("/dashboard/orders/").content.decode()
    page = desk.get("/dashboard/orders/chiado-R-1001/")
    assert page.status_code == 200
    assert "Blue scarf" in page.content.decode()
    assert busy_shop.scarf.stockrecords.get(partner=busy_shop.street).num_in_stock == 5
    assert busy_shop.online.num_in_stock == 50
    call_command("audit_stock")


def test_the_street_takes_what_the_web_may_no_longer_promise(tell, busy_shop):
    """One number: the warehouse's own till sells 48, the shopper sees 2, an order of 3 is refused."""
    told = tell("sale.completed", "warehouse", sale="W-1", **scarves(48))
    assert told["accepted"] == 1
    assert "In stock (2 available)" in Guest().page(busy_shop.scarf)
    place(busy_shop.basket(2), get_class("order.utils", "OrderCreator"))
    assert "Unavailable" in Guest().page(busy_shop.scarf)
    assert Hold.objects.open().get().quantity == 2
    call_command("audit_stock")
