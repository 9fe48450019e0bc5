"""What is learnt about a payment is followed by its order: by a worker, after commit, or in Oscar's own rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.dispatch import receiver

from omni_sync.checkout.account import capture_refused, note_captured, note_ended, note_refunded
from omni_sync.checkout.money import keep, payment_of
from omni_sync.oscar.signals import order_let_go
from omni_sync.payments.models import Call
from omni_sync.payments.signals import (
    call_refused,
    payment_authorised,
    payment_captured,
    payment_failed,
    payment_refunded,
)
from omni_sync.poke import poke_once

log = structlog.get_logger(__name__)


@receiver([payment_authorised, payment_failed], dispatch_uid="lintas.checkout.decided")
def settle_soon(sender: Any, **_: Any) -> None:
    """Nothing is locked here: who settles locks the intended order first and the payment last."""
    transaction.on_commit(_wake_a_worker, robust=True)


@receiver(payment_captured, dispatch_uid="lintas.checkout.captured")
def follow_capture(sender: Any, payment_id: int, **_: Any) -> None:
    """Oscar's source is debited; what was taken for an order that was called off meanwhile goes back."""
    note_captured(payment_id=payment_id)


@receiver(payment_refunded, dispatch_uid="lintas.checkout.refunded")
def follow_refund(sender: Any, payment_id: int, amount: Any, total: Any, **_: Any) -> None:
    """Oscar's source shows it."""
    note_refunded(payment_id=payment_id, amount=amount, total=total)


@receiver(payment_failed, dispatch_uid="lintas.checkout.failed")
def follow_end(sender: Any, payment_id: int, ending: Any, **_: Any) -> None:
    """Nothing is held for its order any more."""
    note_ended(payment_id=payment_id, ending=ending)


@receiver(call_refused, dispatch_uid="lintas.checkout.refused")
def follow_refusal(sender: Any, payment_id: int, kind: Any, code: str, **_: Any) -> None:
    """Staff must know of goods that were handed over and not paid, and of money that was not given back."""
    capture_refused(payment_id=payment_id, kind=Call.Kind(kind), code=code)


@receiver(order_let_go, dispatch_uid="lintas.checkout.let_go")
def give_back(sender: Any, order: Any, **_: Any) -> None:
    """A cancelled order keeps nobody's money."""
    payment = payment_of(order)
    if payment is not None:
        keep(payment=payment, amount=Decimal(0))


def _wake_a_worker() -> None:
    from omni_sync.checkout.tasks import settle_paid_orders

    poke_once(settle_paid_orders)
