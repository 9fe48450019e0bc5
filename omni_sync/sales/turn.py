"""Whoever takes goods of an order back waits for whoever else does: tablets, the web and tills, in whatever lanes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from omni_sync.oscar.models import Order
from omni_sync.sales.documents import sale_key
from omni_sync.sales.models import FOR, Sale
from omni_sync.stock.void import take_turns
from omni_sync.transactions import inside_transaction

ORDER: Final = "order"


@inside_transaction
def take_turn(*, order: Order, behind: Sequence[Order] = ()) -> None:
    """Wait until nobody else speaks of this order or its sale, and keep them waiting until the transaction ends.

    ``behind`` are the orders whose goods paid for its goods: their money may go back. Before any level is locked, as
    tills do.
    """
    orders = [order, *behind]
    sales = Sale.objects.filter(order__in=orders).values_list("source", "store__code", "number", "order__number")
    documents = [
        (source, sale_key(store, number.removesuffix(f"{FOR}{handed}"))) for source, store, number, handed in sales
    ]
    take_turns([*((ORDER, str(one.number)) for one in orders), *documents])
