"""The money that is taken for a pickup over the counter."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from instore.pickup.models import Pickup
from instore.vouchers.exceptions import VoucherCurrency
from instore.vouchers.ledger import At
from instore.vouchers.ledger import take as pay_with
from instore.vouchers.models import CreditVoucher
from omni_sync.oscar.models import PaymentSource
from omni_sync.sales.documents import VOUCHER
from omni_sync.sales.record import payment_type
from omni_sync.transactions import inside_transaction


class Method(models.TextChoices):
    """How somebody pays at the counter."""

    CASH = "cash", _("cash")
    CARD = "card", _("card")


@dataclass(frozen=True, slots=True)
class Paying:
    """A voucher that somebody showed, and how much is to be paid with it."""

    number: str
    amount: Decimal
    at: At


@inside_transaction
def take(*, pickup: Pickup, amount: Decimal, method: Method, place: str) -> None:
    """Note that ``amount`` was paid for the pickup, at the tablet called ``place``."""
    _note(pickup, amount, method.value, place)


@inside_transaction
def take_voucher(*, pickup: Pickup, amount: Decimal, paying: Paying, place: str) -> None:
    """Pay ``amount`` for the pickup with the voucher.

    Raises VoucherCurrency, VoucherVoided, VoucherEnded or NotEnough; then nothing was written.
    """
    voucher = CreditVoucher.objects.get(number=paying.number)
    if voucher.currency != pickup.order.currency:
        raise VoucherCurrency(voucher.currency)
    key = f"collect-{pickup.pk}-{voucher.pk}"
    pay_with(voucher=voucher, amount=amount, order=pickup.order, key=key, at=paying.at)
    _note(pickup, amount, VOUCHER, place, reference=voucher.number)


def _note(pickup: Pickup, amount: Decimal, method: str, place: str, *, reference: str = "") -> None:
    PaymentSource.objects.create(
        order=pickup.order,
        source_type_id=payment_type(method),
        currency=pickup.order.currency,
        amount_allocated=amount,
        amount_debited=amount,
        reference=reference,
        label=place[:128],
    )
