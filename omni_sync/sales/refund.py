"""Returns: goods that came back, and the money noted on the order they answer once that order is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from omni_sync.oscar.models import Order, OrderLine
from omni_sync.sales.documents import ReturnedLine, ReturnToRecord, Where, sale_key
from omni_sync.sales.models import Flag, Return, ReturnLine, Sale
from omni_sync.sales.noted import note_refunds
from omni_sync.sales.signals import return_recorded
from omni_sync.sales.touch import touch_document
from omni_sync.sales.void import voided_documents
from omni_sync.stock.models import Movement
from omni_sync.transactions import inside_transaction


@inside_transaction
def record_return(*, told: ReturnToRecord) -> Return:
    """Write a return and its lines; its money part goes to the original order now, or when that arrives.

    Moves no stock: the caller posts. More than was sold is recorded and flagged ``over_return``.
    """
    documents = [(told.where.source, told.document)]
    if told.original_number:
        documents.append((told.where.source, told.original_document))
    row = Return.objects.create(
        voided_at=min(voided_documents(documents).values(), default=None),
        source=told.where.source,
        store_id=told.where.store_id,
        number=told.number,
        event_id=told.event_id,
        occurred_at=told.occurred_at,
        currency=told.currency,
        exchange=told.exchange,
        person_id=told.person_id,
        flags=sorted(told.flags),
        original_number=told.original_number,
        original_store_id=told.original_store_id,
        original_order=told.original_order,
        refunds=[{"method": p.method, "amount": str(p.amount), "reference": p.reference} for p in told.refunds],
    )
    ReturnLine.objects.bulk_create(
        ReturnLine(
            sale_return=row,
            line=line.line,
            original_line=line.original_line,
            product_id=line.product_id,
            sku=line.sku,
            gtin=line.gtin,
            quantity=line.quantity,
            amount=line.amount,
            restock=line.restock,
        )
        for line in told.lines
    )
    touch_document(row)
    order = _original(told)
    if order is not None:
        _settle(row, order)
    return_recorded.send(sender=Return, returns=[row])
    return row


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """A sale and its order, which returns may have named before it arrived."""

    where: Where
    number: str
    order_id: int
    order_number: str


@inside_transaction
def settle_waiting_returns(*, orders: Sequence[WaitedFor]) -> list[Return]:
    """Give the returns that waited for these sales, by the till's number or by the order's, their money part; those."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WAITING,
            [
                [told.where.source for told in orders],
                [told.where.store_id for told in orders],
                [told.number for told in orders],
                [told.order_id for told in orders],
                [told.order_number for told in orders],
                [told.order_id for told in orders],
            ],
        )
        waiting = dict(cursor.fetchall())
    if not waiting:
        return []
    rows = list(Return.objects.filter(pk__in=waiting).select_for_update().order_by("pk"))
    for row in rows:
        _settle(row, waiting[row.pk])
    return rows


@inside_transaction
def settle_returns_of_hand_overs(*, where: Where, numbers: Sequence[str]) -> list[Return]:
    """Give returns that came before the till's documents which handed their goods over their money part; those."""
    waiting = Return.objects.filter(order=None, source=where.source, original_store=where.store_id)
    settled = []
    for row in waiting.filter(original_number__in=numbers).select_for_update().order_by("pk"):
        document = sale_key(where.store_code, row.original_number)
        order = _handed_over(source=row.source, document=document, lines=list(row.lines.all()))
        if order is not None:
            _settle(row, order)
            settled.append(row)
    return settled


def _original(told: ReturnToRecord) -> int | None:
    if told.original_order:
        order = Order.objects.filter(number=told.original_order).only("pk").first()
        return int(order.pk) if order else None
    if not told.original_number:
        return None
    sales = Sale.objects.filter(store=told.original_store_id, number=told.original_number)
    order = _handed_over(source=told.where.source, document=told.original_document, lines=told.lines)
    sale = sales.filter(source=told.where.source).only("order_id").first() if order is None else None
    return sale.order_id if sale else order


def _handed_over(*, source: str, document: str, lines: Sequence[ReturnedLine | ReturnLine]) -> int | None:
    """The order whose goods these are, all handed over by this document of a till: by its lines, else by article."""
    moved = Movement.objects.filter(source=source, document=document, kind=Movement.Kind.HAND_OVER, answers=None)
    goods: dict[str, set[tuple[str, int]]] = {}
    for order, line, product in moved.values_list("reference", "line", "stockrecord__product"):
        goods.setdefault(order, set()).add((line, product))
    for number, known in goods.items():
        named, products = {line for line, _ in known}, {product for _, product in known}
        if all(one.original_line in named if one.original_line else one.product_id in products for one in lines):
            order = Order.objects.filter(number=number).only("pk").first()
            return int(order.pk) if order else None
    return None


def _settle(row: Return, order_id: int) -> None:
    """Tie the return to its order, note the refunds there, and look whether more came back than was sold.

    Of a return that never happened no money is noted.
    """
    row.refunded_at = None if row.voided_at else timezone.now()
    move(row, order_id)
    if row.voided_at is None:
        note_refunds(row)


def move(row: Return, order_id: int) -> None:
    """Tie the return to this order, and flag it where more came back than that sold."""
    row.order_id = order_id
    if _over_returned(row):
        row.flags = sorted({*row.flags, Flag.OVER_RETURN.value})
    row.save(update_fields=["order", "refunded_at", "flags"])


def _over_returned(row: Return) -> bool:
    """True if, with this return, more of a product came back than the order sold."""
    sold = _per_sku(OrderLine.objects.filter(order=row.order_id).values_list("partner_sku").annotate(Sum("quantity")))
    others = ReturnLine.objects.filter(sale_return__order=row.order_id, sale_return__voided_at=None)
    back = _per_sku(others.exclude(sale_return=row.pk).values_list("sku").annotate(Sum("quantity")))
    back.update(_per_sku(row.lines.values_list("sku").annotate(Sum("quantity"))))
    return any(back[sku] > sold[sku] for sku in _per_sku(row.lines.values_list("sku").annotate(Sum("quantity"))))


def _per_sku(rows: object) -> Counter[str]:
    return Counter(dict(rows))  # type: ignore[call-overload]


_WAITING = """
    SELECT r.id, s.order_id
      FROM unnest(%s::text[], %s::int[], %s::text[], %s::int[]) AS s(source, store_id, number, order_id)
      JOIN omni_sync_return r
        ON r.order_id IS NULL AND r.source = s.source AND r.original_store_id = s.store_id
       AND r.original_number = s.number
     UNION
    SELECT r.id, s.order_id
      FROM unnest(%s::text[], %s::int[]) AS s(number, order_id)
      JOIN omni_sync_return r ON r.order_id IS NULL AND r.original_order = s.number AND r.original_order <> ''
"""
