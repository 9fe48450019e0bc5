"""Whether an order may come back at all."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists
from django.utils import timezone

from instore.pickup.models import State
from instore.returns.exceptions import AllBack, NeverHappened, OtherCurrency, StillHere, TooOld
from instore.returns.left import Left
from instore.stores.models import Store
from omni_sync.conf import means_cancelled
from omni_sync.oscar.models import Order
from omni_sync.stock.models import Hold


def days_to_return() -> int:
    """How many days after the purchase anybody at a tablet may take it back; a manager may later."""
    return int(getattr(settings, "LINTAS_RETURN_DAYS", 30))


def assert_may_come_back(left: Left, *, store: Store, is_manager: bool) -> None:
    """One query. Raises NeverHappened, StillHere, AllBack, OtherCurrency or TooOld."""
    order, paper = left.order, left.paper
    if paper.voided_at or means_cancelled(order.status):
        raise NeverHappened
    if not left.pieces:
        raise AllBack
    if _is_still_here(left):
        raise StillHere
    location = getattr(store.partner, "location", None)
    if location is not None and location.currency != paper.currency:
        raise OtherCurrency(paper.currency)
    days = days_to_return()
    if not is_manager and paper.at < timezone.now() - timedelta(days=days):
        raise TooOld(paper.at, days)


def _is_still_here(left: Left) -> bool:
    """Nobody has it: it is promised, or waits to be collected; or nothing was ever paid for it."""
    order = left.order
    promised = Hold.objects.open().of(Hold.ORDER, str(order.number))
    is_promised, collects = Order.objects.values_list(Exists(promised), "pickup__state").get(pk=order.pk)
    if is_promised or collects not in (None, State.COLLECTED):
        return True
    return left.paper.total > 0 and not left.tenders
