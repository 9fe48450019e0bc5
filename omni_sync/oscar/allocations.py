"""Oscar's allocations are our holds: what an order still has coming, and how that ends.

Oscar's own counter, ``Line.num_allocated``, goes along but decides nothing: Oscar's model methods lower it without
asking anybody. Its stock columns are never written from here: they are shown from the ledger (R5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from omni_sync.oscar.models import OrderLine
from omni_sync.oscar.promise import holder_of_order, tracked
from omni_sync.stock.dispatch import dispatch, give_back
from omni_sync.stock.hold import Line, release
from omni_sync.stock.models import Hold, Movement
from omni_sync.transactions import inside_transaction

#: Order lines, each with the quantity of it that is meant.
Parts = Sequence[tuple[Any, int]]


def parts(lines: Iterable[Any], quantities: Iterable[int] | None = None) -> Parts:
    """The tracked ones of ``lines``, each with its quantity: the given one, or all of the line."""
    known = list(lines)
    meant = dict(zip((line.pk for line in known), quantities or (line.quantity for line in known), strict=False))
    return [(line, meant[line.pk]) for line in tracked(known) if meant.get(line.pk)]


def are_held(wanted: Parts) -> bool:
    """Whether the orders of these lines still hold what is meant of them, lines of one record summed."""
    total: Counter[tuple[str, int]] = Counter()
    for line, quantity in wanted:
        total[(holder_of_order(line.order).key, line.stockrecord_id)] += quantity
    rows = Hold.objects.open().filter(holder_kind=Hold.ORDER, holder__in={number for number, _ in total})
    held = {(number, record): count for number, record, count in rows.values_list("holder", "stockrecord", "quantity")}
    return all(held.get(key, 0) >= quantity for key, quantity in total.items())


@inside_transaction
def ship(order: Any, wanted: Parts, event: Any) -> None:
    """The goods of a shipping event have left: what the order still held of them is out of the books, once."""
    _lock(wanted)
    dispatch(holder=holder_of_order(order), lines=_units(wanted), document=f"shipping-event/{event.pk}")
    _lower(wanted)


@inside_transaction
def consume(order: Any, wanted: Parts) -> None:
    """The goods of these lines have left, for no shipping event of their own."""
    _lock(wanted)
    departures = Movement.objects.filter(source=Hold.ORDER, reference=order.number).count()
    dispatch(holder=holder_of_order(order), lines=_units(wanted), document=f"{order.number}/{departures + 1}")
    _lower(wanted)


@inside_transaction
def cancel(order: Any, wanted: Parts) -> None:
    """These lines won't be sent: what the order still held of them is anybody's again. A line is cancelled once."""
    _lock(wanted)
    first = [(line, quantity) for line, quantity in wanted if not line.allocation_cancelled]
    give_back(holder=holder_of_order(order), lines=_units(first), reason=Hold.Reason.CANCELLED)
    _lower(first)
    for line, _ in first:
        line.allocation_cancelled = not line.num_allocated
    OrderLine.objects.bulk_update([line for line, _ in first], ["allocation_cancelled"])


@inside_transaction
def cancel_all(order: Any) -> None:
    """Nothing more of this order will be sent: all that it still held is anybody's again."""
    release(holder=holder_of_order(order), reason=Hold.Reason.CANCELLED)
    open_lines = OrderLine.objects.filter(order=order, num_allocated__gt=0)
    open_lines.update(num_allocated=0, allocation_cancelled=True)


def _lock(wanted: Parts) -> None:
    """Lock the order's lines in key order and read how they are now."""
    rows = OrderLine.objects.filter(pk__in=[line.pk for line, _ in wanted]).order_by("pk")
    now = {row.pk: row for row in rows.select_for_update(no_key=True)}
    for line, _ in wanted:
        line.num_allocated = now[line.pk].num_allocated
        line.allocation_cancelled = now[line.pk].allocation_cancelled


def _units(wanted: Parts) -> list[Line]:
    return [Line(line.stockrecord_id, quantity) for line, quantity in wanted]


def _lower(wanted: Parts) -> None:
    for line, quantity in wanted:
        line.num_allocated = max(line.num_allocated - quantity, 0)
    OrderLine.objects.bulk_update([line for line, _ in wanted], ["num_allocated"])
