"""Oscar's low-stock and back-in-stock alerts, driven by the ledger instead of ``save`` signals."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from omni_sync.oscar.alerts import send_product_alerts
from omni_sync.oscar.models import Product, ProductAlert, StockRecord
from omni_sync.poke import poke


def look_after_alerts_soon(record_ids: Sequence[int]) -> None:
    """Ask for the alerts of these records, if there is anybody to alert."""
    concerned = StockRecord.objects.filter(pk__in=record_ids)
    if (
        concerned.filter(low_stock_threshold__isnull=False).exists()
        or _waited_for(record_ids).exists()
    ):
        from omni_sync.stock.tasks import look_after_alerts

        poke(look_after_alerts, list(record_ids))


def settle_alerts(record_ids: Sequence[int] | None = None) -> None:
    """Open and close low-stock alerts as the levels say, and tell shoppers who wait for these records' products.

    None means every record: a beat's round for what a lost poke left.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOW, [record_ids, record_ids])
        cursor.execute(_ENOUGH, [record_ids, record_ids])
    for product in Product.objects.filter(pk__in=_waited_for(record_ids).values("product")):
        send_product_alerts(product)


def _waited_for(record_ids: Sequence[int] | None) -> QuerySet[ProductAlert]:
    active = ProductAlert.objects.filter(status=ProductAlert.ACTIVE)
    return active if record_ids is None else active.filter(product__stockrecords__in=record_ids)


_LOW = """
    INSERT INTO partner_stockalert (stockrecord_id, threshold, status, date_created)
    SELECT s.id, s.low_stock_threshold, 'Open', now()
      FROM partner_stockrecord s
     WHERE (%s::int[] IS NULL OR s.id = ANY(%s::int[])) AND s.low_stock_threshold IS NOT NULL
       AND coalesce(s.num_in_stock, 0) - coalesce(s.num_allocated, 0) < s.low_stock_threshold
       AND NOT EXISTS (SELECT 1 FROM partner_stockalert a WHERE a.stockrecord_id = s.id AND a.status = 'Open')
"""

_ENOUGH = """
    UPDATE partner_stockalert a SET status = 'Closed', date_closed = now()
      FROM partner_stockrecord s
     WHERE s.id = a.stockrecord_id AND a.status = 'Open' AND (%s::int[] IS NULL OR s.id = ANY(%s::int[]))
       AND (s.low_stock_threshold IS NULL
            OR coalesce(s.num_in_stock, 0) - coalesce(s.num_allocated, 0) >= s.low_stock_threshold)
"""
