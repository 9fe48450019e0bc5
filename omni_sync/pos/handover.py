"""Sale lines that name an order: hand-overs where the order can be handed over here, ordinary sales where not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from omni_sync.money import document
from omni_sync.oscar.models import Order
from omni_sync.pos.batch import Batch
from omni_sync.sales.documents import ZERO, SaleLine, SaleToRecord
from omni_sync.sales.handover import Claim, hand_over, is_covered, pay_order, split_payments
from omni_sync.sales.models import Flag
from omni_sync.stock.models import Movement
from omni_sync.stock.post import lock
from omni_sync.transactions import inside_transaction


@dataclass(slots=True)
class _Outcome:
    """What became of the lines of one sale that named orders."""

    handed_over: dict[str, Claim]
    lines_of: dict[int, list[SaleLine]]
    orders: dict[int, Order]
    refused: bool


@inside_transaction
def settle_hand_overs(batch: Batch) -> None:
    """Take handed-over lines out of the sales they stand in, pay their orders, and flag what named no promise.

    A sale of which nothing is left is not recorded as one: its order is the sale.
    """
    if not batch.claims:
        return
    lock(postings=batch.postings, voids=batch.voids)
    remaining = []
    for row, sale in batch.sales:
        claims = batch.claims.get(row.pk)
        left = _settle(batch, sale, claims) if claims else sale
        if left is not None:
            remaining.append((row, left))
    batch.sales = remaining


def _settle(batch: Batch, sale: SaleToRecord, claims: dict[str, Claim]) -> SaleToRecord | None:
    outcome = _try(sale, claims)
    if outcome.refused:
        sale = replace(sale, flags=[*sale.flags, Flag.ORDER_MISMATCH.value])
    left = [line for line in sale.lines if line.line not in outcome.handed_over]
    is_all = len(outcome.orders) == 1 and not left  # the ticket is of one purchase, and so is what it claims
    dues = {pk: _sum_of(lines, sale) for pk, lines in outcome.lines_of.items()}
    budget = sum((payment.amount for payment in sale.payments), ZERO)
    if left:  # what is bought beside the orders was paid first: they may have been paid before
        budget -= _costs_beside(sale, left, sum(dues.values(), ZERO))
    for pk, due in sorted(dues.items(), key=lambda one: len(dues) > 1 and is_covered(outcome.orders[one[0]])):
        paid, rest = split_payments(sale.payments, min(due, budget))
        budget -= sum((payment.amount for payment in paid), ZERO)
        pay_order(order=outcome.orders[pk], sale=sale if is_all else replace(sale, claim=""), paid=paid)
        sale = replace(sale, payments=rest, total=None if sale.total is None else sale.total - due)
    batch.postings = [
        replace(p, kind=Movement.Kind.HAND_OVER.value, reference=claim.order)
        if p.document == sale.document and (claim := outcome.handed_over.get(p.line))
        else p
        for p in batch.postings
    ]
    return replace(sale, lines=left) if left else None


def _sum_of(lines: Sequence[SaleLine], sale: SaleToRecord) -> Decimal:
    money = [document.Line(line.amount, line.tax) for line in lines]
    return document.total_of(lines=money, tax_included=sale.tax_included)


def _costs_beside(sale: SaleToRecord, left: Sequence[SaleLine], due: Decimal) -> Decimal:
    """What is not of an order on the ticket, with the ticket's own discount and rounding."""
    if sale.total is not None:
        return max(sale.total - due, ZERO)
    return max(_sum_of(left, sale) - sale.discount + sale.shipping + sale.rounding, ZERO)


def _try(sale: SaleToRecord, claims: dict[str, Claim]) -> _Outcome:
    outcome = _Outcome({}, defaultdict(list), {}, refused=False)
    for line in sale.lines:
        claim = claims.get(line.line)
        if claim is None:
            continue
        order = hand_over(claim=claim)
        if order is None:
            outcome.refused = True
            continue
        outcome.handed_over[line.line] = claim
        outcome.orders[order.pk] = order
        outcome.lines_of[order.pk].append(line)
    return outcome
