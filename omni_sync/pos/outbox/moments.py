"""Where in what was told a moment is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Min

from omni_sync.pos.models import OutboxEvent
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.read import edge

#: A row is dated when its statement began and numbered when it was written: numbers follow the time so closely.
SLACK: Final = timedelta(minutes=10)
#: No transaction is as long as this: what is told later than that was not begun before.
LONGEST_TRANSACTION: Final = timedelta(days=1)


def cursor_at(moment: datetime) -> Cursor:
    """A cursor that everything told at ``moment`` or later comes after; little before it does."""
    first, beyond = first_id_at(moment - SLACK), first_id_at(moment + LONGEST_TRANSACTION)
    rows = OutboxEvent.objects.filter(pk__gte=first, pk__lte=beyond, at__gte=moment)
    xact: int | None = rows.aggregate(first=Min("xact"))["first"]
    return edge() if xact is None else min(edge(), Cursor(xact, 0))


def first_id_at(moment: datetime) -> int:
    """The smallest id that was given at ``moment`` or later, give or take the length of a statement; the next one of
    all if there is none.

    By halving: ids follow the time, and the table has no index by time.
    """
    ends = OutboxEvent.objects.aggregate(first=Min("pk"), last=Max("pk"))
    low, high = ends["first"] or 1, (ends["last"] or 0) + 1
    while low < high:
        middle = (low + high) // 2
        row = OutboxEvent.objects.filter(pk__gte=middle).order_by("pk").values_list("pk", "at").first()
        if row is None or row[1] >= moment:
            high = middle
        else:
            low = row[0] + 1
    return low
