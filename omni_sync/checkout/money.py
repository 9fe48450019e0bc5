"""The money of an order that was paid on the provider's page: taken when the goods change hands, else given back."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from omni_sync.oscar.models import Order
from omni_sync.payments.ask import ask_cancel, ask_capture, ask_refund
from omni_sync.payments.models import Call, Payment
from omni_sync.transactions import inside_transaction

State = Payment.State
HELD: Final = (State.AUTHORISED, State.CAPTURED)


def payment_of(order: Order) -> Payment | None:
    """The payment that holds or took the order's money; None where it is paid in another way, or was given back."""
    found = Payment.objects.of(str(order.number)).filter(state__in=HELD, cancel_asked_at=None)
    return found.order_by("pk").first()


@inside_transaction
def take(*, payment: Payment, amount: Decimal) -> None:
    """Ask for ``amount`` of the held money, once: the rest goes back to the shopper. All of it, where nothing is due.

    What was taken before is corrected by ``keep``. Raises AuthorisationOver and TooMuch.
    """
    now = _locked(payment)
    if now.state == State.AUTHORISED and now.capture_asked is None and now.cancel_asked_at is None and amount > 0:
        ask_capture(payment=now, key=f"{now.key}.take", amount=amount)
    else:
        keep(payment=now, amount=amount)


@inside_transaction
def keep(*, payment: Payment, amount: Decimal) -> None:
    """Give back whatever is more than ``amount``: let go of it, or refund what was taken. Said again, no effect.

    What was asked for and is not taken yet is corrected once it is: say it again then.
    """
    now = _locked(payment)
    if now.state == State.CAPTURED:
        excess = now.captured - now.refund_asked - max(amount, Decimal(0))
        if excess > 0:
            count = Call.objects.filter(payment=now, kind=Call.Kind.REFUND).count()
            ask_refund(payment=now, key=f"{now.key}.back.{count + 1}", amount=excess)
    elif amount <= 0 and now.capture_asked is None and now.cancel_asked_at is None:
        ask_cancel(payment=now, key=f"{now.key}.let-go")


def _locked(payment: Payment) -> Payment:
    return Payment.objects.select_for_update(no_key=True).get(pk=payment.pk)
