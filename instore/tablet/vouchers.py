"""A voucher that was shown for a bag: the tablet remembers it until the bag is handed over, or another one is shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.http import HttpRequest

from instore.pickup.models import Pickup
from instore.pickup.owed import Owed
from instore.staff import session
from instore.staff.guard import OnDuty
from instore.tablet.problems import Told, too_many_vouchers, voucher_refused, voucher_unknown
from instore.vouchers.exceptions import VoucherCurrency, VoucherUnknown
from instore.vouchers.find import find
from instore.vouchers.ledger import refusal_of
from instore.vouchers.models import CreditVoucher
from omni_sync.limits import Limit

#: What the session keeps: the number of a pickup and that of the voucher that was shown for it.
SHOWN: Final = "pays"
asked: Final = Limit("staff-vouchers", most=60, seconds=600)


@dataclass(frozen=True, slots=True)
class ShownVoucher:
    """``pays`` is what it pays of what is due, ``rest`` what is to be paid in another way."""

    number: str
    balance: Decimal
    pays: Decimal
    rest: Decimal


def show(request: HttpRequest, *, duty: OnDuty, pickup: Pickup, said: str) -> Told | None:
    """Remember the voucher that ``said`` opens, or none where nothing is said; why it pays for nothing, if so."""
    session.remember(request, SHOWN, None)
    if not said.strip():
        return None
    if asked.refusal(str(duty.device.pk)) is not None:
        return too_many_vouchers()
    try:
        voucher = find(said)
    except VoucherUnknown:
        return voucher_unknown()
    if voucher.currency != pickup.order.currency:
        return voucher_refused(VoucherCurrency(voucher.currency))
    if not voucher.balance or not CreditVoucher.objects.good().filter(pk=voucher.pk).exists():
        return voucher_refused(refusal_of(voucher))
    session.remember(request, SHOWN, [pickup.pk, voucher.number])
    return None


def shown(request: HttpRequest, *, pickup: Pickup, owing: Owed) -> ShownVoucher | None:
    """The voucher that was shown for this bag, as it stands now; None for none, or where nothing is due."""
    number = number_shown(request, pickup=pickup)
    voucher = CreditVoucher.objects.good().filter(number=number).first() if number and owing.due else None
    if voucher is None or not voucher.balance:
        return None
    pays = min(voucher.balance, owing.due)
    return ShownVoucher(voucher.number, voucher.balance, pays, owing.due - pays)


def number_shown(request: HttpRequest, *, pickup: Pickup) -> str:
    """The number of the voucher whose code this tablet was shown for this bag; empty for none."""
    kept = session.remembered(request, SHOWN)
    return str(kept[1]) if kept and kept[0] == pickup.pk else ""
