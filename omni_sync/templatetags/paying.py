"""``{% load paying %}``: how an order is paid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django import template

from omni_sync import conf
from omni_sync.checkout.money import payment_of
from omni_sync.oscar.models import Order
from omni_sync.payments.models import Payment

register = template.Library()


@dataclass(frozen=True, slots=True)
class CardPayment:
    """Money that a provider holds for an order (``is_taken`` is False), or was asked for, less what went back."""

    amount: Decimal
    currency: str
    is_taken: bool
    is_test: bool


@register.simple_tag
def card_payment(order: Order) -> CardPayment | None:
    """``{% card_payment order as card %}``: what was paid online; None where it is paid in another way."""
    payment = payment_of(order)
    if payment is None:
        return None
    asked = payment.capture_asked
    amount = payment.amount if asked is None else asked
    if payment.state == Payment.State.CAPTURED:
        amount = payment.captured - payment.refund_asked
    return CardPayment(amount, payment.currency, asked is not None, conf.is_test_money())


@register.simple_tag
def pays_online() -> bool:
    """``{% pays_online as online %}``: whether shoppers may pay on a provider's page."""
    return bool(conf.checkout_provider())
