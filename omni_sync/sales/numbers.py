"""Order numbers of till sales: stored, never parsed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from omni_sync.oscar.models import Order
from omni_sync.sales.documents import SaleToRecord

LONGEST = 128


def order_numbers(sales: Sequence[SaleToRecord]) -> list[str]:
    """``{store}-{sale}`` for each sale, with ``-{connection}`` appended where another connection used it already."""
    plain = [_fit(f"{sale.where.store_code}-{sale.number}") for sale in sales]
    taken = set(Order.objects.filter(number__in=plain).values_list("number", flat=True))
    result = []
    for sale, number in zip(sales, plain, strict=True):
        result.append(_fit(f"{number}-{sale.where.source}") if number in taken else number)
        taken.add(result[-1])
    return result


def _fit(number: str) -> str:
    if len(number) <= LONGEST:
        return number
    return f"{number[: LONGEST - 17]}-{hashlib.sha256(number.encode()).hexdigest()[:16]}"
