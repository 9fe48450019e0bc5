"""The proof of the books, from the ledger alone: R1, R1b, R2's aftermath, R4 and the projection."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from omni_sync.stock.models import Hold, Level, Movement


def audit() -> dict[str, Any]:
    """Count what was looked at and list every row that disagrees, each with its rule and the two figures.

    One snapshot of the database, so that it may run beside a busy shop.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            violations = [row for name, sql in RULES.items() for row in _ask(cursor, name, sql)]
        return {
            "levels": Level.objects.count(),
            "movements": Movement.objects.count(),
            "open_holds": Hold.objects.open().count(),
            "violations": violations,
        }


def _ask(cursor: Any, name: str, sql: str) -> list[dict[str, Any]]:
    cursor.execute(sql)
    columns = [column.name for column in cursor.description]
    return [{"rule": name, **dict(zip(columns, map(_plain, row), strict=True))} for row in cursor.fetchall()]


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, str, bool, type(None))) else str(value)


# Written apart from the posting code on purpose: ranks instead of DISTINCT ON, sums over the whole ledger.
_BOOK = """
    WITH counts AS (
        SELECT stockrecord_id, occurred_at, sum(quantity) AS quantity,
               row_number() OVER (PARTITION BY stockrecord_id
                                  ORDER BY occurred_at DESC, event_id COLLATE "C" DESC, source COLLATE "C" DESC) AS nth
          FROM omni_sync_movement WHERE kind = 'counted'
         GROUP BY stockrecord_id, occurred_at, event_id, source
    ), latest AS (SELECT * FROM counts WHERE nth = 1),
    book AS (
        SELECT l.stockrecord_id, c.occurred_at AS counted_at,
               coalesce(c.quantity, 0)
               + coalesce(sum(m.quantity) FILTER (WHERE m.kind <> 'counted'
                          AND (c.occurred_at IS NULL OR m.occurred_at > c.occurred_at)), 0) AS on_hand
          FROM omni_sync_level l
          LEFT JOIN latest c USING (stockrecord_id)
          LEFT JOIN omni_sync_movement m USING (stockrecord_id)
         GROUP BY l.stockrecord_id, c.occurred_at, c.quantity
    )
"""

RULES = {
    "R1 on hand": _BOOK
    + """SELECT l.stockrecord_id, l.on_hand AS level, b.on_hand AS ledger
           FROM omni_sync_level l JOIN book b USING (stockrecord_id)
          WHERE l.on_hand <> b.on_hand OR l.counted_at IS DISTINCT FROM b.counted_at""",
    "R1b voids": """
        SELECT m.id AS movement, m.document, -m.quantity AS expected, coalesce(a.quantity, 0) AS answered
          FROM omni_sync_movement m
          JOIN LATERAL (SELECT min(v.occurred_at) AS at FROM omni_sync_void v
                         WHERE v.source = m.source AND v.document IN (m.document, nullif(m.origin, ''))) v
            ON v.at IS NOT NULL
          LEFT JOIN LATERAL (SELECT sum(quantity) AS quantity,
                                    sum(quantity) FILTER (WHERE occurred_at = greatest(m.occurred_at, v.at)) AS in_time
                               FROM omni_sync_movement x WHERE x.answers_id = m.id) a ON true
         WHERE m.answers_id IS NULL
           AND (a.quantity IS DISTINCT FROM -m.quantity OR a.in_time IS DISTINCT FROM -m.quantity)""",
    "R2 promises": """
        SELECT l.stockrecord_id, l.held, l.on_hand, f.missing AS shortfall
          FROM omni_sync_level l
          LEFT JOIN omni_sync_shortfall f
            ON f.stockrecord_id = l.stockrecord_id AND f.kind = 'promise' AND f.closed_at IS NULL
         WHERE coalesce(f.missing, 0) <> CASE WHEN l.held > 0 THEN greatest(least(l.held, l.held - l.on_hand), 0)
                                              ELSE 0 END""",
    "R4 holds": """
        SELECT l.stockrecord_id, l.held AS level, coalesce(sum(h.quantity), 0) AS holds
          FROM omni_sync_level l
          LEFT JOIN omni_sync_hold h ON h.stockrecord_id = l.stockrecord_id AND h.ended_at IS NULL
         GROUP BY l.stockrecord_id, l.held HAVING l.held <> coalesce(sum(h.quantity), 0)""",
    "R5 projection": """
        SELECT s.id AS stockrecord_id, s.num_in_stock, s.num_allocated, l.on_hand, l.held, l.safety
          FROM partner_stockrecord s JOIN omni_sync_level l ON l.stockrecord_id = s.id
         WHERE (s.num_in_stock, s.num_allocated) IS DISTINCT FROM
               (least(greatest(l.on_hand, 0), 2147483647)::int, (l.held + l.safety)::int)""",
    "R5 ledger": """
        SELECT s.id AS stockrecord_id, s.num_in_stock FROM partner_stockrecord s
         WHERE NOT EXISTS (SELECT 1 FROM omni_sync_level l WHERE l.stockrecord_id = s.id)""",
}
