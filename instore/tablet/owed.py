"""What a pickup still costs, and the money that is taken for it over the counter."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from instore.pickup.models import Pickup
from instore.pickup.money import costs
from omni_sync.oscar.models import PaymentSource
from omni_sync.payments.models import Payment
from omni_sync.sales.record import payment_type
from omni_sync.transactions import inside_transaction

ZERO: Final = Decimal(0)


class Method(models.TextChoices):
    """How somebody pays at the counter."""

    CASH = "cash", _("cash")
    CARD = "card", _("card")


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


@inside_transaction
def take(*, pickup: Pickup, amount: Decimal, method: Method, place: str) -> None:
    """Note that ``amount`` was paid for the pickup, at the tablet called ``place``."""
    PaymentSource.objects.create(
        order=pickup.order,
        source_type_id=payment_type(method.value),
        currency=pickup.order.currency,
        amount_allocated=amount,
        amount_debited=amount,
        label=place[:128],
    )


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
