"""Stock, the way it comes into a real shop: a delivery note per place, through the ledger."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from zlib import crc32

from django.db import connection, transaction

from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.oscar.models import Product, StockRecord
from omni_sync.stock.adopt import adopt
from omni_sync.stock.count import receive
from omni_sync.stock.hold import Line
from shop.seed import example
from shop.seed.day import NOTE, SOURCE, Day
from shop.seed.places import CURRENCY, WAREHOUSE
from shop.seed.styles import STYLES, Style

#: Nobody has one of the first any more; the second is in the warehouse only; of the third, one size is gone.
GONE: Final = "LK-HIT-BRK"
ONLINE_ONLY: Final = "LK-SHO-NVY"
LOST_SIZE: Final = "LK-LOA-BRN-43"
PRICES: Final = {sku: Decimal(style.price) for style in STYLES for sku, _, _ in style.variants()}


def are_filled(styles: Sequence[Style], places: int) -> bool:
    """Whether each of so many places has every size of ``styles``: records and deliveries come together."""
    skus = [sku for style in styles for sku, _, _ in style.variants()]
    found: bool = StockRecord.objects.filter(partner_sku__in=skus).count() == places * len(skus)
    return found


@transaction.atomic
def fill(*, places: Mapping[str, Any], styles: Sequence[Style], day: Day) -> None:
    """Give every place a record of every size that it lacks, and its opening delivery of those."""
    skus = [sku for style in styles for sku, _, _ in style.variants()]
    products = dict(Product.objects.filter(code__in=skus).values_list("code", "pk"))
    for code, place in places.items():
        known = set(StockRecord.objects.filter(partner=place).values_list("partner_sku", flat=True))
        new = {sku: products[sku] for sku in skus if sku not in known}
        records = StockRecord.objects.bulk_create(_record(place, sku, product) for sku, product in new.items())
        adopt()
        lines = [Line(row.pk, amount) for row in records if (amount := delivered(code, row.partner_sku))]
        if lines:
            document = f"{NOTE}/{code}/{next(iter(new))}"  # of its own, should styles be added later
            receive(lines=lines, source=SOURCE, document=document, occurred_at=day.opening)
    rebuild_entries()  # their prices came in bulk
    with connection.cursor() as cursor:  # the first pages come sooner than PostgreSQL looks by itself
        cursor.execute(
            "ANALYZE partner_stockrecord, omni_sync_level, omni_sync_movement, catalogue_product, omni_sync_entry"
        )


def _record(place: Any, sku: str, product: int) -> StockRecord:
    return StockRecord(partner=place, product_id=product, partner_sku=sku, price=PRICES[sku], price_currency=CURRENCY)


def delivered(place: str, sku: str) -> int:
    """How many of ``sku`` came to ``place``: a spread without a pattern, and the same on every machine.

    Some shelves are empty, some nearly; one style is gone everywhere, one everywhere but in the warehouse, one in one
    size. Of the tour's example there is enough to see it sell.
    """
    dice = crc32(f"{sku} {place}".encode())
    if (sku, place) == (example.SKU, example.STORE):
        return 18
    if sku.startswith((GONE, LOST_SIZE)):
        return 0
    if place == WAREHOUSE[0]:
        return 0 if dice % 10 == 0 else 12 + dice % 49
    if sku.startswith(ONLINE_ONLY):
        return 0
    spread = dice % 100
    if spread < 24:  # noqa: PLR2004
        return 0
    return 1 + dice % 3 if spread < 42 else 4 + dice % 15  # noqa: PLR2004
