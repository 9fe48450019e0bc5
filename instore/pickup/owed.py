"""What a pickup still costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Sum

from instore.pickup.models import Pickup
from instore.pickup.pick import corrected
from omni_sync.oscar.models import PaymentSource
from omni_sync.payments.models import Payment

ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Owed:
    """``goods`` is what the bag costs, ``paid`` what was taken or is held for it, both with tax."""

    goods: Decimal
    paid: Decimal
    currency: str

    @property
    def due(self) -> Decimal:
        """What is still to pay, never below 0."""
        return max(self.goods - self.paid, ZERO)


def owed(pickup: Pickup) -> Owed:
    """The order's total without what was short, and what is known to be paid or held for it."""
    return Owed(costs(pickup), _paid(pickup), pickup.order.currency)


def costs(pickup: Pickup) -> Decimal:
    """The order's total without what was short, with tax after discounts."""
    short = pickup.lines.exclude(short_reason="").select_related("order_line")
    missing = [corrected(pickup.order, row.order_line, row.quantity - row.picked).amount for row in short]
    total: Decimal = pickup.order.total_incl_tax
    return total - sum(missing, ZERO)


def _paid(pickup: Pickup) -> Decimal:
    """By Oscar's sources; else by the providers that hold money for the order: Oscar may be told of theirs later."""
    sources = PaymentSource.objects.filter(order=pickup.pk)
    sums = sources.aggregate(taken=Sum("amount_allocated"), back=Sum("amount_refunded"))
    taken, back = sums["taken"] or ZERO, sums["back"] or ZERO
    held = Payment.objects.of(str(pickup.order.number)).filter(
        state__in=[Payment.State.AUTHORISED, Payment.State.CAPTURED], cancel_asked_at=None
    )
    provided = sum((payment.amount - payment.refund_asked for payment in held), ZERO)
    return max(taken - back, provided)
