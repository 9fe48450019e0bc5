"""Who is compared: each human once, in the group and from the moment of the first thing that was decided for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import connection

from omni_sync.messages.comparing.models import Comparison

HELD_OUT: Final = "held_out"
#: One row for each human: ``root``, ``grp`` (a version, or who heard nothing), ``at`` and ``message_id``. Who was
#: decided to be sent a message is counted as such, whatever happened to it: so is who would have been sent one.
PERSONS: Final = """
SELECT * FROM (
    SELECT DISTINCT ON (root) * FROM (
        SELECT coalesce(p.merged_into_id, p.id) AS root, f.id, f.message_id, f.step,
               CASE WHEN f.message_id IS NULL THEN 'held_out' ELSE coalesce(nullif(f.variant, ''), 'a') END AS grp,
               least(f.decided_at, m.said_at) AS at
          FROM omni_sync_followup f
          JOIN omni_sync_person p ON p.id = f.person_id
          LEFT JOIN omni_sync_message m ON m.id = f.message_id
         WHERE f.journey_id = %(journey)s AND f.step = %(step)s AND f.decided_at >= %(since)s
           AND (f.message_id IS NOT NULL OR f.why = 'held_out')
    ) every_time WHERE at >= %(since)s
    ORDER BY root, at, id
) first_time WHERE at <= %(until)s
"""
_FULL = f"""
SELECT max(at), count(*) FROM (
    SELECT at, grp, row_number() OVER (PARTITION BY grp ORDER BY at, root) AS place FROM ({PERSONS}) persons
) placed WHERE place = %(size)s AND grp = ANY(%(groups)s)
"""


def between(comparison: Comparison, until: datetime) -> dict[str, Any]:
    """What PERSONS asks for."""
    step = comparison.step
    return {"journey": step.journey_id, "step": step.number, "since": comparison.started_at, "until": until}


def full_at(comparison: Comparison, now: datetime) -> datetime | None:
    """When nobody else was added to it any more; None while somebody is."""
    if comparison.ends_at is not None:
        return comparison.ends_at if comparison.ends_at <= now else None
    with connection.cursor() as cursor:
        groups = {"size": comparison.per_group, "groups": comparison.groups}
        cursor.execute(_FULL, {**between(comparison, now), **groups})
        at, count = cursor.fetchone()
    return at if count == len(comparison.groups) else None


def is_full(comparison: Comparison, now: datetime) -> bool:
    """Whether all whom it needs are in it."""
    return full_at(comparison, now) is not None
