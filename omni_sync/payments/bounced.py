"""Money that was given back and came back: the shopper's account was closed, or their bank would not have it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from omni_sync.payments.models import Call, Payment
from omni_sync.payments.port import Seen
from omni_sync.payments.signals import call_refused
from omni_sync.transactions import inside_transaction

CODE: Final = "bounced"
Kind, State = Call.Kind, Call.State


@inside_transaction
def note_bounced(*, payment: Payment, seen: Seen) -> list[Call]:
    """Take refunds that came back out of the sums of ``payment``, locked and saved by the caller; each once."""
    if not seen.bounced:
        return []
    mine = Call.objects.filter(payment=payment, kind=Kind.REFUND, key__in=seen.bounced, state=State.DONE)
    calls = list(mine.order_by("pk"))
    lost = sum((call.amount or Decimal(0) for call in calls), Decimal(0))
    mine.update(state=State.REFUSED, answer=CODE)
    payment.refunded = max(payment.refunded - lost, Decimal(0))
    payment.refund_asked = max(payment.refund_asked - lost, payment.refunded)
    return calls


def is_out_of_date(*, payment: Payment, seen: Seen) -> bool:
    """Whether it was seen before we heard that one of its refunds came back."""
    if not seen.refunds:
        return False
    return Call.objects.filter(payment=payment, key__in=seen.refunds, state=State.REFUSED, answer=CODE).exists()


def tell_bounced(calls: list[Call]) -> None:
    """As for anything the provider would not do."""
    for call in calls:
        call_refused.send(Call, payment_id=call.payment_id, call_id=call.pk, kind=Kind(call.kind), code=CODE)
