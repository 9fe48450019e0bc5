"""What a bag that was paid for beforehand costs: taken when it is handed over, given back where nobody gets it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from instore.pickup.models import Pickup, State
from instore.pickup.moves import take_turn
from instore.pickup.owed import ZERO, costs
from omni_sync.checkout.account import note_over
from omni_sync.checkout.money import keep, payment_of, take
from omni_sync.oscar.models import PaymentSource
from omni_sync.payments.exceptions import AuthorisationOver
from omni_sync.payments.models import Payment
from omni_sync.transactions import inside_transaction

#: So long before the bank lets go of the money it is taken, with the goods still at the counter.
MARGIN: Final = timedelta(hours=12)


@inside_transaction
def settle_up(*, pickup: Pickup) -> None:
    """Bring the money held or taken online to what the pickup costs now; one that is paid in the store is left alone.

    Handed over: what is in the bag is taken, the rest let go of. Short before or after: what was taken too much is
    given back. Nobody gets it: all of it is. To be said at every change; said again, it has no effect.
    """
    payment = payment_of(pickup.order)
    if payment is None:
        return
    if pickup.state == State.COLLECTED:
        _take(payment, pickup)
    else:
        keep(payment=payment, amount=_due(payment, pickup) if pickup.is_open else ZERO)


def take_before_it_ends() -> int:
    """Take what is held for open pickups before the bank lets go of it; for how many."""
    now = timezone.now()
    ending = Payment.objects.undecided().filter(
        state=Payment.State.AUTHORISED, capture_before__range=(now, now + MARGIN)
    )
    numbers = ending.values_list("reference", flat=True)
    taken = 0
    for pickup_id in list(Pickup.objects.open().filter(order__number__in=numbers).values_list("pk", flat=True)):
        with transaction.atomic():
            pickup = take_turn(pickup_id)
            payment = payment_of(pickup.order)
            if pickup.is_open and payment is not None:
                taken += _take(payment, pickup)
    return taken


def _take(payment: Payment, pickup: Pickup) -> bool:
    """Once; what is too late is in front of staff, and the goods go on their way."""
    try:
        take(payment=payment, amount=min(_due(payment, pickup), payment.amount))
    except AuthorisationOver:
        note_over(order=pickup.order, payment=payment)
        return False
    return True


def _due(payment: Payment, pickup: Pickup) -> Decimal:
    """What the bag costs, without what was paid for it in another way, as at a till."""
    others = PaymentSource.objects.filter(order=pickup.pk).exclude(Q(reference=payment.key))
    sums = others.aggregate(taken=Sum("amount_debited"), back=Sum("amount_refunded"))
    return costs(pickup) - (sums["taken"] or ZERO) + (sums["back"] or ZERO)
