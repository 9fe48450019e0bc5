"""A till gave money back onto a voucher, or never did: facts as well, each written down once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import F, Sum

from instore.vouchers.ledger import ZERO, At, Kind, write
from instore.vouchers.models import CreditVoucher, VoucherEntry
from instore.vouchers.named import at_place, opened_by
from omni_sync.oscar.models import PaymentSource
from omni_sync.sales.documents import VOUCHER
from omni_sync.sales.models import Flag, Return, Sale
from omni_sync.sales.noted import noted_for
from omni_sync.transactions import inside_transaction

Vouchers = Mapping[str, CreditVoucher]


@inside_transaction
def put_back_at_tills(*, returns: Sequence[Return]) -> None:
    """Put what tills gave back by voucher onto the vouchers that they name, by code or by number, each part once.

    Return and order keep the number in place of the code from the start; the money waits for the sale, where one is
    named. A voucher takes what it was issued with and no more: the return is flagged where that is too little.
    """
    rows = [row for row in returns if row.source != Sale.Channel.TABLET and _by_voucher(row)]
    if not rows:
        return
    vouchers = opened_by((said for row in rows for said in _by_voucher(row).values()), by_number=True)
    for row in rows:
        named = {n: vouchers[said] for n, said in _by_voucher(row).items() if said in vouchers}
        _write_numbers(row, named)
        waits = row.order_id is None and (row.original_number or row.original_order)
        if row.voided_at is None and not waits:
            _put_back(row, named)


@inside_transaction
def take_off_again(*, returns: Sequence[Return]) -> None:
    """Take what tills put onto vouchers with returns that never happened off them again, each part once.

    As much as is there; what is not is kept as ``short``. Where the sale never happened either, what its voucher paid
    is what it got back: neither is done.
    """
    keys = [_key(row, n) for row in returns for n in _by_voucher(row)]
    if not keys:
        return
    for put in VoucherEntry.objects.filter(key__in=keys).select_related("order").order_by("voucher", "pk"):
        voucher = CreditVoucher.objects.select_for_update(no_key=True).get(pk=put.voucher_id)
        key = f"{put.key}-undone"
        due = ZERO if voucher.voided_at else _due(put)
        if due <= ZERO or VoucherEntry.objects.filter(key=key).exists():
            continue
        part = min(due, voucher.balance)
        CreditVoucher.objects.filter(pk=voucher.pk).update(balance=F("balance") - part)
        at = At(put.store_id)
        write(voucher=voucher, kind=Kind.SPENT, amount=-part, short=due - part, order=put.order, key=key, at=at)


def _by_voucher(row: Return) -> dict[int, str]:
    """By its place among the refunds, what was said of each voucher that some of it went onto."""
    return {n: one["reference"] for n, one in enumerate(row.refunds) if one["method"] == VOUCHER}


def _key(row: Return, n: int) -> str:
    return f"till-return-{row.pk}-{n}"


def _write_numbers(row: Return, named: Mapping[int, CreditVoucher]) -> None:
    """In place of codes, of which nothing stays."""
    codes = {row.refunds[n]["reference"]: one.number for n, one in named.items()}
    codes = {said: number for said, number in codes.items() if said != number}
    if not codes:
        return
    for source in noted_for(row):
        if source.source_type.code == VOUCHER and source.reference in codes:
            PaymentSource.objects.filter(pk=source.pk).update(reference=codes[source.reference])
    for n, voucher in named.items():
        row.refunds[n]["reference"] = voucher.number
    row.save(update_fields=["refunds"])


def _put_back(row: Return, named: Mapping[int, CreditVoucher]) -> None:
    """The vouchers' rows are ours."""
    at = at_place(row.store_id)
    for n, voucher in named.items():
        if VoucherEntry.objects.filter(key=_key(row, n)).exists():
            continue
        amount = Decimal(row.refunds[n]["amount"])
        takes = voucher.voided_at is None and voucher.currency == row.currency
        part = min(amount, voucher.amount - voucher.balance) if takes else ZERO
        if part > ZERO:
            CreditVoucher.objects.filter(pk=voucher.pk).update(balance=F("balance") + part)
            write(voucher=voucher, kind=Kind.BACK, amount=part, order=row.order, key=_key(row, n), at=at)
        if part < amount:
            row.flags = sorted({*row.flags, Flag.VOUCHER_FULL.value})
            row.save(update_fields=["flags"])


def _due(put: VoucherEntry) -> Decimal:
    """How much of what was put onto the voucher is too much now."""
    if put.order is None or not Sale.objects.filter(order=put.order).exclude(voided_at=None).exists():
        return put.amount
    entries = VoucherEntry.objects.filter(order=put.order, voucher=put.voucher_id)
    return min(put.amount, entries.aggregate(all=Sum("amount"))["all"] or ZERO)
