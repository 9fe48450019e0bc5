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
    """Money that a provider holds for an order (``is_taken`` is False), or took and partly gave back."""

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
    is_taken = payment.state == Payment.State.CAPTURED
    amount = payment.captured - payment.refund_asked if is_taken else payment.amount
    return CardPayment(amount, payment.currency, is_taken, conf.is_test_money())


@register.simple_tag
def pays_online() -> bool:
    """``{% pays_online as online %}``: whether shoppers may pay on a provider's page."""
    return bool(conf.checkout_provider())
