"""See what comes back and what runs low of the things that are on somebody's list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

#: From so few on it is low.
LOW: Final = 2
#: What was so for less long is no news: a hold that ends, a count that is corrected.
LASTING: Final = timedelta(hours=1)


def watch(*, now: datetime | None = None) -> int:
    """Note how every place stands with what is on a list; of how many records that changed. Two statements."""
    known: dict[str, Any] = {"now": now or timezone.now(), "low": LOW, "lasting": LASTING}
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_UNLISTED)
        cursor.execute(_WATCH, known)
        return int(cursor.rowcount)


_UNLISTED: Final = """
DELETE FROM omni_sync_watchedstock w USING partner_stockrecord s
 WHERE s.id = w.stockrecord_id AND NOT EXISTS (SELECT 1 FROM wishlists_line d WHERE d.product_id = s.product_id)
"""

#: News that is still true stays when what changes is only between low and enough.
_WATCH: Final = """
WITH listed AS (SELECT DISTINCT product_id FROM wishlists_line WHERE product_id IS NOT NULL),
now_ AS (
    SELECT l.stockrecord_id, CASE WHEN l.on_hand - l.held - l.safety <= 0 THEN 'none'
                                  WHEN l.on_hand - l.held - l.safety <= %(low)s THEN 'low' ELSE 'enough' END AS state
      FROM listed d JOIN partner_stockrecord s ON s.product_id = d.product_id
      JOIN omni_sync_level l ON l.stockrecord_id = s.id)
INSERT INTO omni_sync_watchedstock AS w (stockrecord_id, state, since, news)
SELECT n.stockrecord_id, n.state, %(now)s, '' FROM now_ n ORDER BY n.stockrecord_id
    ON CONFLICT (stockrecord_id) DO UPDATE
   SET state = excluded.state,
       news = CASE WHEN excluded.state = 'none' THEN ''
                   WHEN w.state = 'none' THEN CASE WHEN w.since <= %(now)s - %(lasting)s THEN 'back' ELSE '' END
                   WHEN excluded.state = 'low' AND w.since <= %(now)s - %(lasting)s THEN 'low'
                   WHEN w.news = 'back' THEN 'back'
                   ELSE '' END,
       since = CASE WHEN w.news = 'back' AND excluded.state = 'enough' THEN w.since
                    WHEN w.news = 'back' AND excluded.state = 'low' AND w.since > %(now)s - %(lasting)s THEN w.since
                    ELSE %(now)s END
 WHERE w.state <> excluded.state
"""
