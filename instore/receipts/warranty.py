"""Until when what was bought is under warranty, where the catalogue says for how long."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

from omni_sync import conf
from omni_sync.oscar.models import ProductAttributeValue


def months_of(products: Mapping[int, int | None]) -> dict[int, int]:
    """For how many months, by product, given each with its parent or None: one query. A style speaks for its sizes."""
    wanted = {*products, *products.values()} - {None}
    rows = ProductAttributeValue.objects.filter(
        product__in=wanted, attribute__code=conf.warranty_attribute()
    ).select_related("attribute")
    told = {row.product_id: months for row in rows if (months := _months(row.value))}
    found = {product: told.get(product) or told.get(parent or 0) for product, parent in products.items()}
    return {product: months for product, months in found.items() if months}


def until(bought: date, months: int) -> date:
    """The same day so many months later; the last of its month where that has no such day."""
    year, month = divmod(bought.year * 12 + bought.month - 1 + months, 12)
    return date(year, month + 1, min(bought.day, calendar.monthrange(year, month + 1)[1]))


def _months(value: Any) -> int:
    try:
        return min(max(int(value), 0), 1200)
    except (TypeError, ValueError):
        return 0
