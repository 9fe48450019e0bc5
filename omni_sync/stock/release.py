"""The end of promises: once, for a reason (R4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from omni_sync.stock import shortfall
from omni_sync.stock.models import Hold
from omni_sync.stock.signals import stock_changed
from omni_sync.transactions import inside_transaction


@inside_transaction
def end_holds(*, ids: Sequence[int], reason: Hold.Reason, overdue_at: datetime | None = None) -> int:
    """End those of the promises ``ids`` that are still open; each ends once, whoever else tries. How many ended.

    With ``overdue_at`` a promise that was renewed to a later time meanwhile is kept.
    """
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [list(ids)])
        cursor.execute(_END, [reason.value, list(ids), overdue_at, overdue_at])
        ended = cursor.fetchall()
    records = sorted({record for record, _ in ended})
    if records:
        shortfall.settle(records)
        stock_changed.send(sender=Hold, record_ids=records)
    return sum(count for _, count in ended)


_LOCK = """
    SELECT 1 FROM omni_sync_level
     WHERE stockrecord_id IN (SELECT stockrecord_id FROM omni_sync_hold WHERE id = ANY(%s) AND ended_at IS NULL)
     ORDER BY stockrecord_id
       FOR UPDATE
"""

_END = """
    WITH ended AS (
        UPDATE omni_sync_hold SET ended_at = now(), end_reason = %s
         WHERE id = ANY(%s) AND ended_at IS NULL AND (%s::timestamptz IS NULL OR until < %s::timestamptz)
        RETURNING stockrecord_id, quantity
    ), given_back AS (
        SELECT stockrecord_id, sum(quantity) AS quantity, count(*) AS holds FROM ended GROUP BY stockrecord_id
    ), levels AS (
        UPDATE omni_sync_level l SET held = l.held - g.quantity
          FROM given_back g
         WHERE l.stockrecord_id = g.stockrecord_id
        RETURNING l.stockrecord_id, l.held, l.safety
    ), shown AS (
        UPDATE partner_stockrecord s SET num_allocated = l.held + l.safety
          FROM levels l
         WHERE s.id = l.stockrecord_id
    )
    SELECT stockrecord_id, holds FROM given_back
"""
