"""What a till is told of a pickup: what goes over the counter and what it costs, of its shopper nothing."""

from __future__ import annotations

from typing import Any

from instore.pickup.models import Pickup, PickupLine
from instore.pickup.owed import owed
from instore.pickup.pick import corrected
from omni_sync.money.amounts import write
from omni_sync.oscar.models import OrderLine


def answer(pickup: Pickup) -> dict[str, Any]:
    """The answer of ``GET /api/v1/pickups``, ready for JSON; an ``order_line`` is its place in the order, from 1."""
    places = OrderLine.objects.filter(order=pickup.pk).order_by("pk").values_list("pk", flat=True)
    number = {pk: str(place) for place, pk in enumerate(places, 1)}
    rows = pickup.lines.select_related("order_line").order_by("order_line")
    owing = owed(pickup)
    return {
        "order": str(pickup.order.number),
        "store": pickup.store.partner.code,
        "state": pickup.state,
        "currency": owing.currency,
        "due": write(owing.due, owing.currency),
        "lines": [{"order_line": number[row.order_line_id], **_line(pickup, row)} for row in rows],
    }


def _line(pickup: Pickup, row: PickupLine) -> dict[str, Any]:
    line = row.order_line
    missing = row.quantity - row.picked if row.short_reason else 0
    less = corrected(pickup.order, line, missing).amount if missing else 0
    return {
        "sku": line.partner_sku,
        "title": line.title,
        "ordered": row.quantity,
        "quantity": row.picked,
        "amount": write(line.line_price_incl_tax - less, pickup.order.currency),
    }
