"""A till took a voucher, or never did: facts that are written down, whatever the voucher has (R3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db.models import F, Sum

from instore.vouchers.ledger import ZERO, At, Kind, paid_with, put, short_of, write
from instore.vouchers.models import CreditVoucher, VoucherEntry
from instore.vouchers.named import at_place, opened_by
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.sales.documents import VOUCHER
from omni_sync.sales.models import Sale
from omni_sync.transactions import inside_transaction


@inside_transaction
def spend_at_tills(*, order_ids: Collection[int], never_happened: Collection[int] = ()) -> None:
    """Take what tills were paid by voucher for these orders off the vouchers whose codes they name, each once.

    As much as is there; what is not is kept as ``short``. The payment keeps the voucher's number in place of its code.
    Codes that are none of ours are left as they are: a till may have vouchers of its own. Orders in ``never_happened``
    were voided before they came: they take nothing.
    """
    paid = PaymentSource.objects.filter(order__in=order_ids, source_type__code=VOUCHER, amount_debited__gt=0)
    rows = list(paid.exclude(reference="").select_related("order").order_by("pk"))
    vouchers = opened_by(row.reference for row in rows)
    for row in rows:
        if (voucher := vouchers.get(row.reference)) is None:
            continue
        if row.order_id not in never_happened:
            _spend(voucher, row)
        PaymentSource.objects.filter(pk=row.pk).update(reference=voucher.number)


@inside_transaction
def give_back_voided(*, sale_ids: Sequence[int]) -> None:
    """What vouchers paid for sales that never happened is theirs again, as far as it did not go back before.

    What went back at a tablet, in whatever way, went back: the till knows nothing of it.
    """
    for sale in Sale.objects.filter(pk__in=sale_ids, order__voucher_entries__isnull=False).distinct().order_by("pk"):
        left, at = _left_of(sale.order), at_place(sale.store_id)
        for pk, paid in sorted(paid_with(sale.order).items()):
            part = min(paid, left)
            if part > ZERO:
                voucher = CreditVoucher.objects.get(pk=pk)
                put(voucher=voucher, amount=part, order=sale.order, key=f"void-of-sale-{sale.pk}-{pk}", at=at)
                left -= part


def _left_of(order: Order) -> Decimal:
    """What was paid for it and did not go back."""
    sums = PaymentSource.objects.filter(order=order).aggregate(came=Sum("amount_debited"), back=Sum("amount_refunded"))
    return (sums["came"] or ZERO) - (sums["back"] or ZERO) - short_of(order)


def _spend(voucher: CreditVoucher, row: PaymentSource) -> None:
    """The voucher's row is ours. Also one that is void or over was taken: what it had not is short."""
    key = f"source-{row.pk}"
    if VoucherEntry.objects.filter(key=key).exists():
        return
    has = voucher.balance if voucher.currency == row.currency and not voucher.has_ended else ZERO
    part: Decimal = min(row.amount_debited, has)
    if part:
        CreditVoucher.objects.filter(pk=voucher.pk).update(balance=F("balance") - part)
    short = row.amount_debited - part
    write(voucher=voucher, kind=Kind.SPENT, amount=-part, short=short, order=row.order, key=key, at=_at(row))


def _at(row: PaymentSource) -> At:
    return at_place(Sale.objects.filter(order=row.order_id).values_list("store_id", flat=True).first())
