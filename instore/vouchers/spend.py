from __future__ import annotations

from decimal import Decimal

from instore.staff.guard import OnDuty
from instore.vouchers.exceptions import VoucherCurrency
from instore.vouchers.find import find
from instore.vouchers.ledger import at_the_tablet, take
from instore.vouchers.models import VoucherEntry
from omni_sync.oscar.models import Order
from omni_sync.transactions import inside_transaction


@inside_transaction
def spend(*, code: str, amount: Decimal, order: Order, key: str, duty: OnDuty) -> VoucherEntry:
    """Pay ``amount`` for ``order`` with the voucher of this code, token or address, once for ``key``.

    The caller notes the payment on the order: method VOUCHER, with ``entry.voucher.number`` as its reference. Nothing
    was written where it raises VoucherUnknown, VoucherCurrency, VoucherVoided, VoucherEnded, NotEnough or
    VoucherKeySpent.
    """
    voucher = find(code)
    if voucher.currency != order.currency:
        raise VoucherCurrency(voucher.currency)
    return take(voucher=voucher, amount=amount, order=order, key=key, at=at_the_tablet(duty))
