"""Where a count differed from the books: what was expected at each count, reckoned from the ledger as it is today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.utils import timezone

SHORT, LONG = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Span:
    """What the counts of some days came to: units missing (a negative number), units too many, and their value."""

    counts: int = 0
    differing: int = 0
    fewer: int = 0
    more: int = 0
    value: Decimal = Decimal(0)

    @property
    def net(self) -> int:
        """The sum of all differences."""
        return self.fewer + self.more


@dataclass(slots=True)
class StoreDrift:
    """One store's counts in one currency."""

    store_id: int
    name: str
    currency: str
    days: dict[int, Span] = field(default_factory=dict)

    @property
    def spans(self) -> list[Span]:
        """Both spans, the shorter first."""
        return [self.days.get(span.days, Span()) for span in (SHORT, LONG)]


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that differed. ``value`` is in the store's currency, None where the goods have no price."""

    store: str
    record_id: int
    sku: str
    title: str
    at: datetime
    expected: int
    counted: int
    value: Decimal | None
    currency: str
    source: str
    event_id: str

    @property
    def units(self) -> int:
        """How many more there were than expected, negative when fewer."""
        return self.counted - self.expected


def drift_of_stores(store_ids: Iterable[int]) -> list[StoreDrift]:
    """Seven and thirty days of counts, by store and currency. A first count expects nothing, and is no drift."""
    now = timezone.now()
    found: dict[tuple[int, str], StoreDrift] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_STORE, {"stores": list(store_ids), "since": now - LONG, "short": now - SHORT})
        for store, name, currency, *spans in cursor.fetchall():
            row = found.setdefault((store, currency), StoreDrift(store, name, currency))
            row.days = {SHORT.days: Span(*spans[:5]), LONG.days: Span(*spans[5:])}
    return list(found.values())


def differences(store_ids: Iterable[int], *, days: int, start: int, most: int) -> list[Difference]:
    """The counts of the last ``days`` days that differed, the latest first, from the ``start``-th on."""
    since = timezone.now() - timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute(_LIST, {"stores": list(store_ids), "since": since, "start": start, "most": most})
        return [Difference(*row) for row in cursor.fetchall()]


# R1, as of each count: the count that held before it, and the deltas since, those of its own instant included. Of
# several counts at one instant the one with the greatest event id holds, and its lines add up.
_COUNTS = """
    WITH told AS (
        SELECT m.stockrecord_id, m.occurred_at, m.event_id, m.source, m.quantity, s.partner_id, s.partner_sku,
               s.product_id, s.price, s.price_currency,
               dense_rank() OVER (PARTITION BY m.stockrecord_id, m.occurred_at
                                  ORDER BY m.event_id COLLATE "C" DESC, m.source COLLATE "C" DESC) AS place
          FROM omni_sync_movement m JOIN partner_stockrecord s ON s.id = m.stockrecord_id
         WHERE m.kind = 'counted' AND m.occurred_at >= %(since)s AND s.partner_id = ANY(%(stores)s)
    ), counts AS (
        SELECT stockrecord_id, occurred_at, event_id, source, partner_id, partner_sku, product_id, price,
               price_currency, sum(quantity) AS counted
          FROM told WHERE place = 1
         GROUP BY stockrecord_id, occurred_at, event_id, source, partner_id, partner_sku, product_id, price,
                  price_currency
    ), compared AS (
        SELECT c.*, before.quantity + coalesce(moved.quantity, 0) AS expected
          FROM counts c
          JOIN LATERAL (SELECT p.occurred_at, p.event_id, p.source FROM omni_sync_movement p
                         WHERE p.stockrecord_id = c.stockrecord_id AND p.kind = 'counted'
                           AND p.occurred_at < c.occurred_at
                         ORDER BY p.occurred_at DESC, p.event_id COLLATE "C" DESC, p.source COLLATE "C" DESC
                         LIMIT 1) last ON true
          JOIN LATERAL (SELECT sum(b.quantity) AS quantity FROM omni_sync_movement b
                         WHERE b.stockrecord_id = c.stockrecord_id AND b.kind = 'counted'
                           AND b.occurred_at = last.occurred_at AND b.event_id = last.event_id
                           AND b.source = last.source) before ON true
          LEFT JOIN LATERAL (SELECT sum(d.quantity) AS quantity FROM omni_sync_movement d
                              WHERE d.stockrecord_id = c.stockrecord_id AND d.kind <> 'counted'
                                AND d.occurred_at > last.occurred_at AND d.occurred_at <= c.occurred_at) moved ON true
    )
"""

_SPAN = """
    count(*){0}, count(*) FILTER (WHERE counted <> expected{1}),
    coalesce(sum(least(counted - expected, 0)){0}, 0), coalesce(sum(greatest(counted - expected, 0)){0}, 0),
    coalesce(sum((counted - expected) * price){0}, 0)
"""

_BY_STORE = f"""
    {_COUNTS}
    SELECT c.partner_id, p.name, c.price_currency,
           {_SPAN.format(" FILTER (WHERE c.occurred_at >= %(short)s)", " AND c.occurred_at >= %(short)s")},
           {_SPAN.format("", "")}
      FROM compared c JOIN partner_partner p ON p.id = c.partner_id
     GROUP BY c.partner_id, p.name, c.price_currency
     ORDER BY p.name, c.partner_id, c.price_currency
"""

_LIST = f"""
    {_COUNTS}
    SELECT p.name, c.stockrecord_id, c.partner_sku, coalesce(nullif(g.title, ''), parent.title, ''), c.occurred_at,
           c.expected, c.counted, (c.counted - c.expected) * c.price, c.price_currency, c.source, c.event_id
      FROM compared c
      JOIN partner_partner p ON p.id = c.partner_id
      JOIN catalogue_product g ON g.id = c.product_id
      LEFT JOIN catalogue_product parent ON parent.id = g.parent_id
     WHERE c.counted <> c.expected
     ORDER BY c.occurred_at DESC, c.stockrecord_id
    OFFSET %(start)s LIMIT %(most)s
"""
