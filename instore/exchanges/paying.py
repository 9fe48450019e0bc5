"""How the difference is paid that somebody owes in an exchange. A new way to pay at the tablet is added here."""

from __future__ import annotations

from decimal import Decimal

from instore.tablet.owed import Method
from instore.vouchers.models import CreditVoucher
from omni_sync.sales.documents import VOUCHER, Payment
from omni_sync.sales.exchanged import EXCHANGE


def payments_for(
    *, kept: Decimal, due: Decimal, method: Method, number: str, voucher: CreditVoucher | None = None
) -> list[Payment]:
    """What pays for goods that go out: ``kept`` by those that came back with the exchange ``number``, or by the
    ``voucher`` that was given for them, the rest over the counter."""
    with_goods = Payment(VOUCHER, kept, voucher.number) if voucher else Payment(EXCHANGE, kept, number)
    return ([with_goods] if kept else []) + ([Payment(method.value, due)] if due else [])
