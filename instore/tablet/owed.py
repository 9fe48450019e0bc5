"""The money that is taken for a pickup over the counter."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from instore.pickup.models import Pickup
from omni_sync.oscar.models import PaymentSource
from omni_sync.sales.record import payment_type
from omni_sync.transactions import inside_transaction


class Method(models.TextChoices):
    """How somebody pays at the counter."""

    CASH = "cash", _("cash")
    CARD = "card", _("card")


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
