from __future__ import annotations

from typing import Any, Final

from django.db import models, transaction
from django.db.models import Q

from instore.receipts.exceptions import ReceiptUnknown
from instore.receipts.issue import issue
from instore.receipts.models import Receipt
from instore.receipts.tokens import token_hash
from omni_sync.oscar.models import Order
from omni_sync.people.models import Person
from omni_sync.pos.corrections import in_place_of
from omni_sync.sales.models import FOR, Sale

#: So many purchases of one number are told apart.
MOST: Final = 10


def by_token(token: str) -> Receipt:
    """The receipt that ``token`` opens, ours or what a till printed; issued now where it was not. Of a sale that was
    corrected it is that of the one in its place.

    A claim that two sales carry opens neither: it is nobody's secret then. Raises ReceiptUnknown.
    """
    digest = token_hash(token)
    known = _known().select_related("order__sale").filter(token_hash=digest).first()
    if known is not None:
        return _standing(known)
    carriers = Sale.objects.select_related("order").filter(claim_hash=digest.hex())
    sales = list(carriers.filter(voided_at=None)[:2]) or list(carriers[:2])  # one may stand in the place of another
    if len(sales) != 1:
        raise ReceiptUnknown
    with transaction.atomic():
        return issue(order=sales[0].order)


def gift_by_token(token: str) -> Receipt:
    """The receipt whose gift receipt ``token`` opens; it shows no prices and claims nothing. Raises ReceiptUnknown."""
    found = _known().select_related("order__sale").filter(gift_hash=token_hash(token)).first()
    if found is None:
        raise ReceiptUnknown
    return _standing(found)


def of_order(order: Order) -> Receipt:
    """The receipt of ``order``; issued now where it was not. Raises NotPaidYet."""
    known = _known().filter(order=order).first()
    if known is not None:
        return known
    with transaction.atomic():
        return issue(order=order)


def of_owner(*, user: Any, number: str) -> Receipt:
    """The receipt of an order of this account: made with it, or at a till by the human it is of.

    Raises ReceiptUnknown for anybody else's; NotPaidYet.
    """
    mine = Q(user=user.pk) | Q(sale__person__in=Person.objects.of_account(user))
    order = Order.objects.filter(mine, number=number).first() if "\x00" not in number else None
    if order is None:
        raise ReceiptUnknown
    return of_order(order)


def by_number(number: str) -> Receipt:
    """The receipt of this number, or of the sale or order of it; issued now where it was not.

    Raises ReceiptUnknown, also where two stores have the same number; NotPaidYet.
    """
    orders = orders_numbered(number)
    if len(orders) != 1:
        raise ReceiptUnknown(several=len(orders) > 1)
    return of_order(orders[0])


def orders_numbered(number: str) -> list[Order]:
    """The newest orders that bear ``number``, as their receipt's, their own or their till's: two stores may share it.

    Whether somebody looked at a receipt of them before makes no difference. Each has its ``sale``. Two queries, and
    some more for what was voided: what was corrected is the sale in its place.
    """
    receipts = Receipt.objects.filter(number=number).order_by().values_list("order")
    orders = Order.objects.filter(number=number).order_by().values_list("pk")
    handed = Q(number__startswith=f"{number}{FOR}")  # over by the till's ticket, with nothing else on it or more
    sales = Sale.objects.filter(Q(number=number) | handed).exclude(order=None).order_by().values_list("order")
    found = [pk for (pk,) in receipts.union(orders, sales).order_by("-order")[:MOST]]
    known = Order.objects.filter(pk__in=found).select_related("sale__store").order_by("-pk")
    return list(dict.fromkeys(_in_place_of(order) for order in known)) if found else []


def _standing(known: Receipt) -> Receipt:
    """The receipt itself, read with its sale, or that of the sale in its place."""
    right = _in_place_of(known.order)
    return known if right is known.order else of_order(right)


def _in_place_of(order: Order) -> Order:
    """The order itself, read with its ``sale``; of a sale that was corrected the one that stands in its place."""
    sale = getattr(order, "sale", None)
    right = in_place_of(sale) if sale and sale.voided_at else None
    return right.order if right else order


def _known() -> models.QuerySet[Receipt]:
    """With what every page about it asks for: the order, and the clock of its store."""
    return Receipt.objects.select_related("order", "place__location")
