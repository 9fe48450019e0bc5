"""A till hands over what was ordered: the promise ends, the order is paid, and no second order is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from omni_sync import conf
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.people.account import person_id_of
from omni_sync.sales.documents import Payment, SaleToRecord
from omni_sync.sales.models import FOR, Sale
from omni_sync.sales.record import payment_type
from omni_sync.sales.signals import order_costs_asked, order_handed_over, sale_recorded
from omni_sync.sales.touch import touch_document
from omni_sync.sales.void import void_sale, voided_documents
from omni_sync.stock.dispatch import dispatch, give_back
from omni_sync.stock.hold import Holder, Line
from omni_sync.stock.models import Hold, Movement
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class Claim:
    """A line of a till sale that says it is this line, counted from 1, of this order."""

    order: str
    order_line: str
    stockrecord_id: int | None
    quantity: int


@inside_transaction
def hand_over(*, claim: Claim) -> Order | None:
    """End the promise that ``claim`` names, and return its order; None if there is no such promise to end.

    No promise: the order is unknown, its line another product or another store's, or already collected. The caller
    has locked the level, and posts the movement.
    """
    order = Order.objects.filter(number=claim.order).first()
    if order is None or claim.stockrecord_id is None:
        return None
    records = list(order.lines.order_by("pk").values_list("stockrecord_id", flat=True))
    position = int(claim.order_line) if claim.order_line.isdecimal() else 0
    if not 0 < position <= len(records) or records[position - 1] != claim.stockrecord_id:
        return None
    holder = Holder(Hold.ORDER, claim.order)
    held = Hold.objects.open().of(holder.kind, holder.key)
    if not held.filter(stockrecord=claim.stockrecord_id, quantity__gte=claim.quantity).exists():
        return None
    give_back(holder=holder, lines=[Line(claim.stockrecord_id, claim.quantity)], reason=Hold.Reason.COLLECTED)
    if not held.exists():
        Order.objects.filter(pk=order.pk).update(status=conf.sold_status())
    return order


def part_of(number: str, order: str) -> str:
    """How the part of a till's document that handed over an order is numbered."""
    return f"{number}{FOR}{order}"


@inside_transaction
def pay_order(*, order: Order, sale: SaleToRecord, paid: Sequence[Payment]) -> None:
    """Note on an order what was paid for it at the till; its first hand-over makes it a sale of that store.

    A till that voided it before it told it is heard afterwards.
    """
    for payment in paid:
        PaymentSource.objects.create(
            order=order,
            source_type_id=payment_type(payment.method),
            currency=sale.currency,
            amount_allocated=payment.amount,
            amount_debited=payment.amount,
            reference=payment.reference,
        )
    row, made = Sale.objects.get_or_create(
        order=order,
        defaults={
            "source": sale.where.source,
            "store_id": sale.where.store_id,
            "number": part_of(sale.number, order.number),
            "event_id": sale.event_id,
            "occurred_at": sale.occurred_at,
            "currency": sale.currency,
            "channel": sale.channel,
            "register": sale.register,
            "associate": sale.associate,
            "person_id": sale.person_id or person_id_of(user_id=order.user_id),
            "flags": sorted(sale.flags),
            "tax_included": sale.tax_included,
            "total": _costs(order),
            "claim_hash": sale.claim_hash,
        },
    )
    if made:
        touch_document(row)
        sale_recorded.send(sender=Sale, sale_ids=[row.pk])
    order_handed_over.send(sender=Sale, order=order, sale=sale)
    for voided_at in voided_documents([(sale.where.source, sale.document)]).values():
        void_sale(where=sale.where, number=sale.number, at=voided_at)


@inside_transaction
def hand_over_all(*, order: Order, store_id: int, associate: str, register: str) -> None:
    """All that the order still holds leaves by hand, without a till: it is a sale of this store, if it was none before.

    Whoever pays for it is noted elsewhere. Said again, it has no effect.
    """
    held = Hold.objects.open().of(Hold.ORDER, order.number)
    dispatch(
        holder=Holder(Hold.ORDER, order.number),
        lines=[Line(record, quantity) for record, quantity in held.values_list("stockrecord_id", "quantity")],
        document=f"{order.number}/collected",
        kind=Movement.Kind.HAND_OVER,
        reason=Hold.Reason.COLLECTED,
    )
    Order.objects.filter(pk=order.pk).update(status=conf.sold_status())
    row, made = Sale.objects.get_or_create(
        order=order,
        defaults={
            "source": Sale.Channel.TABLET.value,
            "store_id": store_id,
            "number": order.number,
            "occurred_at": timezone.now(),
            "currency": order.currency,
            "channel": Sale.Channel.TABLET.value,
            "register": register[:64],
            "associate": associate[:64],
            "person_id": person_id_of(user_id=order.user_id),
            "total": _costs(order),
        },
    )
    if made:
        touch_document(row)
        sale_recorded.send(sender=Sale, sale_ids=[row.pk])


def _costs(order: Order) -> Decimal:
    """What is left of the order's total once what was missing is taken off."""
    answers = order_costs_asked.send(sender=Order, order=order)
    return min((Decimal(told) for _, told in answers if told is not None), default=Decimal(order.total_incl_tax))


def is_covered(order: Order) -> bool:
    """Whether what it costs is held or was paid, and did not go back."""
    sums = PaymentSource.objects.filter(order=order).aggregate(
        came=Sum("amount_allocated", default=Decimal(0)), back=Sum("amount_refunded", default=Decimal(0))
    )
    return bool(sums["came"] - sums["back"] >= _costs(order))


def split_payments(payments: Sequence[Payment], due: Decimal) -> tuple[list[Payment], list[Payment]]:
    """The first of the money, up to ``due``, and what is left of it."""
    first: list[Payment] = []
    rest: list[Payment] = []
    for payment in payments:
        part = min(payment.amount, due) if due > 0 else Decimal(0)
        due -= part
        if part:
            first.append(Payment(payment.method, part, payment.reference))
        if payment.amount - part:
            rest.append(Payment(payment.method, payment.amount - part, payment.reference))
    return first, rest
