"""Goods that were paid with goods: what they are worth goes back the way the first of them was paid.

Every order keeps its own account. An exchange takes value out of one and brings it into the next; a refund takes it
back through each exchange on the way, until it is with the order that money was paid for.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from instore.returns.tenders import ZERO, Hop, Share, Tender, in_turn, tenders_of
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.sales.documents import VOUCHER, Payment
from omni_sync.sales.exchanged import EXCHANGE, paid_with_goods_of
from omni_sync.sales.models import Return
from omni_sync.sales.record import payment_type
from omni_sync.transactions import inside_transaction


def ways_of(order: Order, *, lock: bool = False, seen: frozenset[int] = frozenset()) -> list[Tender]:
    """``tenders_of`` with the ways behind goods that paid for these; together they are left of as much.

    Three queries more for every exchange on the way, none where money alone was paid.
    """
    own = tenders_of(order, lock=lock)
    came = [one for one in own if one.code == EXCHANGE and one.left > ZERO]
    origin = paid_with_goods_of(order) if came else None
    if origin is None or origin.pk in seen:
        return own
    behind = ways_of(origin, lock=lock, seen=seen | {order.pk})
    return in_turn([*(one for one in own if one not in came), *_through(came, behind, int(origin.pk))])


def _through(came: list[Tender], behind: list[Tender], origin: int) -> list[Tender]:
    """``came`` as the ways of its origin, as far as these go; what they don't cover stays goods."""
    found, spare = [], {number: one.left for number, one in enumerate(behind) if one.code != EXCHANGE}
    for value in came:
        rest = value.left
        for number, one in enumerate(behind):
            part = min(max(spare.get(number, ZERO), ZERO), rest)
            if part:
                found.append(replace(one, left=part, hops=(Hop(value.reference, origin), *one.hops)))
                spare[number] -= part
                rest -= part
        if rest:
            found.append(replace(value, left=rest))
    return found


def as_noted(share: Share) -> Payment | None:
    """What is noted of ``share`` on the order itself; nothing of what a provider gives back, which notes it there."""
    tender = share.tender
    if tender.hops:
        return Payment(EXCHANGE, share.amount, tender.hops[0].number)
    return None if tender.payment else Payment(tender.code, share.amount, tender.reference)


@inside_transaction
def give_through(*, row: Return, shares: list[Share], vouchers: list[Payment]) -> None:
    """Take what goes back through exchanges back to where it was paid, and let ``row`` say which way that is.

    ``vouchers`` are those that some of it goes onto.
    """
    far = [share for share in shares if share.tender.hops]
    for share in far:
        hops = share.tender.hops
        for hop, beyond in zip_longest(hops, hops[1:]):
            _note(row, hop.order_id, EXCHANGE, hop.number, came=share.amount)
            if beyond is not None:
                _note(row, hop.order_id, EXCHANGE, beyond.number, back=share.amount)
        if share.tender.payment is None:
            _note(row, hops[-1].order_id, share.tender.code, "", back=share.amount)
    if far:
        by_hand = [share for share in shares if share.tender.payment is None and share.tender.code != VOUCHER]
        own = [noted for share in by_hand if not share.tender.hops and (noted := as_noted(share))]
        there = [Payment(share.tender.code, share.amount) for share in by_hand if share.tender.hops]
        row.refunds = [
            {"method": one.method, "amount": str(one.amount), "reference": one.reference}
            for one in [*own, *there, *vouchers]
        ]
        row.save(update_fields=["refunds"])


def _note(row: Return, order_id: int, method: str, reference: str, **sums: Decimal) -> None:
    amounts: dict[str, Any] = {"amount_debited": sums.get("came", ZERO), "amount_refunded": sums.get("back", ZERO)}
    PaymentSource.objects.create(
        order_id=order_id,
        source_type_id=payment_type(method),
        currency=row.currency,
        reference=reference,
        label=row.number[:128],
        amount_allocated=amounts["amount_debited"],
        **amounts,
    )
