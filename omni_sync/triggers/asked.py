"""Follow-ups as SQL: ``WITH`` these, a statement knows whom they are for and what those humans bought since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connection

from omni_sync.conf import cancelled_statuses
from omni_sync.messages.journeys.models import FollowUp

#: ``asked`` are the follow-ups with the root of their human, ``theirs`` every row of these humans.
ASKED: Final = """
    asked AS MATERIALIZED (
        SELECT f.id, f.facts, f.occurred_at, coalesce(p.merged_into_id, p.id) AS root
          FROM omni_sync_followup f JOIN omni_sync_person p ON p.id = f.person_id
         WHERE f.id = ANY(%(ids)s)),
    roots AS MATERIALIZED (SELECT DISTINCT root FROM asked),
    theirs AS MATERIALIZED (
        SELECT r.root, p.id AS person, p.user_id FROM roots r JOIN omni_sync_person p ON p.id = r.root
         UNION ALL
        SELECT r.root, p.id, p.user_id FROM roots r JOIN omni_sync_person p ON p.merged_into_id = r.root)
"""

#: ``bought`` are the styles they bought, in whatever channel: at the till, or ordered and not cancelled.
BOUGHT: Final = """
    bought AS MATERIALIZED (
        SELECT t.root, coalesce(g.parent_id, g.id) AS style, s.occurred_at AS at
          FROM theirs t
          JOIN omni_sync_sale s ON s.person_id = t.person AND s.voided_at IS NULL
          JOIN order_line o ON o.order_id = s.order_id
          JOIN catalogue_product g ON g.id = o.product_id
         UNION ALL
        SELECT t.root, coalesce(g.parent_id, g.id), q.date_placed
          FROM theirs t
          JOIN order_order q ON q.user_id = t.user_id AND lower(q.status) <> ALL(%(cancelled)s)
          JOIN order_line o ON o.order_id = q.id
          JOIN catalogue_product g ON g.id = o.product_id
         WHERE NOT EXISTS (SELECT 1 FROM omni_sync_sale v WHERE v.order_id = q.id AND v.voided_at IS NOT NULL))
"""

#: True of a line ``o`` of an order of which something has not come back.
KEPT: Final = """
    coalesce((SELECT sum(back.quantity) FROM omni_sync_return r
                JOIN omni_sync_returnline back ON back.sale_return_id = r.id
               WHERE r.order_id = o.order_id AND r.voided_at IS NULL AND back.product_id = o.product_id), 0)
    < (SELECT sum(same.quantity) FROM order_line same
        WHERE same.order_id = o.order_id AND same.product_id = o.product_id)
"""


def told(sql: str, follow_ups: Sequence[FollowUp], **more: Any) -> list[dict[str, Any]]:
    """The rows of ``sql``, which begins after the commas of ``ASKED`` and ``BOUGHT``: one query."""
    known: Mapping[str, Any] = {
        "ids": [one.pk for one in follow_ups],
        "cancelled": [status.casefold() for status in cancelled_statuses()],
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {ASKED}, {BOUGHT} {sql}", known)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def without(follow_ups: Sequence[FollowUp], rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Those follow-ups that none of ``rows`` is about, by ``id``."""
    return {one.pk for one in follow_ups} - {int(row["id"]) for row in rows}
