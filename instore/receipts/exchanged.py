"""What a receipt says of goods for goods: what was paid with goods, what was taken in others, and which receipts belong
together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from instore.receipts.models import Receipt
from omni_sync.oscar.models import Order
from omni_sync.sales.exchanged import EXCHANGE, paid_with_goods_of, taken_for_goods_of

#: Beside ``EXCHANGE``, which goods came in by: what went out in other goods. Neither is money.
TAKEN: Final = "taken in other goods"


def apart(sources: Iterable[Any]) -> tuple[list[Any], Decimal]:
    """An order's payment sources without those of exchanges that its own goods went into, and what these took away.

    What came back through such an exchange, to be given back from here, was not taken.
    """
    rest, taken, first = [], Decimal(0), dict[str, Decimal]()
    for row in sources:
        is_goods = row.source_type.code == EXCHANGE
        if is_goods and first.setdefault(row.reference, row.amount_refunded):
            taken += row.amount_refunded - row.amount_debited
        else:
            rest.append(row)
    return rest, taken


def together(order: Order) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The receipts that what was bought here was exchanged against, and those that it was exchanged for."""
    origin, taken = paid_with_goods_of(order), taken_for_goods_of(order)
    against = [origin] if origin else []
    numbers = _numbers([*against, *taken])
    return tuple(numbers[one.pk] for one in against), tuple(numbers[one.pk] for one in taken)


def _numbers(orders: Sequence[Order]) -> dict[int, str]:
    """By order: its receipt's number, or its own where none was issued yet."""
    issued = dict(Receipt.objects.filter(order__in=orders).values_list("order", "number"))
    return {int(order.pk): issued.get(order.pk, str(order.number)) for order in orders}
