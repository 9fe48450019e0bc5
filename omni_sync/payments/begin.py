"""Send a shopper to the provider's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from omni_sync.money.amounts import write
from omni_sync.payments import provider
from omni_sync.payments.exceptions import DifferentPayment, NotOpen, Reject, Retry
from omni_sync.payments.models import Payment
from omni_sync.payments.port import Wanted

SHORTEST: Final = timedelta(minutes=30)  # that a page of Stripe's may live
LIFE: Final = SHORTEST + timedelta(minutes=1)
State = Payment.State


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the provider sends the shopper, in full addresses."""

    paid: str
    back: str


def begin(
    *,
    key: str,
    reference: str,
    amount: Decimal,
    currency: str,
    pages: Pages,
    email: str = "",
    language: str = "",
    through: str = "stripe",
) -> Payment:
    """A payment with a page to pay it on (``url``). Said twice with the same key: the same payment, the same page.

    It talks to the provider, so it refuses to be called inside a transaction. Raises DifferentPayment when the key was
    used for something else, NotOpen when it was paid or ended already, InvalidAmount, and Retry or Reject of the
    provider.
    """
    write(amount, currency)  # an amount the currency does not have is refused before anybody is asked
    with transaction.atomic(durable=True):
        payment, _ = Payment.objects.get_or_create(
            key=key,
            defaults={
                "provider": through, "reference": reference, "amount": amount, "currency": currency,
                "until": timezone.now() + LIFE, "paid_url": pages.paid, "back_url": pages.back, "email": email,
                "language": language,
            },
        )  # fmt: skip
    if (payment.reference, payment.amount, payment.currency) != (reference, amount, currency):
        raise DifferentPayment
    if payment.state == State.NEW:
        _open_a_page(payment)
    if payment.state != State.OPEN:
        raise NotOpen(payment.state)
    return payment


def _open_a_page(payment: Payment) -> None:
    """The same key again after silence, a new one after an answer that would only be repeated, or much later."""
    if payment.until - timezone.now() < SHORTEST:
        _spend(payment)
        payment.refresh_from_db()
    try:
        begun = provider(payment.provider).begin(_wanted(payment), key=f"{payment.key}.{payment.tries}")
    except Retry as failure:
        if failure.is_spent:
            _spend(payment)
        raise
    except Reject:
        _spend(payment)
        raise
    mine = Payment.objects.filter(pk=payment.pk, state=State.NEW)
    # Whose e-mail address it is, the provider knows now: nobody else needs to.
    mine.update(state=State.OPEN, session=begun.session, url=begun.url, email="", looked_at=timezone.now())
    payment.refresh_from_db()


def _spend(payment: Payment) -> None:
    """A page that was made all the same has an address nobody was given: it expires unseen."""
    mine = Payment.objects.filter(pk=payment.pk, state=State.NEW, tries=payment.tries)
    mine.update(tries=F("tries") + 1, until=timezone.now() + LIFE)


def _wanted(payment: Payment) -> Wanted:
    return Wanted(
        key=payment.key,
        reference=payment.reference,
        amount=payment.amount,
        currency=payment.currency,
        until=payment.until,
        paid_url=payment.paid_url,
        back_url=payment.back_url,
        email=payment.email,
        language=payment.language,
    )
