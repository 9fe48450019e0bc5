"""What becomes of an intended order: placed once when its money is held, or let go of once when it never will be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from omni_sync.carts.live import tell_basket
from omni_sync.checkout.models import Intended
from omni_sync.checkout.money import keep, take
from omni_sync.checkout.signals import order_paid
from omni_sync.oscar import intended as oscar
from omni_sync.oscar.models import Basket, Order
from omni_sync.oscar.promise import holder_of_basket
from omni_sync.oscar.refusals import BasketChanged, BasketSoldOut, UnableToPlaceOrder
from omni_sync.payments.ask import ask_cancel
from omni_sync.payments.models import Payment
from omni_sync.stock.hold import release
from omni_sync.stock.models import Hold
from omni_sync.transactions import inside_transaction

log = structlog.get_logger(__name__)

CARD: Final = "card"
State, Why = Intended.State, Intended.Why
TOLD_BY_LETTER: Final = (Why.CHANGED, Why.FAILED, Why.SOLD_OUT)
HELD: Final = (Payment.State.AUTHORISED, Payment.State.CAPTURED)


def settle(*, key: str) -> Intended:
    """Place the order when its money is held; let go of it when the payment has ended; else leave it as it is.

    The return page, the worker and the sweeper all come here, in any order and as often as they like: what is over
    stays as it is. Raises DoesNotExist for a key nobody has.
    """
    with transaction.atomic(durable=True):
        intended = _locked(key)
        if intended.is_open:
            _settle(intended, _payment(key))
    return intended


def give_up(*, key: str, why: Intended.Why) -> Intended:
    """Wait no longer: the payment is called off, the goods are anybody's and the basket is open again.

    Money that is held already wins: then the order is placed.
    """
    with transaction.atomic(durable=True):
        intended = _locked(key)
        payment = _payment(key)
        if intended.is_open:
            _settle(intended, payment)
        if intended.is_open:
            _call_off(intended, payment, why)
    return intended


@inside_transaction
def call_off(*, key: str) -> bool:
    """Give up an earlier try of a shopper who begins another; False where it is paid, or over, or just being settled.

    Waits for nobody: its caller may have the levels that whoever settles it is waiting for.
    """
    intended = Intended.objects.open().filter(key=key).select_for_update(no_key=True, skip_locked=True).first()
    payment = _payment(key)
    if intended is None or (payment is not None and payment.state in HELD):
        return False
    _call_off(intended, payment, Why.BACK)
    return True


def _call_off(intended: Intended, payment: Payment | None, why: Intended.Why) -> None:
    if payment is not None and payment.cancel_asked_at is None:
        ask_cancel(payment=payment, key=f"{payment.key}.let-go")
    _let_go(intended, why)


def _locked(key: str) -> Intended:
    return Intended.objects.select_for_update(no_key=True, of=("self",)).get(key=key)


def _payment(key: str) -> Payment | None:
    return Payment.objects.filter(key=key).select_for_update(no_key=True).first()


@inside_transaction
def _settle(intended: Intended, payment: Payment | None) -> None:
    if payment is None:
        return
    if payment.state == Payment.State.ENDED or payment.cancel_asked_at is not None:
        is_late = payment.ending == Payment.Ending.EXPIRED
        _let_go(intended, Why.EXPIRED if is_late else Why.CANCELLED)
    elif payment.state in HELD:
        _place(intended, payment)


def _place(intended: Intended, payment: Payment) -> None:
    try:
        with transaction.atomic():
            if (payment.amount, payment.currency) != (intended.amount, intended.currency):
                raise BasketChanged
            order = oscar.place(intended, sources=[_source(payment)])
    except DatabaseError:
        raise  # somebody comes again
    except BasketSoldOut:
        _refuse(intended, payment, Why.SOLD_OUT)
    except BasketChanged:
        _refuse(intended, payment, Why.CHANGED)
    except UnableToPlaceOrder:  # as where the last place of a slot went to somebody else meanwhile
        _refuse(intended, payment, Why.FAILED)
    except Exception:  # whatever an adopter's classes raise: nobody pays for an order that is not there
        log.exception("paid order not placed", order=intended.number, payment=payment.pk)
        _refuse(intended, payment, Why.FAILED)
    else:
        _end(intended, State.PLACED, order=order)
        _take_at_once(order, payment)


def _take_at_once(order: Order, payment: Payment) -> None:
    """What is sent is paid when it is ordered; what is collected, when it changes hands."""
    answers: Sequence[tuple[object, object]] = order_paid.send(sender=Order, order=order, payment=payment)
    if not any(answer is True for _, answer in answers):
        take(payment=payment, amount=payment.amount)


def _refuse(intended: Intended, payment: Payment, why: Intended.Why) -> None:
    log.warning("paid order refused", order=intended.number, payment=payment.pk, reason=why.value)
    keep(payment=payment, amount=Decimal(0))
    _let_go(intended, why)


def _let_go(intended: Intended, why: Intended.Why) -> None:
    Basket.objects.filter(pk=intended.basket_id, status=Basket.FROZEN).update(status=Basket.OPEN)
    tell_basket(intended.basket_id)
    release(holder=holder_of_basket(intended.basket_id), reason=_reason(why))
    _end(intended, State.LET_GO, why=why.value)


def _reason(why: Intended.Why) -> Hold.Reason:
    return Hold.Reason.EXPIRED if why == Why.EXPIRED else Hold.Reason.CANCELLED


def _end(intended: Intended, state: Intended.State, **how: Any) -> None:
    """Over, and nothing personal is kept of it."""
    intended.state, intended.ended_at = state, timezone.now()
    intended.address, intended.billing, intended.asked = {}, {}, {}
    if how.get("why") not in TOLD_BY_LETTER:
        intended.email = ""
    for name, value in how.items():
        setattr(intended, name, value)
    intended.save()


def _source(payment: Payment) -> Any:
    return oscar.source_of(code=CARD, amount=payment.amount, currency=payment.currency, reference=payment.key)
