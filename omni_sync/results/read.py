"""What happened to the groups of a step, read in sets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from omni_sync.messages.comparing.groups import PERSONS

#: What follows a message that much later was not its doing.
WINDOW: Final = timedelta(days=7)

#: Goods that were paid with goods are bought for what they cost more.
_BOUGHT = f"""
WITH persons AS ({PERSONS}),
bought AS (
    SELECT g.root, s.currency, sum(s.total - swapped.worth) AS total
      FROM persons g
      JOIN omni_sync_person q ON coalesce(q.merged_into_id, q.id) = g.root
      JOIN omni_sync_sale s ON s.person_id = q.id
     CROSS JOIN LATERAL (
           SELECT coalesce(sum(l.amount), 0) AS worth
             FROM omni_sync_return r JOIN omni_sync_returnline l ON l.sale_return_id = r.id
            WHERE s.exchange <> '' AND r.exchange = s.exchange AND r.source = s.source AND r.store_id = s.store_id
              AND r.voided_at IS NULL) swapped
     WHERE s.voided_at IS NULL AND s.occurred_at >= g.at AND s.occurred_at < g.at + %(window)s
       AND (s.exchange = '' OR s.total > swapped.worth)
     GROUP BY g.root, s.currency
)
"""
_LEFT = """,
gone AS (
    SELECT DISTINCT g.message_id
      FROM persons g
      JOIN omni_sync_message m ON m.id = g.message_id
      JOIN omni_sync_person q ON coalesce(q.merged_into_id, q.id) = g.root
      JOIN omni_sync_consent c ON c.person_id = q.id AND c.channel = m.channel AND c.purpose = 'marketing'
     WHERE c.state = 'withdrawn' AND c.source = 'unsubscribe'
       AND c.recorded_at >= g.at AND c.recorded_at < g.at + %(window)s
)
"""
_PERSONS = (
    _BOUGHT
    + _LEFT
    + """
SELECT g.grp, count(*) FILTER (WHERE is_whole), count(*) FILTER (WHERE NOT is_whole),
       count(*) FILTER (WHERE is_whole AND has_bought),
       count(*) FILTER (WHERE m.state = 'sent'),
       count(*) FILTER (WHERE m.status IN ('delivered', 'read')), count(*) FILTER (WHERE m.status = 'read'),
       count(*) FILTER (WHERE has_left)
  FROM (
    SELECT persons.*, at + %(window)s <= %(now)s AS is_whole,
           root IN (SELECT root FROM bought) AS has_bought,
           message_id IN (SELECT message_id FROM gone) AS has_left
      FROM persons
  ) g LEFT JOIN omni_sync_message m ON m.id = g.message_id
 GROUP BY g.grp
"""
)
_MONEY = (
    _BOUGHT
    + """
SELECT g.grp, b.currency, sum(b.total), sum(b.total * b.total)
  FROM persons g JOIN bought b USING (root)
 WHERE g.at + %(window)s <= %(now)s
 GROUP BY g.grp, b.currency ORDER BY b.currency
"""
)


@dataclass(slots=True)
class Group:
    """Those in one group. ``persons`` are those whose seven days are over, ``waiting`` the others; ``buyers`` are of
    the former. ``money`` is by currency: the sum over persons, and the sum of their squares."""

    name: str
    persons: int = 0
    waiting: int = 0
    buyers: int = 0
    sent: int = 0
    arrived: int = 0
    read: int = 0
    left: int = 0
    money: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)


def groups_of(*, journey: int, step: int, since: datetime, until: datetime, now: datetime) -> dict[str, Group]:
    """By its name each group of a step, of those first decided between ``since`` and ``until``: two queries."""
    asked = {"journey": journey, "step": step, "since": since, "until": until, "now": now, "window": WINDOW}
    found: dict[str, Group] = {}
    with connection.cursor() as cursor:
        for name, *figures in _rows(cursor, _PERSONS, asked):
            found[name] = Group(name, *figures)
        for name, currency, total, squares in _rows(cursor, _MONEY, asked):
            found[name].money[currency] = (total, squares)
    return found


def together(*groups: Group) -> Group:
    """All of them as one: whoever got a message, in whichever version."""
    money: dict[str, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    whole = Group("sent")
    for one in groups:
        for name in ("persons", "waiting", "buyers", "sent", "arrived", "read", "left"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        for currency, (total, squares) in one.money.items():
            money[currency] = (money[currency][0] + total, money[currency][1] + squares)
    whole.money = dict(money)
    return whole


def _rows(cursor: Any, sql: str, asked: dict[str, Any]) -> list[Any]:
    cursor.execute(sql, asked)
    return list(cursor.fetchall())
