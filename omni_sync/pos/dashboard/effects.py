"""What one event did to the books, read back from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from omni_sync.oscar.models import Order
from omni_sync.pos.corrections import ledger_key
from omni_sync.pos.models import InboxEvent, OutboxEvent, UnmatchedLine
from omni_sync.sales.handover import part_of
from omni_sync.sales.models import Flag, Return, Sale
from omni_sync.stock.models import Movement

MOST: Final = 200
#: A transaction of the inbox is over long before.
SOON: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement, and whether it changes what is on hand today."""

    movement: Movement
    is_undone: bool
    counted_since: datetime | None


@dataclass(frozen=True, slots=True)
class Effects:
    """Orders, returns, movements, promises kept, lines without a product, and what other systems were told."""

    sales: Sequence[Sale] = ()
    returns: Sequence[Return] = ()
    moved: Sequence[Moved] = ()
    handed_over: Sequence[Order] = ()
    unmatched: Sequence[UnmatchedLine] = ()
    told: Sequence[OutboxEvent] = ()
    flags: Sequence[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Nothing of it can be seen in the books."""
        return not (self.sales or self.returns or self.moved or self.unmatched)


def effects_of(event: InboxEvent) -> Effects:
    """Everything in the books that came of ``event``; the first ``MOST`` of each."""
    source, key = event.connection.name, ledger_key(event)
    kind, _, number = event.document.partition("/")
    sales, returns = (
        _sales(event, number) if kind == "sale" else [],
        _returns(event, number) if kind == "return" else [],
    )
    moved = _moved(_movements(event, source, key, kind, number))
    unmatched = list(UnmatchedLine.objects.filter(source=source, document=key).order_by("pk")[:MOST])
    return Effects(
        sales=sales,
        returns=returns,
        moved=moved,
        handed_over=_handed_over(moved),
        unmatched=unmatched,
        told=_told(event, sales, moved),
        flags=[str(Flag(flag).label) for flag in sorted({f for doc in (*sales, *returns) for f in doc.flags})],
    )


def _sales(event: InboxEvent, number: str) -> list[Sale]:
    """The sale of that number, and the parts of it that paid what was handed over."""
    data = event.payload.get("data") if isinstance(event.payload, dict) else None
    lines = data.get("lines") if isinstance(data, dict) else None
    orders = {line.get("order") for line in lines if isinstance(line, dict)} if isinstance(lines, list) else set()
    numbers = [number, *(part_of(number, str(order)) for order in sorted(map(str, orders - {None})))]
    mine = Sale.objects.filter(source=event.connection.name, store=event.store_id, number__in=numbers[:MOST])
    return list(mine.filter(event_id=event.event_id).select_related("order").order_by("pk"))


def _returns(event: InboxEvent, number: str) -> list[Return]:
    mine = Return.objects.filter(source=event.connection.name, store=event.store_id, number=number)
    return list(mine.select_related("order"))


def _movements(event: InboxEvent, source: str, key: str, kind: str, number: str) -> QuerySet[Movement]:
    if kind == "void":
        voided = f"{event.store.code}/{number}"
        returns = Movement.objects.filter(source=source, origin=voided).values_list("document", flat=True).distinct()
        answers = [f"void/{document}" for document in (voided, *returns)]
        return Movement.objects.filter(source=source, document__in=answers)
    return Movement.objects.filter(source=source, document=key)


def _moved(movements: QuerySet[Movement]) -> list[Moved]:
    answered = movements.annotate(is_undone=Exists(Movement.objects.filter(answers=OuterRef("pk"))))
    rows = answered.select_related("stockrecord__product__parent", "stockrecord__partner", "stockrecord__level")
    return [Moved(m, m.is_undone, _counted_since(m)) for m in rows.order_by("pk")[:MOST]]


def _counted_since(movement: Movement) -> datetime | None:
    """The count in force that this movement is already in; None where it changes today's figure."""
    counted_at: datetime | None = movement.stockrecord.level.counted_at
    is_count = movement.kind == Movement.Kind.COUNTED
    covered = counted_at and (
        movement.occurred_at < counted_at or (movement.occurred_at == counted_at and not is_count)
    )
    return counted_at if covered else None


def _handed_over(moved: Sequence[Moved]) -> list[Order]:
    numbers = {m.movement.reference for m in moved if m.movement.kind == Movement.Kind.HAND_OVER}
    return list(Order.objects.filter(number__in=numbers).order_by("number")) if numbers else []


def _told(event: InboxEvent, sales: Sequence[Sale], moved: Sequence[Moved]) -> list[OutboxEvent]:
    """What other systems were told in the transaction that applied it: of this sale, and of these goods.

    That transaction wrote the sale's own row. Where there is no sale: it had the goods' levels locked from before it
    wrote their movements until it was over, so what was told of them next was told by it.
    """
    number = event.document.partition("/")[2]
    skus = sorted({m.movement.stockrecord.partner_sku for m in moved})
    if sales:
        first = _first_after(event, sales[0].recorded_at, {"data__sale": number})
    elif moved:
        first = _first_after(event, moved[0].movement.recorded_at, {"data__sku__in": skus})
    else:
        return []
    if first is None:
        return []
    same = OutboxEvent.objects.filter(store=event.store_id, xact=first.xact)
    mine = Q(data__sku__in=skus) | Q(data__sale=number)
    return list(same.filter(mine).order_by("pk")[:MOST])


def _first_after(event: InboxEvent, moment: datetime, about: dict[str, Any]) -> OutboxEvent | None:
    soon = OutboxEvent.objects.filter(store=event.store_id, at__gte=moment, at__lt=moment + SOON, **about)
    return soon.order_by("pk").first()
