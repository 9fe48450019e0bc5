"""Where a purchase stands: whether something of it can come back, and if not, why."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce

from instore.pickup.models import State
from omni_sync.conf import means_cancelled
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.payments.models import Payment
from omni_sync.sales.models import ReturnLine
from omni_sync.stock.models import Hold

#: What ``with_standing`` adds, for ``standing_of``.
READ: Final = ("status", "sale__voided_at", "pickup__state", "is_promised", "is_paid", "pieces_back")


class Standing(StrEnum):
    """``THEIRS`` can come back. The others can't: it never happened, nothing paid it, nobody has it, it is back."""

    THEIRS = "theirs"
    VOIDED = "voided"
    CANCELLED = "cancelled"
    UNPAID = "unpaid"
    WAITING = "waiting"
    BACK = "back"


def with_standing(orders: QuerySet[Order]) -> QuerySet[Order]:
    """``orders`` with what ``standing_of`` asks for, in the same query. It agrees with what a return refuses."""
    payments = Payment.objects.filter(reference=OuterRef("number"))
    of_a_provider = Payment.objects.filter(reference=OuterRef("order__number"), key=OuterRef("reference"))
    by_hand = PaymentSource.objects.filter(~Exists(of_a_provider), order=OuterRef("pk"))
    promised = Hold.objects.open().filter(holder_kind=Hold.ORDER, holder=OuterRef("number"))
    came = ReturnLine.objects.filter(sale_return__order=OuterRef("pk"), sale_return__voided_at=None)
    pieces = came.order_by().values("sale_return__order").values(pieces=Sum("quantity"))
    found: QuerySet[Order] = orders.annotate(
        is_promised=Exists(promised),
        is_paid=Exists(payments.filter(captured__gt=0)) | Exists(by_hand),
        pieces_back=Coalesce(pieces, 0),
    )
    return found


def standing_of(row: Any, *, pieces: int) -> Standing:
    """Where a row of ``with_standing`` stands, of which ``pieces`` were bought."""
    if row.sale__voided_at is not None:
        return Standing.VOIDED
    if means_cancelled(row.status):
        return Standing.CANCELLED
    if row.pieces_back >= pieces:
        return Standing.BACK
    if row.total_incl_tax > 0 and not row.is_paid:
        return Standing.UNPAID
    if row.is_promised or row.pickup__state not in (None, State.COLLECTED):
        return Standing.WAITING
    return Standing.THEIRS
