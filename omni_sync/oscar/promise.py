"""What a basket or an order promises: its lines whose stock is tracked, and who holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects

from omni_sync.stock.hold import Holder, Line
from omni_sync.stock.models import Hold


def holder_of_basket(basket_id: int) -> Holder:
    """The basket as one to whom a promise is made."""
    return Holder(Hold.BASKET, str(basket_id))


def holder_of_order(order: Any) -> Holder:
    """The order as one to whom a promise is made."""
    return Holder(Hold.ORDER, str(order.number))


def with_classes(lines: Iterable[Any]) -> list[Any]:
    """Those lines, each knowing its product's class: Oscar asks for it line by line."""
    known = list(lines)
    prefetch_related_objects(known, "product__product_class", "product__parent__product_class")
    return known


def tracked(lines: Iterable[Any]) -> list[Any]:
    """Those basket or order lines that take something from a stock record; the others are never held."""
    return [
        line
        for line in with_classes(lines)
        if line.stockrecord_id and line.product is not None and line.product.get_product_class().track_stock
    ]


def units(lines: Iterable[Any]) -> list[Line]:
    """What there is to promise of basket lines."""
    return [Line(line.stockrecord_id, line.quantity) for line in tracked(lines) if line.quantity]
