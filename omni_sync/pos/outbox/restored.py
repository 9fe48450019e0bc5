"""A dump brought into another server: transactions are numbered anew there, what was told keeps the old numbers."""

from __future__ import annotations

import structlog
from django.db import connection as database
from django.db import transaction

log = structlog.get_logger(__name__)


def settle_restored() -> bool:
    """Number what was told before anew, if it is from the life of another server; whether it was.

    Everything kept is then told by this transaction, in the order of its ids. Readers are told to begin with it;
    webhooks go on where they were, and may hear something twice.
    """
    with transaction.atomic(), database.cursor() as cursor:
        cursor.execute(_IS_RESTORED)
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("LOCK TABLE omni_sync_endpoint IN EXCLUSIVE MODE")
        cursor.execute(_IS_RESTORED)  # another worker may have been faster
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(_PLACES)
        cursor.execute(f"UPDATE omni_sync_outboxevent SET xact = {_NOW}")
        cursor.execute(
            f"INSERT INTO omni_sync_outboxhorizon (id, xact) VALUES (1, {_NOW})"
            " ON CONFLICT (id) DO UPDATE SET xact = excluded.xact"
        )
    log.warning("what was told comes from another server's life: numbered anew")
    return True


_NOW = "pg_current_xact_id()::text::bigint"
_BEYOND = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint"

# No transaction of this server can have told what has a number it has not given yet.
_IS_RESTORED = f"""
SELECT EXISTS (SELECT 1 FROM partner_partner p
                CROSS JOIN LATERAL (SELECT e.xact FROM omni_sync_outboxevent e WHERE e.store_id = p.id
                                     ORDER BY e.xact DESC, e.id DESC LIMIT 1) last
                WHERE last.xact > {_BEYOND})
    OR EXISTS (SELECT 1 FROM omni_sync_endpoint WHERE xact > {_BEYOND})
    OR EXISTS (SELECT 1 FROM omni_sync_outboxhorizon WHERE xact > {_BEYOND})
"""

# Before the first event that it has not heard, by the old numbers, or that was told about when it last heard something
# or later: what this server told since cannot be told apart by its number.
_PLACES = f"""
UPDATE omni_sync_endpoint n
   SET xact = {_NOW}, lease = NULL, leased_until = NULL,
       event = coalesce((SELECT min(e.id) - 1 FROM omni_sync_outboxevent e
                          WHERE (e.xact, e.id) > (n.xact, n.event)
                             OR e.at > coalesce(n.attempted_at, '-infinity') - interval '10 minutes'),
                        (SELECT max(e.id) FROM omni_sync_outboxevent e), 0)
"""
