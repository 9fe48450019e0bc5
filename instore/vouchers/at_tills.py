"""A till took a voucher, or never did: facts that are written down, whatever the voucher has (R3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db.models import F

from instore.stores.models import Store
from instore.vouchers.codes import as_code, as_token, hash_of
from instore.vouchers.ledger import ZERO, At, Kind, paid_with, put, write
from instore.vouchers.models import CreditVoucher, VoucherEntry
from omni_sync.oscar.models import PaymentSource
from omni_sync.sales.documents import VOUCHER
from omni_sync.sales.models import Sale
from omni_sync.transactions import inside_transaction


@inside_transaction
def spend_at_tills(*, order_ids: Collection[int]) -> None:
    """Take what tills were paid by voucher for these orders off the vouchers whose codes they name, each once.

    As much as is there; what is not is kept as ``short``. The payment keeps the voucher's number in place of its code.
    Codes that are none of ours are left as they are: a till may have vouchers of its own.
    """
    paid = PaymentSource.objects.filter(order__in=order_ids, source_type__code=VOUCHER, amount_debited__gt=0)
    found = [(row, digest) for row in paid.exclude(reference="") if (digest := _hash_of(row.reference))]
    if not found:
        return
    digests = [digest for _, digest in found]
    mine = CreditVoucher.objects.filter(code_hash__in=digests) | CreditVoucher.objects.filter(token_hash__in=digests)
    locked = list(mine.order_by("pk").select_for_update(no_key=True))
    vouchers = {bytes(digest): one for one in locked for digest in (one.code_hash, one.token_hash)}
    for row, digest in found:
        if digest in vouchers:
            _spend(vouchers[digest], row)


@inside_transaction
def give_back_voided(*, sale_ids: Sequence[int]) -> None:
    """What vouchers paid for sales that never happened is theirs again."""
    for sale in Sale.objects.filter(pk__in=sale_ids, order__voucher_entries__isnull=False).distinct().order_by("pk"):
        for pk, amount in sorted(paid_with(sale.order).items()):
            voucher = CreditVoucher.objects.get(pk=pk)
            put(voucher=voucher, amount=amount, order=sale.order, key=f"void-of-sale-{sale.pk}-{pk}", at=At(None))


def _hash_of(said: str) -> bytes | None:
    secret = as_token(said.strip()) or as_code(said)
    return hash_of(secret) if secret else None


def _spend(voucher: CreditVoucher, row: PaymentSource) -> None:
    """The voucher's row is ours. Also one that is void or over was taken: what it had not is short."""
    key = f"source-{row.pk}"
    if not VoucherEntry.objects.filter(key=key).exists():
        has = voucher.balance if voucher.currency == row.currency and not voucher.has_ended else ZERO
        part: Decimal = min(row.amount_debited, has)
        if part:
            CreditVoucher.objects.filter(pk=voucher.pk).update(balance=F("balance") - part)
        at = At(_store_of(row), "")
        short = row.amount_debited - part
        write(voucher=voucher, kind=Kind.SPENT, amount=-part, short=short, order=row.order, key=key, at=at)
    PaymentSource.objects.filter(pk=row.pk).update(reference=voucher.number)


def _store_of(row: PaymentSource) -> int | None:
    sold = Sale.objects.filter(order=row.order_id).values_list("store_id", flat=True).first()
    return sold if sold and Store.objects.filter(pk=sold).exists() else None
