"""One document in the place of another: what the first one did is taken back, at its own instant."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from omni_sync.pos.batch import Batch
from omni_sync.pos.models import Connection, InboxEvent, UnmatchedLine
from omni_sync.sales.correct import replace_return, replace_sale, stand_in
from omni_sync.sales.models import Sale
from omni_sync.sales.record import Recorded
from omni_sync.stock.models import Movement, Void
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting, VoidOf
from omni_sync.stock.void import take_turns
from omni_sync.transactions import inside_transaction


def first_told(event: InboxEvent) -> InboxEvent | None:
    """The event that ``event`` contradicts, by its number or else by its id; None when nothing is in its way."""
    known = InboxEvent.objects.filter(connection=event.connection_id).exclude(state__in=InboxEvent.KEYLESS)
    numbered = known.exclude(state=InboxEvent.State.DUPLICATE)
    found = numbered.filter(store=event.store_id, document=event.document).first()
    found = found or known.filter(event_id=event.event_id).first()
    if found is not None and found.state == InboxEvent.State.DUPLICATE:
        found = numbered.filter(store=found.store_id, document=found.document).first()
    return (found.corrects or found) if found else None


def standing(first: InboxEvent) -> InboxEvent:
    """What holds now of the event first told: the last correction of it, or itself."""
    return first.corrections.exclude(state__in=InboxEvent.KEYLESS).order_by("-pk").first() or first


def in_place_of(sale: Sale) -> Sale | None:
    """The sale, with its order, that stands in the place of ``sale``, which was not as told; None for none."""
    told = InboxEvent.objects.filter(connection__name=sale.source, store=sale.store_id, document=f"sale/{sale.number}")
    event = told.exclude(state__in=InboxEvent.KEYLESS).exclude(state=InboxEvent.State.DUPLICATE).first()
    if event is None:
        return None
    number = standing(event.corrects or event).document.partition("/")[2]
    mine = Sale.objects.filter(source=sale.source, store=sale.store_id, number=number, voided_at=None)
    return mine.select_related("order").first()


@inside_transaction
def take_back(event: InboxEvent) -> None:
    """Answer what the document of ``event`` itself moved with the opposite, and note it on the sale or return.

    No void: the till may still void the document, and what was returned of it was returned all the same.
    """
    key, source = ledger_key(event), event.connection.name
    open_lines = UnmatchedLine.objects.filter(source=source, document=key, healed_at=None)
    open_lines.update(moves_stock=False, healed_at=timezone.now())
    mine = Movement.objects.filter(source=source, document=key, answers=None).exclude(kind=Movement.Kind.COUNTED)
    origins = mine.exclude(origin="").values_list("origin", flat=True)
    take_turns((source, document) for document in {key, *origins})
    post(postings=_answers(mine))
    kind, _, number = event.document.partition("/")
    if kind == "sale":
        replace_sale(source=source, store_id=event.store_id, number=number, at=event.occurred_at)
    elif kind == "return":
        replace_return(source=source, store_id=event.store_id, number=number, at=event.occurred_at)


@inside_transaction
def inherit_void(*, first: InboxEvent, new: InboxEvent) -> None:
    """What the till voided stays voided, with another content too."""
    void = Void.objects.filter(source=first.connection.name, document=ledger_key(first)).first()
    if void is not None:
        post(voids=[VoidOf(void.source, ledger_key(new), void.occurred_at, void.event_id)])


def void_corrections(batch: Batch) -> None:
    """A void names a document as its till numbers it: it answers what took the place of that as well."""
    told = {f"sale/{sale}" if sale else f"return/{back}": at for sale, back, at in reversed(batch.voided)}
    if not told:
        return
    found = InboxEvent.objects.filter(
        corrects__connection=batch.connection, corrects__store=batch.place.store_id, corrects__document__in=told
    ).exclude(state__in=InboxEvent.KEYLESS)
    for correction in found.select_related("corrects"):
        assert correction.corrects is not None
        at = told[correction.corrects.document]
        kind, _, number = correction.document.partition("/")
        batch.voids.append(VoidOf(batch.source, f"{batch.place.code}/{correction.document}", at))
        batch.voided.append((number, None, at) if kind == "sale" else (None, number, at))


@inside_transaction
def carry_over(batch: Batch, recorded: Sequence[Recorded]) -> None:
    """What came back of a sale came back of the one that now stands in its place."""
    for (row, sale), done in zip(batch.sales, recorded, strict=True):
        if row.corrects is not None:
            told = [row.corrects, *row.corrects.corrections.exclude(pk=row.pk)]
            stand_in(where=sale.where, numbers=[one.document.partition("/")[2] for one in told], order_id=done.order_id)


def standing_numbers(connection: Connection, sales: Collection[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """By store and number, what stands in the place of those of these sales that were corrected. One query."""
    documents = {f"sale/{number}" for _, number in sales}
    found = InboxEvent.objects.filter(
        corrects__connection=connection,
        corrects__store__in={store for store, _ in sales},
        corrects__document__in=documents,
    ).exclude(state__in=InboxEvent.KEYLESS)
    rows = found.order_by("pk").values_list("corrects__store", "corrects__document", "document")
    return {(store, first.partition("/")[2]): new.partition("/")[2] for store, first, new in rows}


def ledger_key(event: InboxEvent) -> str:
    """How the ledger names the document of an event."""
    return f"{event.store.code}/{event.document}"


def _answers(movements: QuerySet[Movement]) -> list[Posting]:
    """What is missing so that each movement is answered in full; numbered as the answers to voids are."""
    given = movements.annotate(answered=Coalesce(Sum("answered_by__quantity"), 0), times=Count("answered_by"))
    return [
        Posting(
            m.stockrecord_id,
            Movement.Kind.VOID,
            -m.quantity - m.answered,
            m.occurred_at,
            m.source,
            f"void/{m.document}",
            f"{m.pk}/{m.times}",
            answers=m.pk,
        )
        for m in given.order_by("pk")
        if m.quantity + m.answered
    ]
