from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from instore.vouchers.exceptions import NotEnough, VoucherVoided
from instore.vouchers.ledger import At, Kind, write
from instore.vouchers.models import CreditVoucher, VoucherEntry


def void(*, voucher_id: int, reason: str, who: str) -> VoucherEntry:
    """Nothing is owed for it any more; what was left is written down with the reason.

    Whoever spends it at the same time comes first or finds it void. Raises VoucherVoided, or NotEnough where nothing
    is left.
    """
    with transaction.atomic(durable=True):
        voucher = CreditVoucher.objects.select_for_update(no_key=True).get(pk=voucher_id)
        if voucher.voided_at is not None:
            raise VoucherVoided
        if not voucher.balance:
            raise NotEnough(voucher.balance, voucher.currency)
        left = voucher.balance
        CreditVoucher.objects.filter(pk=voucher.pk).update(balance=0, voided_at=timezone.now())
        at = At(voucher.store_id, who[:64])
        return write(
            voucher=voucher, kind=Kind.VOIDED, amount=-left, key=f"void-{voucher.pk}", at=at, note=reason[:200]
        )
