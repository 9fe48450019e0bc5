"""Promises of quantity: taken all or none, in one guarded statement (R2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

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
    own = _own_holds(holder, wanted)
    change = {record: wanted[record] - own.get(record, (0, 0))[1] for record in sorted(wanted.keys() | own.keys())}
    short = _take(change, wanted, holder, until)
    if short:
        raise SoldOut(
            [Short(record, wanted[record], max(room + own.get(record, (0, 0))[1], 0)) for record, room in short]
        )
    dropped = [pk for record, (pk, _) in own.items() if record not in wanted]
    if dropped:
        end_holds(ids=dropped, reason=Hold.Reason.MOVED)
    stock_changed.send(sender=Hold, record_ids=[record for record in wanted if change[record]])


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


def _own_holds(holder: Holder, wanted: Counter[int]) -> dict[int, tuple[int, int]]:
    """The holder's open promises by stock record, as (id, quantity); they can't change any more.

    Whoever ends a promise locks its level first. So where there are some, all levels concerned are locked, in order,
    those that will be let go of too, and the promises read again.
    """
    own = _read_in_turn(holder)
    if own:
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [sorted(own.keys() | wanted.keys())])
        own = _read_in_turn(holder)
    return own


def _read_in_turn(holder: Holder) -> dict[int, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [holder.kind, holder.key])
        return {record: (pk, quantity) for pk, record, quantity in cursor.fetchall()}


def _take(
    change: dict[int, int], wanted: Counter[int], holder: Holder, until: datetime | None
) -> list[tuple[int, int]]:
    """Write the promises, or nothing and name the records without room for it, each with the room it has."""
    if not wanted:
        return []
    records = sorted(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            [records, [change[r] for r in records], [wanted[r] for r in records], holder.kind, holder.key, until],
        )
        found = cursor.fetchall()
    missing = [(record, 0) for record in sorted(set(records) - {record for record, _, _ in found})]
    return missing + [(record, room) for record, room, fits in found if not fits]


# Alone, so that the read after it sees what the one before us committed.
_TURNS = (
    "SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM unnest(%s::text[]) WITH ORDINALITY AS t(k, n) ORDER BY n"
)

_LOCK = "SELECT 1 FROM omni_sync_level WHERE stockrecord_id = ANY(%s) ORDER BY stockrecord_id FOR UPDATE"

# Both are functions, which keep their plans: see the migration that makes them.
_OWN = "SELECT id, record, quantity FROM lintas_own_holds(%s, %s)"

_TAKE = "SELECT record, room, fits FROM lintas_take(%s::bigint[], %s::bigint[], %s::integer[], %s, %s, %s)"
