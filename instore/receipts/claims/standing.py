"""Whether a purchase can still be added to an account."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from instore.receipts.claims.exceptions import AllReturned, SaleTakenBack, TooOldToClaim
from omni_sync import conf
from omni_sync.oscar.models import OrderLine
from omni_sync.sales.models import ReturnLine, Sale


def check_standing(order: Any, sale: Sale | None) -> None:
    """Refuse what was taken back, came back or is too old. Raises SaleTakenBack, AllReturned and TooOldToClaim."""
    if (sale is not None and sale.voided_at) or conf.means_cancelled(order.status):
        raise SaleTakenBack(number_of(order, sale))
    at, days = sale.occurred_at if sale else order.date_placed, conf.claim_days()
    if at < timezone.now() - timedelta(days=days):
        raise TooOldToClaim(at, days)
    if _is_all_back(order):
        raise AllReturned(number_of(order, sale))


def number_of(order: Any, sale: Sale | None) -> str:
    """What stands on the paper."""
    return sale.number if sale else str(order.number)


def _is_all_back(order: Any) -> bool:
    rows = ReturnLine.objects.filter(sale_return__order=order.pk, sale_return__voided_at=None)
    back = _per_sku(rows.values_list("sku").annotate(Sum("quantity")))
    if not back:
        return False
    sold = _per_sku(OrderLine.objects.filter(order=order.pk).values_list("partner_sku").annotate(Sum("quantity")))
    return all(back[sku] >= quantity for sku, quantity in sold.items())


def _per_sku(rows: Any) -> Counter[str]:
    return Counter({sku or "": int(quantity) for sku, quantity in rows})
