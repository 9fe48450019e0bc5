"""Ask for money, let go of it, give it back: rows, written in the caller's transaction. A worker asks the provider."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from omni_sync.money.amounts import write
from omni_sync.payments.exceptions import AlreadyAsked, AuthorisationOver, DifferentPayment, NotAuthorised, TooMuch
from omni_sync.payments.models import Call, Payment
from omni_sync.payments.port import Ending
from omni_sync.payments.signals import payment_failed
from omni_sync.poke import poke_once
from omni_sync.transactions import inside_transaction

Kind, State = Call.Kind, Payment.State


@inside_transaction
def ask_capture(*, payment: Payment, key: str, amount: Decimal | None = None) -> Call:
    """Take the held money, or ``amount`` of it: the rest goes back to the shopper. Once for each payment.

    The same key again is the same call. Raises NotAuthorised, AuthorisationOver, AlreadyAsked, TooMuch with what is
    held, and InvalidAmount.
    """
    now = _locked(payment)
    wanted = now.amount if amount is None else _whole(amount, now.currency)
    if (said := _said(now, Kind.CAPTURE, key, wanted)) is not None:
        return said
    _refuse_if_decided(now)
    if now.state != State.AUTHORISED:
        raise NotAuthorised(now.state)
    if now.capture_before is not None and now.capture_before <= timezone.now():
        raise AuthorisationOver(now.capture_before)
    if not 0 < wanted <= now.amount:
        raise TooMuch(now.amount)
    Payment.objects.filter(pk=now.pk).update(capture_asked=wanted)
    return _write(now, Kind.CAPTURE, key, wanted)


@inside_transaction
def ask_cancel(*, payment: Payment, key: str) -> Call | None:
    """Let go of held money, or close the page nobody has paid on. Once for each payment; None where there is nothing
    to let go of: it was never begun, or has ended already.

    Raises AlreadyAsked when it is being captured, or let go of under another key, and NotAuthorised when it was taken.
    """
    now = _locked(payment)
    if (said := _said(now, Kind.CANCEL, key, None)) is not None:
        return said
    if now.state == State.ENDED:
        return None
    if now.state == State.NEW:
        Payment.objects.filter(pk=now.pk).update(state=State.ENDED, ending=Ending.CANCELLED.value)
        payment_failed.send(Payment, payment_id=now.pk, ending=Ending.CANCELLED)
        return None
    if now.state == State.CAPTURED:
        raise NotAuthorised(now.state)
    _refuse_if_decided(now)
    Payment.objects.filter(pk=now.pk).update(cancel_asked_at=timezone.now())
    return _write(now, Kind.CANCEL, key, None)


@inside_transaction
def ask_refund(*, payment: Payment, key: str, amount: Decimal) -> Call:
    """Give back ``amount`` of what was taken; the same key again is the same call.

    Raises TooMuch with what is left to give back, and InvalidAmount. All that was ever asked for is together never
    more than what was taken.
    """
    now = _locked(payment)
    wanted = _whole(amount, now.currency)
    if (said := _said(now, Kind.REFUND, key, wanted)) is not None:
        return said
    if not 0 < wanted <= now.captured - now.refund_asked:
        raise TooMuch(now.captured - now.refund_asked)
    Payment.objects.filter(pk=now.pk).update(refund_asked=F("refund_asked") + wanted)
    return _write(now, Kind.REFUND, key, wanted)


def _locked(payment: Payment) -> Payment:
    return Payment.objects.select_for_update(no_key=True).get(pk=payment.pk)


def _said(payment: Payment, kind: Call.Kind, key: str, amount: Decimal | None) -> Call | None:
    """The call that was written under this key before."""
    call = Call.objects.filter(key=key).first()
    if call is not None and (call.payment_id, call.kind, call.amount) != (payment.pk, kind, amount):
        raise DifferentPayment
    return call


def _refuse_if_decided(payment: Payment) -> None:
    if payment.capture_asked is not None:
        raise AlreadyAsked(Kind.CAPTURE)
    if payment.cancel_asked_at is not None:
        raise AlreadyAsked(Kind.CANCEL)


def _whole(amount: Decimal, currency: str) -> Decimal:
    return Decimal(write(amount, currency))


def _write(payment: Payment, kind: Call.Kind, key: str, amount: Decimal | None) -> Call:
    call = Call.objects.create(payment=payment, kind=kind, key=key, amount=amount)
    transaction.on_commit(_wake_a_worker, robust=True)
    return call


def _wake_a_worker() -> None:
    from omni_sync.payments.tasks import make_calls

    poke_once(make_calls)
