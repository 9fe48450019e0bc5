"""What a voucher says to who holds it, on a screen, on paper and in a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.urls import reverse

from instore.receipts.pdf import symbol
from instore.stores.known import as_known
from instore.vouchers.codes import opened, written
from instore.vouchers.models import CreditVoucher
from omni_sync.conf import base_url


@dataclass(frozen=True, slots=True)
class Slip:
    """``code``, ``token`` and ``qr`` are empty where the key they were sealed with is gone, and not asked with one."""

    number: str
    store: str
    balance: Decimal
    amount: Decimal
    currency: str
    code: str
    token: str
    link: str
    qr: str
    made_at: datetime
    ends_at: datetime | None
    zone: ZoneInfo
    is_void: bool
    is_over: bool

    @property
    def is_good(self) -> bool:
        """Something can still be paid with it."""
        return bool(self.balance) and not self.is_void and not self.is_over


def slip_of(voucher: CreditVoucher, *, token: str = "") -> Slip:
    """No query for a voucher that is read with its store, partner and location; ``token`` where it was opened by it."""
    code, known = opened(voucher)
    token = known or token
    link = base_url() + reverse("voucher:page", args=[token]) if token else ""
    return Slip(
        number=voucher.number,
        store=str(voucher.store),
        balance=voucher.balance,
        amount=voucher.amount,
        currency=voucher.currency,
        code=written(code),
        token=token,
        link=link,
        qr=symbol(link),
        made_at=voucher.made_at,
        ends_at=voucher.ends_at,
        zone=as_known(voucher.store).zone,
        is_void=voucher.voided_at is not None,
        is_over=voucher.has_ended,
    )
