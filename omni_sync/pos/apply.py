"""A batch of events into the books: one transaction, sets of rows (the straight line of ARCHITECTURE)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from omni_sync.people.consent import Statement, note
from omni_sync.people.identify import persons_of
from omni_sync.people.timeline import gathering
from omni_sync.pos.adapters.native import events as told
from omni_sync.pos.batch import Batch
from omni_sync.pos.connections import Place, places_of
from omni_sync.pos.corrections import carry_over, standing_numbers, void_corrections
from omni_sync.pos.handover import settle_hand_overs
from omni_sync.pos.match import match
from omni_sync.pos.models import Connection, InboxEvent, UnmatchedLine
from omni_sync.pos.translate import customer_of, named, translate
from omni_sync.sales.came_back import keep_off_the_shelf
from omni_sync.sales.documents import VOUCHER, Where, sale_key
from omni_sync.sales.models import Return
from omni_sync.sales.record import Recorded, record
from omni_sync.sales.refund import record_return, settle_returns_of_hand_overs
from omni_sync.sales.signals import return_recorded
from omni_sync.sales.turn import ORDER
from omni_sync.sales.void import void_return, void_sale
from omni_sync.stock.models import Movement
from omni_sync.stock.post import lock, post
from omni_sync.stock.void import take_turns
from omni_sync.transactions import inside_transaction

Events = list[tuple[InboxEvent, told.Event]]


@inside_transaction
def apply(*, connection: Connection, place: Place, rows: Sequence[InboxEvent]) -> None:
    """Record what ``rows``, events of one lane, say: orders, returns, voids, persons, movements and levels.

    All or nothing: an event that can't be applied spoils the batch, and its caller then goes one by one.
    """
    events: Events = [(row, told.EVENT.validate_python(row.payload)) for row in rows]
    batch = Batch(connection, place)
    batch.matches = match(store_id=place.store_id, lines=[named(line) for _, event in events for line in _lines(event)])
    batch.stores = _other_stores(connection, place, events)
    batch.corrected = _corrected(batch, events)
    _look_up_persons(batch, events)
    for row, event in events:
        translate(event, row, batch)
    with gathering():
        _write(batch)


def _write(batch: Batch) -> None:
    take_turns(_told_of_elsewhere(batch))
    void_corrections(batch)
    settle_hand_overs(batch)
    if _moves_vouchers(batch):
        lock(postings=batch.postings, voids=batch.voids)  # the levels before the vouchers, as at a tablet
    recorded = record(sales=[sale for _, sale in batch.sales])
    carry_over(batch, recorded)
    returned = [record_return(told=told_return) for _, told_return in batch.returns]
    where = Where(batch.source, batch.place.store_id, batch.place.code, batch.place.name)
    for sale, sale_return, at in batch.voided:
        if sale:
            void_sale(where=where, number=sale, at=at)
        if sale_return:
            void_return(where=where, number=sale_return, at=at)
    consents = [_statement(person, consent) for person, consent in batch.consents]
    note(statements=consents, source=batch.source, store_id=batch.place.store_id)
    if batch.unmatched:
        _keep_unmatched(batch, recorded, {r.number: dict(r.lines.values_list("line", "pk")) for r in returned})
    post(postings=batch.postings, voids=batch.voids)
    _settle_what_waited(batch, where)
    keep_off_the_shelf(where=where, numbers=[sale for sale, _, _ in batch.voided if sale])


def _settle_what_waited(batch: Batch, where: Where) -> None:
    """Goods of orders may have come back before we heard that they were handed over."""
    handed = {one.document for one in batch.postings if one.kind == Movement.Kind.HAND_OVER}
    if not handed:
        return
    numbers = [document.removeprefix(sale_key(where.store_code, "")) for document in sorted(handed)]
    if waited := settle_returns_of_hand_overs(where=where, numbers=numbers):
        return_recorded.send(sender=Return, returns=waited)


def _moves_vouchers(batch: Batch) -> bool:
    """Whether a voucher may be spent or filled: a void gives back what one had paid, whatever it says."""
    came = (payment for _, sale in batch.sales for payment in sale.payments)
    went = (refund for _, told_return in batch.returns for refund in told_return.refunds)
    return bool(batch.voids) or any(one.method == VOUCHER for one in chain(came, went))


def _told_of_elsewhere(batch: Batch) -> list[tuple[str, str]]:
    """The sales this batch tells, voids or takes goods back from: another lane or a tablet may speak of the same."""
    sold = [sale.document for _, sale in batch.sales]
    origins = [told_return.original_document for _, told_return in batch.returns if told_return.original_number]
    orders = [told_return.original_order for _, told_return in batch.returns if told_return.original_order]
    documents = [*sold, *origins, *(void.document for void in batch.voids)]
    return [*((batch.source, document) for document in documents), *((ORDER, number) for number in orders)]


def _lines(event: told.Event) -> Sequence[told.Line]:
    return getattr(event.data, "lines", ())


def _other_stores(connection: Connection, place: Place, events: Events) -> dict[str, Place]:
    """The stores that returns say their originals are from."""
    codes = {
        event.data.original.store
        for _, event in events
        if isinstance(event, told.SaleReturned) and event.data.original and event.data.original.store
    }
    return {place.code: place, **(places_of(connection, sorted(codes)) if codes else {})}


def _corrected(batch: Batch, events: Events) -> dict[tuple[int, str], str]:
    """What stands in the place of the sales that returns name; no query where they name none."""
    originals = [event.data.original for _, event in events if isinstance(event, told.SaleReturned)]
    named = {
        (batch.stores.get(one.store or batch.place.code, batch.place).store_id, one.sale)
        for one in originals
        if one and one.sale
    }
    return standing_numbers(batch.connection, named) if named else {}


def _look_up_persons(batch: Batch, events: Events) -> None:
    spoken_of = [(row.pk, customer) for row, event in events if (customer := customer_of(event))]
    persons = persons_of(
        customers=[customer for _, customer in spoken_of],
        source=batch.source,
        trusts_loyalty=batch.connection.trusts_loyalty,
    )
    batch.persons = {pk: person for (pk, _), person in zip(spoken_of, persons, strict=True)}


def _statement(person_id: int, consent: told.ConsentTold) -> Statement:
    return Statement(
        person_id=person_id,
        channel=consent.channel[:16],
        purpose=consent.purpose[:32],
        state=consent.state,
        at=consent.at,
        wording=consent.wording or "",
        locale=(consent.locale or "")[:16],
        proof=consent.proof or "",
    )


def _keep_unmatched(batch: Batch, recorded: Sequence[Recorded], return_lines: dict[str, dict[str, int]]) -> None:
    """Keep the lines nobody knows, each tied to the order or return line it will complete."""
    order_lines = {
        (sale.document, line.line): pk
        for (_, sale), done in zip(batch.sales, recorded, strict=True)
        for line, pk in zip(sale.lines, done.line_ids, strict=True)
    }
    back = {
        (told_return.document, line): pk
        for _, told_return in batch.returns
        for line, pk in return_lines[told_return.number].items()
    }
    UnmatchedLine.objects.bulk_create(
        [
            UnmatchedLine(
                **row,
                order_line_id=order_lines.get((row["document"], row["line"])),
                return_line_id=back.get((row["document"], row["line"])),
            )
            for row in batch.unmatched
        ],
        ignore_conflicts=True,
    )
