"""Order numbers of till sales: stored, never parsed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import count

from django.db import connection

from omni_sync.sales.documents import SaleToRecord

LONGEST = 128


def order_numbers(sales: Sequence[SaleToRecord]) -> list[str]:
    """A free order number for each sale: ``{store}-{sale}``, or where that is in use, the first free of
    ``{store}-{sale}-{connection}``, ``…~2``, ``…~3``. One query, and one more for each further name that is looked at.
    """
    names = [_names(sale) for sale in sales]
    numbers = [next(one) for one in names]
    taken = set[str]()
    unsettled = list(range(len(numbers)))
    while unsettled:
        taken |= _taken([numbers[position] for position in unsettled])
        collided = []
        for position in unsettled:
            if numbers[position] in taken:
                numbers[position] = next(names[position])
                collided.append(position)
            else:
                taken.add(numbers[position])
        unsettled = collided
    return numbers


def _names(sale: SaleToRecord) -> Iterator[str]:
    plain = _fit(f"{sale.where.store_code}-{sale.number}")
    own = f"{plain}-{sale.where.source}"
    yield plain
    yield _fit(own)
    for n in count(2):
        yield _fit(f"{own}~{n}")


def _taken(numbers: list[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM order_order WHERE number = ANY(%s)", [numbers])
        return {number for (number,) in cursor.fetchall()}


def _fit(number: str) -> str:
    if len(number) <= LONGEST:
        return number
    return f"{number[: LONGEST - 17]}-{hashlib.sha256(number.encode()).hexdigest()[:16]}"
