"""The street wins (R3): when more is promised than is there, staff must see it, and whom it endangers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction

from omni_sync.stock.models import Hold, Shortfall

TRANSIT_PATIENCE = timedelta(days=7)


def settle(record_ids: Sequence[int]) -> None:
    """Open, correct or close the shortfalls of these records, as their levels now say."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [list(record_ids)])


def endangered(shortfall: Shortfall) -> list[Hold]:
    """The promises that can't be kept, newest first, until the missing quantity is covered."""
    return endangered_by([shortfall])[shortfall.pk]


def endangered_by(shortfalls: Sequence[Shortfall]) -> dict[int, list[Hold]]:
    """The same of several, by their keys; one query however many they are."""
    by_record: dict[int, list[Hold]] = {shortfall.stockrecord_id: [] for shortfall in shortfalls}
    for hold in Hold.objects.open().filter(stockrecord__in=list(by_record)).order_by("-created_at", "-pk"):
        by_record[hold.stockrecord_id].append(hold)
    return {one.pk: _until_covered(by_record[one.stockrecord_id], one.missing) for one in shortfalls}


def _until_covered(holds: Sequence[Hold], missing: int) -> list[Hold]:
    result = []
    for hold in holds:
        if missing <= 0:
            break
        result.append(hold)
        missing -= hold.quantity
    return result


def look_for_lost_transfers() -> int:
    """Open a shortfall for goods sent more than seven days ago that did not arrive, close those that did; how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TRANSIT, [TRANSIT_PATIENCE.total_seconds()])
        return int(cursor.rowcount)


_SETTLE = """
    WITH state AS (
        SELECT stockrecord_id, CASE WHEN held > 0 THEN least(held, held - on_hand) ELSE 0 END AS missing
          FROM omni_sync_level WHERE stockrecord_id = ANY(%s)
    ), closed AS (
        UPDATE omni_sync_shortfall f SET closed_at = now()
          FROM state s
         WHERE f.stockrecord_id = s.stockrecord_id AND f.kind = 'promise' AND f.closed_at IS NULL AND s.missing <= 0
    )
    INSERT INTO omni_sync_shortfall (kind, stockrecord_id, missing)
    SELECT 'promise', stockrecord_id, missing FROM state WHERE missing > 0
        ON CONFLICT (stockrecord_id, kind, reference) WHERE closed_at IS NULL
        DO UPDATE SET missing = excluded.missing
"""

# In transit = sent - received per (transfer, product), whichever stores moved them; the sender's record carries it.
_TRANSIT = """
    WITH transit AS (
        SELECT m.reference, s.product_id, -sum(m.quantity) AS missing,
               min(m.stockrecord_id) FILTER (WHERE m.kind = 'transfer-out') AS sender,
               min(m.stockrecord_id) AS anybody, min(m.occurred_at) AS since
          FROM omni_sync_movement m JOIN partner_stockrecord s ON s.id = m.stockrecord_id
         WHERE m.kind LIKE 'transfer%%' AND m.reference <> ''
         GROUP BY m.reference, s.product_id
    ), lost AS (
        SELECT reference, coalesce(sender, anybody) AS stockrecord_id, missing
          FROM transit WHERE missing <> 0 AND since < now() - %s * interval '1 second'
    ), closed AS (
        UPDATE omni_sync_shortfall f SET closed_at = now()
         WHERE f.kind = 'transit' AND f.closed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM lost l
                            WHERE l.reference = f.reference AND l.stockrecord_id = f.stockrecord_id)
    )
    INSERT INTO omni_sync_shortfall (kind, stockrecord_id, reference, missing)
    SELECT 'transit', stockrecord_id, reference, missing FROM lost
        ON CONFLICT (stockrecord_id, kind, reference) WHERE closed_at IS NULL
        DO UPDATE SET missing = excluded.missing
"""
