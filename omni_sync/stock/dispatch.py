"""Goods leave for the shopper: the promise ends and the ledger moves, together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from omni_sync.stock.hold import Holder, Line
from omni_sync.stock.models import Hold, Movement
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting
from omni_sync.stock.release import end_holds
from omni_sync.transactions import inside_transaction


@inside_transaction
def dispatch(
    *,
    holder: Holder,
    lines: Sequence[Line],
    document: str,
    at: datetime | None = None,
    kind: Movement.Kind = Movement.Kind.DISPATCHED,
    reason: Hold.Reason = Hold.Reason.SHIPPED,
) -> None:
    """Move what ``holder`` still holds of ``lines`` out of the books and end that part of the promise.

    Said again under the same ``document``, it has no effect; a line the holder doesn't hold any more moves nothing.
    """
    wanted = {line.stockrecord_id: 0 for line in lines}
    for line in lines:
        wanted[line.stockrecord_id] += line.quantity
    mine = _locked(holder, list(wanted))
    if Movement.objects.filter(source=holder.kind, document=document).exists():
        return
    postings = []
    for held in mine:
        quantity = min(held.quantity, wanted[held.stockrecord_id])
        postings.append(
            Posting(
                held.stockrecord_id,
                kind,
                -quantity,
                at or timezone.now(),
                holder.kind,
                document,
                str(held.stockrecord_id),
                reference=holder.key,
            )
        )
        _end(held, quantity, reason)
    post(postings=postings)


@inside_transaction
def give_back(*, holder: Holder, lines: Sequence[Line], reason: Hold.Reason) -> None:
    """End the promise of ``lines`` only, and keep the rest of what ``holder`` holds."""
    wanted = {line.stockrecord_id: 0 for line in lines}
    for line in lines:
        wanted[line.stockrecord_id] += line.quantity
    for held in _locked(holder, list(wanted)):
        _end(held, min(held.quantity, wanted[held.stockrecord_id]), reason)


def _locked(holder: Holder, records: list[int]) -> list[Hold]:
    """The holder's open promises of ``records``, with their levels locked in key order."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [sorted(records)])
    mine = Hold.objects.open().of(holder.kind, holder.key)
    return list(mine.filter(stockrecord__in=records).order_by("stockrecord_id").select_for_update())


def _end(held: Hold, quantity: int, reason: Hold.Reason) -> None:
    """End ``quantity`` of a promise; the rest goes on as a promise of its own, as old as the first."""
    rest = held.quantity - quantity
    if rest:
        Hold.objects.filter(pk=held.pk).update(quantity=quantity)
    end_holds(ids=[held.pk], reason=reason)
    if rest:
        Hold.objects.create(
            stockrecord_id=held.stockrecord_id,
            quantity=rest,
            holder_kind=held.holder_kind,
            holder=held.holder,
            created_at=held.created_at,
            until=held.until,
        )


_LOCK = "SELECT 1 FROM omni_sync_level WHERE stockrecord_id = ANY(%s) ORDER BY stockrecord_id FOR UPDATE"
