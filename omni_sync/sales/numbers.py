"""Order numbers of till sales: stored, never parsed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import connection

from omni_sync.sales.documents import SaleToRecord

LONGEST = 128


def order_numbers(sales: Sequence[SaleToRecord]) -> list[str]:
    """``{store}-{sale}`` for each sale, with ``-{connection}`` appended where another connection used it already."""
    plain = [_fit(f"{sale.where.store_code}-{sale.number}") for sale in sales]
    taken = _taken(plain)
    result = []
    for sale, number in zip(sales, plain, strict=True):
        result.append(_fit(f"{number}-{sale.where.source}") if number in taken else number)
        taken.add(result[-1])
    return result


def _taken(numbers: list[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM order_order WHERE number = ANY(%s)", [numbers])
        return {number for (number,) in cursor.fetchall()}


def _fit(number: str) -> str:
    if len(number) <= LONGEST:
        return number
    return f"{number[: LONGEST - 17]}-{hashlib.sha256(number.encode()).hexdigest()[:16]}"
