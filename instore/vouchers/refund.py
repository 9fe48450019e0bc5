"""Money that goes back as a voucher: onto the one that paid it, else as a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from instore.staff.guard import OnDuty
from instore.vouchers.codes import new_number
from instore.vouchers.issue import issue
from instore.vouchers.ledger import ZERO, at_the_tablet, paid_with, put
from instore.vouchers.models import CreditVoucher
from omni_sync.oscar.models import Order
from omni_sync.sales.documents import VOUCHER, Payment
from omni_sync.sales.models import Return
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class OnVoucher:
    """``amount`` goes onto the voucher ``number``; None for ``onto``: onto a new one of this number."""

    number: str
    amount: Decimal
    onto: CreditVoucher | None = None


@inside_transaction
def onto_vouchers(*, order: Order, amount: Decimal) -> list[OnVoucher]:
    """Where what was paid by voucher goes: onto those that paid and are still good, the rest onto a new one.

    Their rows are ours from here on. The caller has the order's turn.
    """
    if amount <= ZERO:
        return []
    paid, planned = paid_with(order), []
    for voucher in CreditVoucher.objects.good().filter(pk__in=paid).order_by("pk").select_for_update(no_key=True):
        part = min(paid[voucher.pk], voucher.amount - voucher.balance, amount)
        if part > ZERO:
            planned.append(OnVoucher(voucher.number, part, voucher))
            amount -= part
    return [*planned, *onto_a_new_one(amount)]


def onto_a_new_one(amount: Decimal) -> list[OnVoucher]:
    """All of it on a voucher that is issued now."""
    return [OnVoucher(new_number(), amount)] if amount > ZERO else []


def as_payments(planned: Sequence[OnVoucher]) -> list[Payment]:
    """How they are noted."""
    return [Payment(VOUCHER, one.amount, one.number) for one in planned]


@inside_transaction
def give(
    planned: Sequence[OnVoucher],
    *,
    sale_return: Return,
    duty: OnDuty,
    order: Order | None = None,
    is_gift: bool = False,
) -> None:
    """Do what was planned, for ``sale_return``; each part once."""
    for number, one in enumerate(planned):
        key = f"return-{sale_return.pk}-{number}"
        if one.onto is not None and order is not None:
            put(voucher=one.onto, amount=one.amount, order=order, key=key, at=at_the_tablet(duty))
            continue
        issue(
            amount=one.amount,
            currency=sale_return.currency,
            duty=duty,
            key=key,
            sale_return=sale_return,
            is_gift=is_gift,
            number=one.number,
        )
