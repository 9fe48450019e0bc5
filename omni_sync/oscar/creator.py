"""Placing an order: every unit of it is promised before a row of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from oscar.core.loading import get_class

from omni_sync.oscar.models import Order
from omni_sync.oscar.promise import holder_of_basket, holder_of_order, units
from omni_sync.oscar.refusals import BasketTaken, sold_out
from omni_sync.oscar.signals import order_promised
from omni_sync.stock.exceptions import SoldOut
from omni_sync.stock.hold import hold, reassign

if TYPE_CHECKING:
    from oscar.apps.order.utils import OrderCreator
else:
    OrderCreator = object


class PromisedOrder(OrderCreator):
    """Turns the basket's promise into the order's, in the transaction that writes the order."""

    def place_order(
        self, basket: Any, *args: Any, order_number: Any = None, asked: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        """Write the order, or nothing.

        What the basket holds since its checkout began is confirmed; what it lacks is taken now. Levels are locked
        before anything else and in one order, so that two buyers never deadlock. Raises BasketSoldOut, or BasketTaken
        where this basket became an order a moment ago. ``asked`` is passed on with ``order_promised``: a checkout
        says in it what the order's row has no place for.
        """
        if basket.pk and not order_number:
            order_number = get_class("order.utils", "OrderNumberGenerator")().order_number(basket)
        with transaction.atomic():
            self._promise(basket)
            order = super().place_order(basket, *args, order_number=order_number, **kwargs)  # type: ignore[misc]
            reassign(holder=holder_of_basket(basket.pk), to=holder_of_order(order), until=None)
            order_promised.send(sender=Order, order=order, basket=basket, asked=asked or {})
        return order

    def update_stock_records(self, line: Any) -> None:
        """Nothing: the promise is in our ledger, and Oscar's columns show it already (R5)."""

    def _promise(self, basket: Any) -> None:
        mine = list(basket.all_lines())
        prefetch_related_objects(mine, "stockrecord__partner")  # Oscar asks each line for it, as it writes the order's
        lines = units(mine)
        if not lines:
            return
        try:
            hold(lines=lines, holder=holder_of_basket(basket.pk), until=None)
        except SoldOut as refused:
            if Order.objects.filter(basket_id=basket.pk).exists():
                raise BasketTaken from refused
            raise sold_out(basket, refused) from refused
