"""Goods for goods: which order's goods paid for which other's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return, Sale

#: The way to pay by which no money came in and none goes out: goods paid for goods.
EXCHANGE: Final = "exchange"


def paid_with_goods_of(order: Order) -> Order | None:
    """The order whose goods came back for those of ``order``; None for none, or where nobody knows which."""
    sale = Sale.objects.filter(order=order, voided_at=None).exclude(exchange="").first()
    if sale is None:
        return None
    same = Return.objects.filter(exchange=sale.exchange, source=sale.source, store=sale.store_id, voided_at=None)
    back = same.exclude(order=None).exclude(order=order).select_related("order").order_by("pk").first()
    return back.order if back else None


def taken_for_goods_of(order: Order) -> list[Order]:
    """The orders whose goods were taken for what came back of ``order``, in their order."""
    return [sale.order for sale in sales_for(Return.objects.filter(order=order, voided_at=None).exclude(exchange=""))]


def sales_for(backs: Iterable[Return]) -> list[Sale]:
    """What was taken for these returns, in its order; no query where they were for money."""
    named = {(back.source, back.store_id, back.exchange): back.order_id for back in backs if back.exchange}
    if not named:
        return []
    sales = Sale.objects.filter(exchange__in={name for *_, name in named}, voided_at=None).select_related("order")
    keys = ((sale, (sale.source, sale.store_id, sale.exchange)) for sale in sales.order_by("pk"))
    return [sale for sale, key in keys if key in named and named[key] != sale.order_id]


def goods_behind(order: Order) -> list[Order]:
    """The orders whose goods paid for those of ``order``, the nearest first, back to where money was paid."""
    found: list[Order] = []
    seen, origin = {order.pk}, paid_with_goods_of(order)
    while origin is not None and origin.pk not in seen:
        found.append(origin)
        seen.add(origin.pk)
        origin = paid_with_goods_of(origin)
    return found
