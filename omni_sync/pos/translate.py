"""From what a till said to what our books understand: one function per kind of event."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch

from django.utils import timezone

from omni_sync.people.identify import Customer
from omni_sync.pos.adapters.native import events as told
from omni_sync.pos.batch import Batch
from omni_sync.pos.match import Match, Named
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.receive import AHEAD
from omni_sync.sales.documents import (
    Payment,
    ReturnedLine,
    ReturnToRecord,
    SaleLine,
    SaleToRecord,
    Where,
    return_key,
    sale_key,
)
from omni_sync.sales.handover import Claim
from omni_sync.sales.models import Flag
from omni_sync.stock.models import Movement
from omni_sync.stock.posting import Posting, VoidOf

Kind = Movement.Kind


def named(item: told.Item) -> Named:
    """The key of a line's product in the batch's matches."""
    return item.sku or "", item.gtin or ""


def customer_of(event: told.Event) -> Customer | None:
    """Whom the event speaks of, if it says."""
    match event:
        case told.SaleCompleted() | told.SaleReturned():
            customer = event.data.customer
        case told.CustomerUpserted():
            customer = event.data
        case _:
            customer = None
    if customer is None:
        return None
    return Customer(
        loyalty=customer.loyalty or "",
        till=customer.till or "",
        email=customer.email or "",
        phone=customer.phone or "",
        name=customer.name or "",
    )


@singledispatch
def translate(event: object, row: InboxEvent, batch: Batch) -> None:
    """Add to ``batch`` what the event asks for."""
    raise TypeError(type(event))


@translate.register
def _sale(event: told.SaleCompleted, row: InboxEvent, batch: Batch) -> None:
    data = event.data
    where = _where(batch)
    batch.sales.append(
        (
            row,
            SaleToRecord(
                where=where,
                number=data.sale,
                occurred_at=row.occurred_at,
                currency=data.currency,
                lines=[_sold(line, batch.matches[named(line)]) for line in data.lines],
                payments=[Payment(p.method, Decimal(p.amount), p.reference[:255]) for p in data.payments],
                event_id=row.event_id,
                tax_included=data.tax_included,
                discount=Decimal(data.discount),
                shipping=Decimal(data.shipping),
                rounding=Decimal(data.rounding),
                total=None if data.total is None else Decimal(data.total),
                register=data.register_ or "",
                associate=data.associate or "",
                exchange=data.exchange or "",
                claim=data.claim or "",
                person_id=batch.persons.get(row.pk),
                flags=_flags(row, data.currency, batch),
            ),
        )
    )
    claims = {
        line.line: Claim(line.order, line.order_line or "", batch.matches[named(line)].stockrecord_id, line.quantity)
        for line in data.lines
        if line.order
    }
    if claims:
        batch.claims[row.pk] = claims
    document = sale_key(where.store_code, data.sale)
    _post(batch, row, data.lines, Kind.SALE, document, sign=-1)


def _sold(line: told.SoldItem, match: Match) -> SaleLine:
    unit = Decimal(line.unit_price)
    amount = Decimal(line.amount) if line.amount is not None else unit * line.quantity - Decimal(line.discount)
    return SaleLine(
        line=line.line,
        quantity=line.quantity,
        unit_price=unit,
        amount=amount,
        tax=Decimal(line.tax),
        sku=line.sku or "",
        gtin=line.gtin or "",
        title=(line.title or match.title)[:255],
        tax_code=line.tax_rate or "",
        product_id=match.product_id,
        stockrecord_id=match.stockrecord_id,
    )


@translate.register
def _return(event: told.SaleReturned, row: InboxEvent, batch: Batch) -> None:
    data, where = event.data, _where(batch)
    original = data.original or told.Original()
    store = batch.stores.get(original.store or batch.place.code, batch.place)
    sold = batch.corrected.get((store.store_id, original.sale or ""), original.sale or "")
    currency = data.currency or batch.place.currency
    batch.returns.append(
        (
            row,
            ReturnToRecord(
                where=where,
                number=data.return_,
                occurred_at=row.occurred_at,
                currency=currency,
                lines=[_returned(line, batch.matches[named(line)]) for line in data.lines],
                refunds=[Payment(r.method, Decimal(r.amount), r.reference[:255]) for r in data.refunds],
                event_id=row.event_id,
                original_number=sold,
                original_store_id=store.store_id if sold else None,
                original_store_code=store.code if sold else "",
                original_order=original.order or "",
                exchange=data.exchange or "",
                person_id=batch.persons.get(row.pk),
                flags=_flags(row, currency, batch),
            ),
        )
    )
    document = return_key(where.store_code, data.return_)
    origin = sale_key(store.code, sold) if sold else ""
    _post(batch, row, [line for line in data.lines if line.restock], Kind.RETURN, document, origin=origin)
    _note_unmatched(batch, row, [line for line in data.lines if not line.restock], Kind.RETURN, document)


def _returned(line: told.ReturnedItem, match: Match) -> ReturnedLine:
    return ReturnedLine(
        line=line.line,
        quantity=line.quantity,
        amount=Decimal(line.amount),
        restock=line.restock,
        original_line=line.original_line or "",
        sku=line.sku or "",
        gtin=line.gtin or "",
        product_id=match.product_id,
    )


@translate.register
def _void(event: told.SaleVoided, row: InboxEvent, batch: Batch) -> None:
    code = batch.place.code
    document = sale_key(code, event.data.sale) if event.data.sale else return_key(code, event.data.return_ or "")
    batch.voids.append(VoidOf(batch.source, document, row.occurred_at, row.event_id))
    batch.voided.append((event.data.sale, event.data.return_, row.occurred_at))


@translate.register
def _count(event: told.StockCounted, row: InboxEvent, batch: Batch) -> None:
    _post(batch, row, event.data.lines, Kind.COUNTED, f"{batch.place.code}/{row.document}")


@translate.register
def _adjust(event: told.StockAdjusted, row: InboxEvent, batch: Batch) -> None:
    _post(batch, row, event.data.lines, Kind.ADJUSTED, f"{batch.place.code}/{row.document}")


@translate.register
def _goods_in(event: told.StockReceived, row: InboxEvent, batch: Batch) -> None:
    reference = event.data.reference or ""
    _post(batch, row, event.data.lines, Kind.RECEIVED, f"{batch.place.code}/{row.document}", reference=reference)


@translate.register
def _sent(event: told.TransferSent, row: InboxEvent, batch: Batch) -> None:
    document = f"{batch.place.code}/{row.document}"
    _post(batch, row, event.data.lines, Kind.TRANSFER_OUT, document, sign=-1, reference=event.data.transfer)


@translate.register
def _arrived(event: told.TransferReceived, row: InboxEvent, batch: Batch) -> None:
    document = f"{batch.place.code}/{row.document}"
    _post(batch, row, event.data.lines, Kind.TRANSFER_IN, document, reference=event.data.transfer)


@translate.register
def _customer(event: told.CustomerUpserted, row: InboxEvent, batch: Batch) -> None:
    person = batch.persons.get(row.pk)
    if person is not None:
        batch.consents += [(person, consent) for consent in event.data.consents]


def _post(
    batch: Batch,
    row: InboxEvent,
    lines: Iterable[told.Line],
    kind: Movement.Kind,
    document: str,
    *,
    sign: int = 1,
    origin: str = "",
    reference: str = "",
) -> None:
    """A movement for every line whose product is known and whose stock is tracked; a note of every other."""
    unknown = []
    for line in lines:
        match = batch.matches[named(line)]
        if match.reason:
            unknown.append(line)
        elif match.tracks_stock and match.stockrecord_id is not None:
            batch.postings.append(
                Posting(
                    match.stockrecord_id,
                    kind.value,
                    sign * line.quantity,
                    row.occurred_at,
                    batch.source,
                    document,
                    line.line,
                    row.event_id,
                    origin,
                    reference,
                )
            )
    _note_unmatched(batch, row, unknown, kind, document, sign=sign, origin=origin, reference=reference, moves=True)


def _note_unmatched(
    batch: Batch,
    row: InboxEvent,
    lines: Iterable[told.Line],
    kind: Movement.Kind,
    document: str,
    *,
    sign: int = 1,
    origin: str = "",
    reference: str = "",
    moves: bool = False,
) -> None:
    for line in lines:
        match = batch.matches[named(line)]
        if match.reason:
            batch.unmatched.append(
                {
                    "store_id": batch.place.store_id,
                    "sku": line.sku or "",
                    "gtin": line.gtin or "",
                    "reason": match.reason,
                    "kind": kind.value,
                    "quantity": sign * line.quantity,
                    "occurred_at": row.occurred_at,
                    "source": batch.source,
                    "document": document,
                    "line": line.line,
                    "event_id": row.event_id,
                    "origin": origin,
                    "reference": reference,
                    "moves_stock": moves,
                }
            )


def _where(batch: Batch) -> Where:
    return Where(batch.source, batch.place.store_id, batch.place.code, batch.place.name)


def _flags(row: InboxEvent, currency: str, batch: Batch) -> list[str]:
    """What is odd about the document: dated ahead of when it came, or in another currency than the store's."""
    flags = []
    if row.occurred_at > timezone.now() + AHEAD:
        flags.append(Flag.FUTURE.value)
    if currency != batch.place.currency:
        flags.append(Flag.CURRENCY.value)
    return flags
