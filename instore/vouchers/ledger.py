"""What changes a voucher, each with its entry in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import models
from django.utils import timezone

from instore.staff.guard import OnDuty
from instore.staff.models import Associate
from instore.vouchers.exceptions import NotEnough, VoucherEnded, VoucherKeySpent, VoucherVoided
from instore.vouchers.models import CreditVoucher, VoucherEntry
from omni_sync.oscar.models import Order
from omni_sync.stock.void import take_turns
from omni_sync.transactions import inside_transaction

TURN: Final = "voucher"
ZERO: Final = Decimal(0)
Kind = VoucherEntry.Kind


@dataclass(frozen=True, slots=True)
class At:
    """Where it happens, and who does it."""

    store_id: int | None
    who: str = ""
    associate: Associate | None = None


def at_the_tablet(duty: OnDuty) -> At:
    return At(duty.store.pk, str(duty.associate)[:64], duty.associate)


@inside_transaction
def take(*, voucher: CreditVoucher, amount: Decimal, order: Order, key: str, at: At) -> VoucherEntry:
    """Pay ``amount`` with the voucher for ``order``, once for ``key``; the caller notes it as the order's payment.

    Raises VoucherVoided, VoucherEnded, NotEnough with what is left, or VoucherKeySpent; then nothing was written.
    """
    known = known_under(key, voucher=voucher, kind=Kind.SPENT, amount=-amount)
    if known is not None:
        return known
    if amount <= ZERO or not CreditVoucher.objects.filter(pk=voucher.pk).take(amount):
        raise refusal_of(voucher)
    return write(voucher=voucher, kind=Kind.SPENT, amount=-amount, order=order, key=key, at=at)


@inside_transaction
def put(*, voucher: CreditVoucher, amount: Decimal, order: Order, key: str, at: At) -> VoucherEntry | None:
    """Give ``amount`` that paid for ``order`` back onto the voucher, once for ``key``.

    None where it is void, or would become more than it was issued with.
    """
    known = known_under(key, voucher=voucher, kind=Kind.BACK, amount=amount)
    if known is not None:
        return known
    if not CreditVoucher.objects.filter(pk=voucher.pk).put(amount):
        return None
    return write(voucher=voucher, kind=Kind.BACK, amount=amount, order=order, key=key, at=at)


def known_under(key: str, *, voucher: CreditVoucher, kind: Kind, amount: Decimal) -> VoucherEntry | None:
    """What was done under this key; of two at once the second waits. Raises VoucherKeySpent for something else."""
    take_turns([(TURN, key)])
    known = VoucherEntry.objects.select_related("voucher").filter(key=key).first()
    if known is not None and (known.voucher_id, known.kind, known.amount) != (voucher.pk, kind.value, amount):
        raise VoucherKeySpent
    return known


def write(
    *,
    voucher: CreditVoucher,
    kind: Kind,
    amount: Decimal,
    key: str,
    at: At,
    order: Order | None = None,
    short: Decimal = ZERO,
    note: str = "",
) -> VoucherEntry:
    """The entry of what was just done to the voucher, whose row is ours until the transaction ends."""
    voucher.refresh_from_db(fields=["balance", "voided_at"])
    return VoucherEntry.objects.create(
        voucher=voucher,
        kind=kind,
        amount=amount,
        balance=voucher.balance,
        short=short,
        order=order,
        store_id=at.store_id,
        associate=at.associate,
        who=at.who,
        note=note,
        key=key,
    )


def refusal_of(voucher: CreditVoucher) -> VoucherVoided | VoucherEnded | NotEnough:
    """Why nothing, or no more, can be paid with it now."""
    voucher.refresh_from_db(fields=["balance", "voided_at", "ends_at"])
    if voucher.voided_at is not None:
        return VoucherVoided()
    if voucher.ends_at is not None and voucher.ends_at <= timezone.now():
        return VoucherEnded(voucher.ends_at)
    return NotEnough(voucher.balance, voucher.currency)


def paid_with(order: Order) -> dict[int, Decimal]:
    """By voucher, what it paid for ``order`` and did not get back. One query."""
    rows = VoucherEntry.objects.filter(order=order, kind__in=[Kind.SPENT, Kind.BACK])
    sums = rows.order_by().values_list("voucher").annotate(models.Sum("amount"))
    return {voucher: -total for voucher, total in sums if total < 0}


def short_of(order: Order) -> Decimal:
    """How much tills took for ``order`` from vouchers that had no more. One query."""
    found = VoucherEntry.objects.filter(order=order, short__gt=0).aggregate(all=models.Sum("short"))
    return found["all"] or ZERO
