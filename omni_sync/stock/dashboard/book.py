"""The ledger of one stock record as a bank would print it: every movement with what was on hand after it (R1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from omni_sync.stock.models import Level, Movement

PAGE: Final = 50


def page_of(record_id: int, *, condition: Q, number: int) -> tuple[list[Movement], bool]:
    """Page ``number``, from 1, of the movements that meet ``condition``, the latest first; and whether more follow.

    Each has ``balance``: on hand after it, of everything known today; ``is_undone``: something answers it.
    """
    start = (number - 1) * PAGE
    found = list(_movements(record_id, condition)[start : start + PAGE + 1])
    rows = found[:PAGE]
    balances = _balances(record_id, rows)
    for row in rows:
        row.balance = balances[row.pk]  # type: ignore[attr-defined]
    return rows, len(found) > PAGE


def all_of(record_id: int, *, kinds: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Every movement of these kinds, of any if none is named, the earliest first; read in portions."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            f"{_BOOK} SELECT * FROM balanced WHERE {_WANTED} ORDER BY nth",
            {"record": record_id, "first": None, "last": None, "kinds": list(kinds)},
        )
        columns = [column.name for column in cursor.description]
        while rows := cursor.fetchmany(2000):
            for row in rows:
                yield dict(zip(columns, row, strict=True))


def count_in_force(record_id: int) -> Movement | None:
    """The count that today's figure is reckoned from, its lines summed; None when nobody ever counted."""
    counts = Movement.objects.filter(stockrecord=record_id, kind=Movement.Kind.COUNTED)
    newest = counts.order_by("-occurred_at").values("occurred_at")[:1]
    told = sorted(counts.filter(occurred_at=newest), key=lambda m: (m.event_id.encode(), m.source.encode()))
    if not told:
        return None
    holds = [m for m in told if (m.event_id, m.source) == (told[-1].event_id, told[-1].source)]
    holds[0].quantity = sum(m.quantity for m in holds)
    return holds[0]


def _movements(record_id: int, condition: Q) -> QuerySet[Movement]:
    mine = Movement.objects.filter(condition, stockrecord=record_id).select_related("answers")
    undone = mine.annotate(is_undone=Exists(Movement.objects.filter(answers=OuterRef("pk"))))
    count_last = Case(When(kind=Movement.Kind.COUNTED, then=0), default=1)
    return undone.order_by("-occurred_at", count_last, "-pk")


def _balances(record_id: int, rows: Sequence[Movement]) -> dict[int, int]:
    """On hand after each of ``rows``.

    After the count in force it is reckoned backwards from today's figure, at the cost of this page and a sum;
    before that, forwards from the last count before the earliest row.
    """
    if not rows:
        return {}
    first, last = min(row.occurred_at for row in rows), max(row.occurred_at for row in rows)
    counted_at = Level.objects.filter(pk=record_id).values_list("counted_at", flat=True).first()
    is_after = counted_at is None or first > counted_at
    sql = _BACKWARDS if is_after else f"{_BOOK} SELECT id, balance FROM balanced WHERE id = ANY(%(ids)s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, {"record": record_id, "first": first, "last": last, "ids": [row.pk for row in rows]})
        return dict(cursor.fetchall())


_BACKWARDS = """
    SELECT id, balance
      FROM (SELECT m.id, l.on_hand - later.quantity + m.quantity
                   - sum(m.quantity) OVER (ORDER BY m.occurred_at DESC, m.id DESC) AS balance
              FROM omni_sync_movement m
              JOIN omni_sync_level l ON l.stockrecord_id = m.stockrecord_id,
                   (SELECT coalesce(sum(quantity), 0) AS quantity FROM omni_sync_movement
                     WHERE stockrecord_id = %(record)s AND occurred_at > %(last)s) later
             WHERE m.stockrecord_id = %(record)s AND m.occurred_at BETWEEN %(first)s AND %(last)s) balanced
     WHERE id = ANY(%(ids)s)
"""

# At one instant the deltas come first, for they are in the count; of several counts the one with the greatest event
# id holds (place 1), and its lines add up.
_BOOK = """
    WITH base AS (
        SELECT max(occurred_at) AS at FROM omni_sync_movement
         WHERE stockrecord_id = %(record)s AND kind = 'counted' AND occurred_at < %(first)s::timestamptz
    ), placed AS (
        SELECT m.*,
               CASE WHEN kind = 'counted' THEN
                    dense_rank() OVER (PARTITION BY occurred_at, kind = 'counted'
                                       ORDER BY event_id COLLATE "C" DESC, source COLLATE "C" DESC)
                    ELSE 0 END AS place
          FROM omni_sync_movement m
         WHERE stockrecord_id = %(record)s
           AND occurred_at >= coalesce((SELECT at FROM base), '-infinity')
           AND occurred_at <= coalesce(%(last)s::timestamptz, 'infinity')
    ), ordered AS (
        SELECT *, row_number() OVER (ORDER BY occurred_at, place > 0, place DESC, id) AS nth,
               place = 1 AND row_number() OVER (PARTITION BY occurred_at, place ORDER BY id) = 1 AS begins
          FROM placed
    ), counted AS (
        SELECT *, count(*) FILTER (WHERE begins) OVER (ORDER BY nth) AS book FROM ordered
    ), balanced AS (
        SELECT *, sum(CASE WHEN place > 1 THEN 0 ELSE quantity END) OVER (PARTITION BY book ORDER BY nth) AS balance,
               place > 1 AS is_outdone
          FROM counted
    )
"""

_WANTED = "(%(kinds)s::text[] = '{}' OR kind = ANY(%(kinds)s::text[]))"
