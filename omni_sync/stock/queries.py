from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction


def export_rows(store: str = "") -> Iterator[tuple[str, str, int, int, int]]:
    """Every level as ``(store, sku, on_hand, held, available)``, by store and SKU, read in portions."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_EXPORT, [store, store])
        while rows := cursor.fetchmany(2000):
            yield from rows


_EXPORT = """
    SELECT p.code, s.partner_sku, l.on_hand, l.held, greatest(l.on_hand - l.held - l.safety, 0)
      FROM omni_sync_level l
      JOIN partner_stockrecord s ON s.id = l.stockrecord_id
      JOIN partner_partner p ON p.id = s.partner_id
     WHERE %s = '' OR p.code = %s
     ORDER BY p.code COLLATE "C", s.partner_sku COLLATE "C"
"""
