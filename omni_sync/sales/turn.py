"""Whoever takes goods of an order back waits for whoever else does: tablets, the web and tills, in whatever lanes."""

from __future__ import annotations

from typing import Final

from omni_sync.oscar.models import Order
from omni_sync.sales.documents import sale_key
from omni_sync.sales.models import Sale
from omni_sync.stock.void import take_turns
from omni_sync.transactions import inside_transaction

ORDER: Final = "order"


@inside_transaction
def take_turn(*, order: Order) -> None:
    """Wait until nobody else speaks of this order or its sale, and keep them waiting until the transaction ends.

    Before any level is locked, as tills do.
    """
    sales = Sale.objects.filter(order=order).values_list("source", "store__code", "number")
    documents = [(source, sale_key(store, number)) for source, store, number in sales]
    take_turns([(ORDER, str(order.number)), *documents])
