"""Stock, the way it comes into a real shop: a delivery note per place, through the ledger."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from zlib import crc32

from omni_sync.oscar.models import StockRecord
from omni_sync.stock.adopt import adopt
from omni_sync.stock.count import receive
from omni_sync.stock.hold import Line
from shop.seed.places import CURRENCY, WAREHOUSE
from shop.seed.styles import STYLES

ARRIVED: Final = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
NOTE: Final = "opening"


def fill(*, places: Mapping[str, Any], products: Mapping[str, int]) -> None:
    """Give every place a record of every SKU and its opening delivery; said again, nothing changes."""
    prices = {sku: Decimal(style.price) for style in STYLES for sku, _, _ in style.variants()}
    for place in places.values():
        StockRecord.objects.bulk_create(
            (
                StockRecord(
                    partner=place, product_id=product, partner_sku=sku, price=prices[sku], price_currency=CURRENCY
                )
                for sku, product in products.items()
            ),
            ignore_conflicts=True,
        )
    adopt()
    for code, place in places.items():
        records = StockRecord.objects.filter(partner=place, partner_sku__in=products).order_by("pk")
        lines = [
            Line(stockrecord_id=pk, quantity=quantity)
            for pk, sku in records.values_list("pk", "partner_sku")
            if (quantity := delivered(code, sku))
        ]
        if lines:
            receive(lines=lines, source="seed", document=f"{NOTE}/{code}", occurred_at=ARRIVED)


def delivered(place: str, sku: str) -> int:
    """How many of ``sku`` came to ``place``: a spread without a pattern, and the same on every machine.

    Some shelves are empty, some nearly; one style is gone everywhere but in the warehouse, one in one size everywhere.
    """
    dice = crc32(f"{sku} {place}".encode())
    if sku.startswith("LK-LOA-BRN-43"):
        return 0
    if place == WAREHOUSE[0]:
        return 0 if dice % 10 == 0 else 12 + dice % 49
    if sku.startswith("LK-SHO-NVY"):
        return 0
    spread = dice % 100
    if spread < 24:  # noqa: PLR2004
        return 0
    return 1 + dice % 3 if spread < 42 else 4 + dice % 15  # noqa: PLR2004
