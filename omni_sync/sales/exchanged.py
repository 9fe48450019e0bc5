"""Goods for goods: which order's goods paid for which other's."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return, Sale


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
    backs = Return.objects.filter(order=order, voided_at=None).exclude(exchange="")
    same = backs.filter(exchange=OuterRef("exchange"), source=OuterRef("source"), store=OuterRef("store"))
    sales = Sale.objects.filter(Exists(same), voided_at=None).exclude(exchange="").exclude(order=order)
    return [sale.order for sale in sales.select_related("order__receipt").order_by("pk")]


def goods_behind(order: Order) -> list[Order]:
    """The orders whose goods paid for those of ``order``, the nearest first, back to where money was paid."""
    found: list[Order] = []
    seen, origin = {order.pk}, paid_with_goods_of(order)
    while origin is not None and origin.pk not in seen:
        found.append(origin)
        seen.add(origin.pk)
        origin = paid_with_goods_of(origin)
    return found
