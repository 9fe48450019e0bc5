"""What is said of a purchase before it is added: enough to know it by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from instore.receipts.exceptions import ReceiptUnknown
from instore.receipts.find import by_token
from omni_sync.sales.models import Sale


@dataclass(frozen=True, slots=True)
class Seen:
    """A purchase, as its paper says it; ``store`` is empty for the web."""

    number: str
    store: str
    at: datetime
    total: Decimal
    currency: str


def look_at(token: str) -> Seen | None:
    """The purchase that ``token`` opens; None where its sale has not arrived."""
    try:
        receipt = by_token(token)
    except ReceiptUnknown:
        return None
    order = receipt.order
    sale = Sale.objects.select_related("store").filter(order=order).first()
    store = str(sale.store) if sale and sale.channel != Sale.Channel.WEB else ""
    at = sale.occurred_at if sale else order.date_placed
    return Seen(receipt.number, store, at, order.total_incl_tax, order.currency)
