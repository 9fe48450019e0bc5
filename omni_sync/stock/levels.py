"""Levels come into being beside Oscar's stock records, and are shown in them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from omni_sync.stock.models import Level
from omni_sync.stock.signals import stock_changed
from omni_sync.transactions import inside_transaction


def open_levels(record_ids: Sequence[int]) -> list[int]:
    """Give every record a level if it has none: empty, with the safety stock of its place; which got one."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [sorted(record_ids)])
        return [record for (record,) in cursor.fetchall()]


def project(record_ids: Sequence[int]) -> None:
    """Show the levels in Oscar's own columns: ``net_stock_level`` is then what may be promised (R5)."""
    with connection.cursor() as cursor:
        cursor.execute(_PROJECT, [list(record_ids)])


@inside_transaction
def set_safety(*, partner_id: int, safety: int) -> None:
    """Keep ``safety`` units of everything at this place out of what is promised from now on."""
    levels = Level.objects.filter(stockrecord__partner_id=partner_id).exclude(safety=safety)
    locked = levels.order_by("stockrecord_id").select_for_update(of=("self",))
    records = list(locked.values_list("stockrecord_id", flat=True))
    if records:
        Level.objects.filter(stockrecord__in=records).update(safety=safety)
        project(records)
        stock_changed.send(sender=Level, record_ids=records)


_OPEN = """
    INSERT INTO omni_sync_level (stockrecord_id, on_hand, held, safety)
    SELECT s.id, 0, 0, coalesce(p.safety, 0)
      FROM partner_stockrecord s LEFT JOIN omni_sync_location p ON p.partner_id = s.partner_id
     WHERE s.id = ANY(%s)
     ORDER BY s.id
        ON CONFLICT DO NOTHING
    RETURNING stockrecord_id
"""

_PROJECT = """
    UPDATE partner_stockrecord s
       SET num_in_stock = least(greatest(l.on_hand, 0), 2147483647), num_allocated = l.held + l.safety
      FROM omni_sync_level l
     WHERE s.id = l.stockrecord_id AND s.id = ANY(%s)
       AND (s.num_in_stock, s.num_allocated)
           IS DISTINCT FROM (least(greatest(l.on_hand, 0), 2147483647)::int, (l.held + l.safety)::int)
"""
