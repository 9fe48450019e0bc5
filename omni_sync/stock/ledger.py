"""The statements behind posting: lock, write, settle. Sets, never rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from omni_sync.stock.levels import open_levels
from omni_sync.stock.models import Movement
from omni_sync.stock.posting import Posting, Written


def lock(records: Iterable[int]) -> dict[int, datetime | None]:
    """Lock the levels of ``records`` in key order, opening those that are missing; when each was last counted."""
    ids = sorted(records)
    if not ids:
        return {}
    found = _locked(ids)
    missing = [record for record in ids if record not in found]
    if missing:
        open_levels(missing)
        found = _locked(ids)
    return found


def write(postings: Sequence[Posting]) -> list[Written]:
    """Insert the movements that are not in the ledger yet, and return those."""
    if not postings:
        return []
    columns = zip(
        *(
            (
                p.stockrecord_id,
                p.kind,
                p.quantity,
                p.occurred_at,
                p.source,
                p.document,
                p.line,
                p.event_id,
                p.origin,
                p.reference,
                p.answers,
            )
            for p in postings
        ),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in columns])
        return [Written(*row) for row in cursor.fetchall()]


def settle(written: Sequence[Written], counted_at: dict[int, datetime | None]) -> list[int]:
    """Bring levels and Oscar's projection up to date with ``written``; the ids of the records concerned, in order.

    A delta is added if it is after the last count and is in that count otherwise; a count is worked out again from
    the ledger, at the cost of the deltas after it.
    """
    counted = {w.stockrecord_id for w in written if w.kind == Movement.Kind.COUNTED}
    deltas: Counter[int] = Counter()
    for w in written:
        at = counted_at[w.stockrecord_id]
        if w.stockrecord_id not in counted:
            deltas[w.stockrecord_id] += w.quantity if at is None or w.occurred_at > at else 0
    with connection.cursor() as cursor:
        if counted:
            cursor.execute(_RECOUNT, [sorted(counted)])
        if deltas:
            cursor.execute(_ADD, [list(deltas), list(deltas.values())])
    return sorted(counted | deltas.keys())


def _locked(ids: list[int]) -> dict[int, datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [ids])
        return dict(cursor.fetchall())


_LOCK = """
    SELECT stockrecord_id, counted_at FROM omni_sync_level
     WHERE stockrecord_id = ANY(%s) ORDER BY stockrecord_id FOR UPDATE
"""

_WRITE = """
    INSERT INTO omni_sync_movement
           (stockrecord_id, kind, quantity, occurred_at, source, document, line,
            event_id, origin, reference, answers_id)
    SELECT * FROM unnest(%s::int[], %s::text[], %s::int[], %s::timestamptz[], %s::text[], %s::text[], %s::text[],
                         %s::text[], %s::text[], %s::text[], %s::bigint[])
        ON CONFLICT (source, document, line) DO NOTHING
    RETURNING id, stockrecord_id, kind, quantity, occurred_at, source, document, origin
"""

_PROJECT = """
    UPDATE partner_stockrecord s
       SET num_in_stock = least(greatest(l.on_hand, 0), 2147483647), num_allocated = l.held + l.safety
      FROM level l
     WHERE s.id = l.stockrecord_id
"""

_ADD = f"""
    WITH change AS (
        SELECT * FROM unnest(%s::int[], %s::bigint[]) AS c(record, quantity)
    ), level AS (
        UPDATE omni_sync_level l SET on_hand = l.on_hand + c.quantity
          FROM change c WHERE l.stockrecord_id = c.record
        RETURNING l.*
    )
    {_PROJECT}
"""

# R1: the latest count (ties: the greater event id, bytewise) plus the deltas after it. The lines of one count that
# name one record add up.
_RECOUNT = f"""
    WITH latest AS (
        SELECT DISTINCT ON (stockrecord_id) stockrecord_id, occurred_at, event_id, source
          FROM omni_sync_movement
         WHERE stockrecord_id = ANY(%s) AND kind = 'counted'
         ORDER BY stockrecord_id, occurred_at DESC, event_id COLLATE "C" DESC, source COLLATE "C" DESC
    ), book AS (
        SELECT c.stockrecord_id, c.occurred_at, sum(m.quantity) AS on_hand
          FROM latest c
          JOIN omni_sync_movement m ON m.stockrecord_id = c.stockrecord_id AND m.occurred_at >= c.occurred_at
           AND (m.kind <> 'counted' AND m.occurred_at > c.occurred_at
                OR m.kind = 'counted' AND m.occurred_at = c.occurred_at
                   AND m.event_id = c.event_id AND m.source = c.source)
         GROUP BY c.stockrecord_id, c.occurred_at
    ), level AS (
        UPDATE omni_sync_level l SET on_hand = b.on_hand, counted_at = b.occurred_at
          FROM book b WHERE l.stockrecord_id = b.stockrecord_id
        RETURNING l.*
    )
    {_PROJECT}
"""
