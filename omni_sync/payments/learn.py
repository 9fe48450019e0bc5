"""What the provider says becomes what we know. It may be heard in any order and any number of times."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import structlog
from django.db.models import Sum
from django.utils import timezone

from omni_sync.payments.bounced import is_out_of_date, note_bounced, tell_bounced
from omni_sync.payments.models import Call, Payment
from omni_sync.payments.port import Ending, Seen, Stage
from omni_sync.payments.signals import payment_authorised, payment_captured, payment_failed, payment_refunded
from omni_sync.transactions import inside_transaction

log = structlog.get_logger(__name__)

State = Payment.State
#: A payment moves from a state to one further down only; the last two have nothing after them.
ORDER: Final = {State.NEW: 0, State.OPEN: 1, State.AUTHORISED: 2, State.CAPTURED: 3, State.ENDED: 3}
STATES: Final = {
    Stage.OPEN: State.OPEN,
    Stage.AUTHORISED: State.AUTHORISED,
    Stage.CAPTURED: State.CAPTURED,
    Stage.ENDED: State.ENDED,
}


@inside_transaction
def learn(*, payment_id: int, seen: Seen) -> Payment:
    """Bring the payment to where the provider has it, and say what is new by signals. Never a step back."""
    payment = Payment.objects.select_for_update(no_key=True).get(pk=payment_id)
    before, captured, refunded = State(payment.state), payment.captured, payment.refunded
    after = STATES[seen.stage]
    if ORDER[after] > ORDER[before]:
        payment.state = after
        if after == State.ENDED:
            payment.ending = _ending(payment, seen)
    elif ORDER[after] == ORDER[before] and after != before:
        log.error("payment told two ends", payment=payment.pk, known=before.value, seen=after.value)
    bounced = note_bounced(payment=payment, seen=seen)
    refunded = min(refunded, payment.refunded)
    _note(payment, seen)
    payment.save()
    _tell(payment, before)
    if payment.captured > captured:
        payment_captured.send(Payment, payment_id=payment.pk, amount=payment.captured - captured)
    if payment.refunded > refunded:
        rise = payment.refunded - refunded
        payment_refunded.send(Payment, payment_id=payment.pk, amount=rise, total=payment.refunded)
    tell_bounced(bounced)
    return payment


def _ending(payment: Payment, seen: Seen) -> Ending:
    """A page that we closed is told to have expired."""
    if seen.ending in (None, Ending.EXPIRED) and payment.cancel_asked_at is not None:
        return Ending.CANCELLED
    return seen.ending or Ending.CANCELLED


def _note(payment: Payment, seen: Seen) -> None:
    payment.looked_at = timezone.now()
    payment.intent = payment.intent or seen.intent or None
    payment.capture_before = seen.capture_before or payment.capture_before
    if seen.declined and payment.state == State.OPEN and payment.declined_for != seen.declined:
        payment.declined_at, payment.declined_for = timezone.now(), seen.declined[:64]
    if payment.state == State.CAPTURED:
        payment.captured = max(payment.captured, min(seen.captured, payment.amount))
        if not is_out_of_date(payment=payment, seen=seen):
            payment.refunded = max(payment.refunded, min(seen.refunded, payment.captured))
        # Somebody may have given money back in the provider's own office: that is not left to give back, nor is what
        # we asked for and have no answer about.
        gone = min(payment.refunded + _on_its_way(payment, seen), payment.captured)
        payment.refund_asked = max(payment.refund_asked, gone)


def _on_its_way(payment: Payment, seen: Seen) -> Decimal:
    """What the provider is still to give back for us, as far as it was seen. One query."""
    waiting = Call.objects.filter(payment=payment, kind=Call.Kind.REFUND, state=Call.State.WAITING)
    found = waiting.exclude(key__in=seen.refunds | seen.bounced).aggregate(all=Sum("amount"))
    return found["all"] or Decimal(0)


def _tell(payment: Payment, before: Payment.State) -> None:
    """Each state that was passed, once."""
    was_held = ORDER[before] >= ORDER[State.AUTHORISED]
    if payment.state in (State.AUTHORISED, State.CAPTURED) and not was_held:
        payment_authorised.send(Payment, payment_id=payment.pk)
    if payment.state == State.ENDED and before != State.ENDED:
        payment_failed.send(Payment, payment_id=payment.pk, ending=Ending(payment.ending))
