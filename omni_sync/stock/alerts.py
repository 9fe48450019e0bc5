"""Oscar's low-stock and back-in-stock alerts, driven by the ledger instead of ``save`` signals."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from omni_sync.oscar.alerts import send_product_alerts
from omni_sync.oscar.models import Product


def anybody_to_alert(record_ids: Sequence[int]) -> bool:
    """True when somebody watches one of these records: one cheap look, whatever their number."""
    with connection.cursor() as cursor:
        cursor.execute(_ANYBODY, [list(record_ids)] * 2)
        return any(cursor.fetchone() or ())


def settle_alerts(record_ids: Sequence[int] | None = None) -> None:
    """Open and close low-stock alerts as the levels say, and tell shoppers who wait for these records' products.

    None means every record: a beat's round for what a lost poke left.
    """
    ids = None if record_ids is None else list(record_ids)
    with connection.cursor() as cursor:
        cursor.execute(_LOW, [ids, ids])
        cursor.execute(_ENOUGH, [ids, ids])
        cursor.execute(_WAITED_FOR, [ids, ids])
        waited_for = [product for (product,) in cursor.fetchall()]
    for product in Product.objects.filter(pk__in=waited_for):
        send_product_alerts(product)


_ANYBODY = """
    SELECT EXISTS (SELECT 1 FROM partner_stockrecord WHERE low_stock_threshold IS NOT NULL AND id = ANY(%s)),
           EXISTS (SELECT 1 FROM customer_productalert a JOIN partner_stockrecord s ON s.product_id = a.product_id
                    WHERE a.status = 'Active' AND s.id = ANY(%s))
"""

_WAITED_FOR = """
    SELECT DISTINCT a.product_id
      FROM customer_productalert a JOIN partner_stockrecord s ON s.product_id = a.product_id
     WHERE a.status = 'Active' AND (%s::int[] IS NULL OR s.id = ANY(%s::int[]))
"""

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
