"""Oscar's own account of an order's money follows the payment, and staff read on the order what went wrong."""

from __future__ import annotations

from decimal import Decimal

import structlog
from django.utils.translation import get_language, gettext

from omni_sync.checkout.money import keep
from omni_sync.conf import means_cancelled
from omni_sync.money.formatting import format_money
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.payments.models import Call, Payment
from omni_sync.payments.port import Ending
from omni_sync.transactions import inside_transaction

log = structlog.get_logger(__name__)
ZERO = Decimal(0)


@inside_transaction
def note_captured(*, payment_id: int) -> None:
    """What was taken is debited; the rest is no longer held. An order that was called off meanwhile keeps nothing."""
    payment = Payment.objects.get(pk=payment_id)
    source = _source(payment)
    if source is None:
        return
    rise = payment.captured - source.amount_debited
    source.amount_allocated = source.amount_debited = payment.captured
    source.save()
    if rise > ZERO:
        source.transactions.create(txn_type="Debit", amount=rise, reference=payment.intent or "", status="")
    if means_cancelled(source.order.status):
        keep(payment=payment, amount=ZERO)


@inside_transaction
def note_refunded(*, payment_id: int, amount: Decimal, total: Decimal) -> None:
    """What was given back is refunded."""
    payment = Payment.objects.get(pk=payment_id)
    source = _source(payment)
    if source is None:
        return
    source.amount_refunded = total
    source.save()
    source.transactions.create(txn_type="Refund", amount=amount, reference=payment.intent or "", status="")


@inside_transaction
def note_ended(*, payment_id: int, ending: Ending) -> None:
    """Nothing is held any more; where nobody let go of it, the order is to be paid again and staff are told."""
    payment = Payment.objects.get(pk=payment_id)
    source = _source(payment)
    if source is None:
        return
    source.amount_allocated = source.amount_debited
    source.save()
    if ending == Ending.LAPSED or payment.cancel_asked_at is None:
        _lost(source.order, payment)


@inside_transaction
def note_over(*, order: Order, payment: Payment) -> None:
    """The bank's word was good until a time, and the goods were handed over after it: staff are told."""
    _lost(order, payment)


@inside_transaction
def capture_refused(*, payment_id: int, kind: Call.Kind, code: str) -> None:
    """The provider will not do it: a line in the log, and a note on the order in front of staff.

    What the shopper's bank sent back did not go back: Oscar's source shows it.
    """
    payment = Payment.objects.get(pk=payment_id)
    source = _source(payment)
    number = source.order.number if source else payment.reference
    log.error("money needs a person", order=number, payment=payment.pk, kind=kind.value, code=code)
    if source is not None:
        if source.amount_refunded > payment.refunded:
            source.amount_refunded = payment.refunded
            source.save()
        amount = format_money(payment.amount, payment.currency, get_language() or "en")
        _note(source.order, _words(kind) % {"amount": amount, "code": code})


def _lost(order: Order, payment: Payment) -> None:
    log.error("authorisation lost", order=order.number, payment=payment.pk, until=payment.capture_before)
    _note(order, gettext("The card payment has ended before it was taken: nothing is paid."))


def _words(kind: Call.Kind) -> str:
    if kind == Call.Kind.CAPTURE:
        return gettext("The card payment of %(amount)s was not given to us (%(code)s): ask the shopper to pay again.")
    if kind == Call.Kind.REFUND:
        return gettext("Money of the card payment of %(amount)s was not given back (%(code)s).")
    return gettext("The card payment of %(amount)s was not let go of (%(code)s).")


def _source(payment: Payment) -> PaymentSource | None:
    rows = PaymentSource.objects.select_related("order").select_for_update(of=("self",))
    return rows.filter(reference=payment.key, order__number=payment.reference).first()


def _note(order: Order, message: str) -> None:
    order.notes.get_or_create(message=message, note_type="System")
