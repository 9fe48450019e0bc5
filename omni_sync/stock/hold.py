"""Promises of quantity: taken all or none, in one guarded statement (R2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from omni_sync.stock import shortfall
from omni_sync.stock.exceptions import Short, SoldOut
from omni_sync.stock.models import Hold
from omni_sync.stock.release import end_holds
from omni_sync.stock.signals import stock_changed
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class Line:
    """So many units of one stock record."""

    stockrecord_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a promise is made to: a basket, an order or a pickup."""

    kind: str
    key: str


@inside_transaction
def hold(*, lines: Sequence[Line], holder: Holder, until: datetime | None) -> None:
    """Promise every line or none, in place of whatever the holder was promised before.

    Lines of one stock record are summed; rows are taken in stock-record order so that two buyers never deadlock.
    ``until`` is when the promise may be swept; None keeps it until somebody ends it.
    Raises SoldOut with the lines that could not be promised.
    """
    wanted = _summed(lines)
    outcome = _take(wanted, holder, until)
    short = [took for took in outcome if not took.fits]
    if short:
        raise SoldOut([Short(took.record, wanted[took.record], max(took.available, 0)) for took in short])
    given_back = [took.record for took in outcome if took.change < 0]
    if given_back:
        shortfall.settle(given_back)
    changed = {took.record: took.product for took in outcome if took.change}
    stock_changed.send(sender=Hold, record_ids=list(changed), products=changed)


@inside_transaction
def reassign(*, holder: Holder, to: Holder, until: datetime | None) -> int:
    """Make the promises to ``holder`` those of ``to``, as when a basket becomes an order; how many there were."""
    _take_turns(holder, to)
    return Hold.objects.open().of(holder.kind, holder.key).update(holder_kind=to.kind, holder=to.key, until=until)


@inside_transaction
def release(*, holder: Holder, reason: Hold.Reason) -> int:
    """End every open promise to ``holder`` for ``reason``; the number of promises ended, 0 when there were none."""
    return end_holds(
        ids=list(Hold.objects.open().of(holder.kind, holder.key).values_list("pk", flat=True)), reason=reason
    )


def _summed(lines: Sequence[Line]) -> Counter[int]:
    total: Counter[int] = Counter()
    for line in lines:
        if line.quantity < 1:
            raise ValueError(f"cannot hold {line.quantity} units")
        total[line.stockrecord_id] += line.quantity
    return total


def _take_turns(*holders: Holder) -> None:
    """Let two requests that give something to the same holder wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS, [sorted(f"hold:{holder.kind}:{holder.key}" for holder in holders)])


class Took(NamedTuple):
    """What is available to this holder of a record, whether the wish fits into it, and how much more is held now."""

    record: int
    available: int
    fits: bool
    change: int
    product: int


def _take(wanted: Counter[int], holder: Holder, until: datetime | None) -> list[Took]:
    """Write the promises if all of them fit, else nothing; in the order of their records."""
    records = sorted(wanted)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [_array(records), _array(wanted[r] for r in records), holder.kind, holder.key, until])
        return [Took(*row) for row in cursor.fetchall()]


def _array(numbers: Iterable[int]) -> str:
    """``numbers`` as PostgreSQL writes an array: adapting a list took a fifth of all that a promise costs Python."""
    return f"{{{','.join(map(str, numbers))}}}"


_TURNS = (
    "SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM unnest(%s::text[]) WITH ORDINALITY AS t(k, n) ORDER BY n"
)

# A function, which keeps its plan: see the migration that makes it.
_TAKE = "SELECT record, available, fits, change, product FROM lintas_hold(%s::bigint[], %s::integer[], %s, %s, %s)"
