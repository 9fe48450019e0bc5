"""The ways an order was paid, what is left of each to give back, and which of them an amount goes back by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from instore.returns.exceptions import CashByManager, NotTakenYet
from instore.returns.models import Method
from instore.vouchers.ledger import short_of
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.payments.models import Payment
from omni_sync.sales.documents import VOUCHER
from omni_sync.sales.exchanged import EXCHANGE

ZERO: Final = Decimal(0)
CASH: Final = "cash"


@dataclass(frozen=True, slots=True)
class Hop:
    """By exchange ``number`` the goods of ``order_id`` paid for others: by it their worth goes back there."""

    number: str
    order_id: int


@dataclass(frozen=True, slots=True)
class Tender:
    """``left`` of what was paid in this way; below nothing where more went back by it than came in.

    ``payment`` is the provider's that took it; None where somebody gives it back by hand. ``reference`` tells one
    exchange from another. ``hops`` lead to the order that was paid in this way, the nearest first; none for its own.
    """

    code: str
    name: str
    left: Decimal
    payment: Payment | None = None
    reference: str = ""
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """So much goes back in this way."""

    tender: Tender
    amount: Decimal


def tenders_of(order: Order, *, lock: bool = False) -> list[Tender]:
    """Two queries, three where somebody paid by voucher.

    The provider's come first, cash last: in this order money goes back. What a provider was asked to
    give back is gone, whether or not it has answered.
    """
    known = Payment.objects.of(str(order.number)).order_by("pk")
    payments = {one.key: one for one in (known.select_for_update(no_key=True) if lock else known)}
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    names: dict[str, str] = {}
    for source in PaymentSource.objects.filter(order=order).select_related("source_type").order_by("pk"):
        kind = source.source_type
        if source.reference in payments:
            names[source.reference] = kind.name
            continue
        names[kind.code] = kind.name
        sums[kind.code, source.reference if kind.code == EXCHANGE else ""] += (
            source.amount_debited - source.amount_refunded
        )
    if (VOUCHER, "") in sums:
        sums[VOUCHER, ""] -= short_of(order)  # what a till took that was not there, nobody has paid
    online = [
        Tender("online", names.get(one.key, ""), one.captured - one.refund_asked, one)
        for one in payments.values()
        if one.captured
    ]
    by_hand = [Tender(code, names[code], left, reference=number) for (code, number), left in sums.items()]
    return in_turn([*online, *by_hand])


def in_turn(tenders: Sequence[Tender]) -> list[Tender]:
    """The provider's first, cash last."""
    return sorted(tenders, key=lambda one: (one.payment is None, one.code == CASH))


def left_of_all(tenders: Sequence[Tender]) -> Decimal:
    """What was paid and not given back."""
    return max(sum((one.left for one in tenders), ZERO), ZERO)


def shares_of(
    *, amount: Decimal, tenders: Sequence[Tender], method: Method, is_manager: bool, currency: str
) -> list[Share]:
    """By which ways ``amount`` goes back. Raises CashByManager, or NotTakenYet where they don't make it."""
    if amount <= ZERO:
        return []
    if method == Method.VOUCHER:
        own = (one for one in tenders if one.code == VOUCHER and not one.hops)
        return [Share(next(own, Tender(VOUCHER, VOUCHER, ZERO)), amount)]
    if method == Method.CASH:
        return _in_cash(amount, tenders, is_manager, currency)
    shares, missing = [], amount
    for one in tenders:
        part = min(max(one.left, ZERO), missing) if one.code != EXCHANGE else ZERO
        if part > ZERO:
            shares.append(Share(one, part))
            missing -= part
    if missing > ZERO:
        raise NotTakenYet(missing, currency)
    return shares


def _in_cash(amount: Decimal, tenders: Sequence[Tender], is_manager: bool, currency: str) -> list[Share]:
    """What was paid in cash, for these goods or for those that paid for them; more by a manager."""
    known = [one for one in tenders if one.code == CASH]
    own = next((one for one in known if not one.hops), Tender(CASH, CASH, ZERO))
    shares, missing = [], amount
    for one in [own, *(one for one in known if one.hops)]:
        part = min(max(one.left, ZERO), missing)
        shares.append(Share(one, part))
        missing -= part
    if missing > ZERO and not is_manager:
        raise CashByManager(amount - missing, currency)
    shares[0] = replace(shares[0], amount=shares[0].amount + missing)
    return [share for share in shares if share.amount > ZERO]
