"""How the money of a return is given: what is noted of it, onto which vouchers it goes, which providers are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from instore.returns.tenders import Share
from instore.returns.through import as_noted
from instore.returns.worth import ZERO
from instore.vouchers.refund import OnVoucher, as_payments, onto_a_new_one, onto_vouchers
from omni_sync.oscar.models import Order
from omni_sync.payments.ask import ask_refund
from omni_sync.sales.documents import VOUCHER, Payment
from omni_sync.sales.models import Return
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class Vouchers:
    """What goes back as vouchers: ``own`` for what was paid for this order, ``far`` behind goods that paid for it."""

    own: Sequence[OnVoucher]
    far: Sequence[OnVoucher]

    @property
    def all(self) -> list[OnVoucher]:
        return [*self.own, *self.far]


@inside_transaction
def vouchers_for(shares: Sequence[Share], *, order: Order, is_new: bool) -> Vouchers:
    """Where the part of ``shares`` that goes back as a voucher goes: onto a new one, else onto those that paid.

    What was paid for goods that were exchanged since goes onto a new one.
    """
    by_voucher = [one for one in shares if one.tender.code == VOUCHER]
    far = sum((one.amount for one in by_voucher if one.tender.hops), ZERO)
    own = sum((one.amount for one in by_voucher if not one.tender.hops), ZERO)
    mine = onto_a_new_one(own) if is_new else onto_vouchers(order=order, amount=own)
    return Vouchers(mine, onto_a_new_one(far))


def refunds_of(shares: Sequence[Share], vouchers: Vouchers) -> list[Payment]:
    """What is noted on the order itself; what a provider gives back it notes there."""
    noted = [as_noted(one) for one in shares if one.tender.code != VOUCHER or one.tender.hops]
    return [*(one for one in noted if one), *as_payments(vouchers.own)]


@inside_transaction
def give_online(*, row: Return, shares: Sequence[Share]) -> None:
    """Ask each provider for its part, and write that down with the return."""
    for one in shares:
        if one.tender.payment is not None:
            call = ask_refund(
                payment=one.tender.payment, key=f"return-{row.pk}-{one.tender.payment.pk}", amount=one.amount
            )
            row.refunds.append({"method": "online", "amount": str(one.amount), "reference": call.key})
    row.save(update_fields=["refunds"])
