from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from instore.receipts.models import Letterhead
from instore.staff.guard import OnDuty
from instore.stores.known import as_known
from instore.stores.models import Store
from instore.vouchers.codes import hash_of, new_code, new_number, new_token, sealed
from instore.vouchers.exceptions import VoucherKeySpent
from instore.vouchers.ledger import TURN, Kind, at_the_tablet, write
from instore.vouchers.models import CreditVoucher
from omni_sync import conf
from omni_sync.sales.models import Return
from omni_sync.stock.void import take_turns
from omni_sync.transactions import inside_transaction


@inside_transaction
def issue(
    *,
    amount: Decimal,
    currency: str,
    duty: OnDuty,
    key: str,
    sale_return: Return | None = None,
    is_gift: bool = False,
    number: str = "",
) -> CreditVoucher:
    """A new voucher of ``amount``, once for ``key``; ``number`` where it was said before. Raises VoucherKeySpent."""
    take_turns([(TURN, key)])
    known = CreditVoucher.objects.filter(key=key).first()
    if known is not None:
        if (known.amount, known.currency) != (amount, currency):
            raise VoucherKeySpent
        return known
    code, token, at = new_code(), new_token(), at_the_tablet(duty)
    voucher = CreditVoucher.objects.create(
        number=number or new_number(),
        code_hash=hash_of(code),
        token_hash=hash_of(token),
        sealed=sealed(code, token),
        currency=currency,
        amount=amount,
        balance=amount,
        store=duty.store,
        sale_return=sale_return,
        is_gift=is_gift,
        associate=at.associate,
        who=at.who,
        key=key,
        ends_at=end_of(store=duty.store, made_at=timezone.now()),
    )
    write(voucher=voucher, kind=Kind.ISSUED, amount=amount, key=key, at=at)
    return voucher


def end_of(*, store: Store, made_at: datetime) -> datetime | None:
    """The last second of the last day, by the store's clock; as its letterhead says, else as the plugin's setting."""
    own = Letterhead.objects.filter(store=store).values_list("voucher_days", flat=True).first()
    days = conf.voucher_days() if own is None else own
    if not days:
        return None
    zone = as_known(store).zone
    last = made_at.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(last, time(23, 59, 59), tzinfo=zone)
