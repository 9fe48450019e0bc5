"""The columns of the flat format: named as the native event's keys, one row for each line of a document."""

from __future__ import annotations

from typing import Final

#: Said of the whole document: on any of its rows, the same wherever it is said.
DOCUMENT: Final = (
    "type",
    "id",
    "store",
    "occurred_at",
    "date",
    "time",
    "document",
    "register",
    "associate",
    "currency",
    "tax_included",
    "sale_discount",
    "shipping",
    "rounding",
    "total",
    "claim",
    "exchange",
    "original_sale",
    "original_store",
    "original_order",
    "voids",
    "transfer",
    "to",
    "from",
    "reference",
    "customer_loyalty",
    "customer_till",
    "customer_email",
    "customer_phone",
    "customer_name",
)
#: Said of one line.
LINE: Final = (
    "line",
    "sku",
    "gtin",
    "title",
    "quantity",
    "unit_price",
    "discount",
    "amount",
    "tax",
    "tax_rate",
    "order",
    "order_line",
    "original_line",
    "restock",
    "reason",
)
#: A payment or a refund: beside a line, or on a row of its own.
PAYMENT: Final = ("payment_method", "payment_amount", "payment_reference")
COLUMNS: Final = frozenset([*DOCUMENT, *LINE, *PAYMENT])

TYPES: Final = {
    "sale": "sale.completed",
    "return": "sale.returned",
    "refund": "sale.returned",
    "void": "sale.voided",
    "count": "stock.counted",
    "adjustment": "stock.adjusted",
    "received": "stock.received",
    "transfer_sent": "transfer.sent",
    "transfer_received": "transfer.received",
    "customer": "customer.upserted",
}
NATIVE: Final = frozenset(TYPES.values())
