"""Oscar's orders of sales that were made elsewhere, written in sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.contrib.sites.models import Site
from django.db import transaction
from psycopg.errors import UniqueViolation

from omni_sync import conf
from omni_sync.oscar.bulk import copy_rows
from omni_sync.oscar.models import Order
from omni_sync.sales.documents import SaleToRecord
from omni_sync.sales.numbers import order_numbers
from omni_sync.sales.sums import total_of
from omni_sync.transactions import inside_transaction

#: By source and document, when it was voided.
Voided = Mapping[tuple[str, str], datetime]

_ORDER: Final = (
    "id",
    "number",
    "site_id",
    "currency",
    "total_incl_tax",
    "total_excl_tax",
    "shipping_incl_tax",
    "shipping_excl_tax",
    "status",
    "date_placed",
)


@inside_transaction
def write_orders(*, sales: Sequence[SaleToRecord], ids: Sequence[int], voided: Voided) -> list[str]:
    """Write an order of each of these ``ids`` for each sale; the numbers they got.

    Whoever takes one of them between our look and our writing lets us look again.
    """
    numbers = order_numbers(sales)
    while True:
        try:
            with transaction.atomic():
                copy_rows(Order, _ORDER, _rows(sales, ids, numbers, voided))
        except UniqueViolation:
            before, numbers = numbers, order_numbers(sales)
            if numbers == before:
                raise  # it is no number of theirs that is not unique
        else:
            return numbers


def _rows(
    sales: Sequence[SaleToRecord], ids: Sequence[int], numbers: Sequence[str], voided: Voided
) -> Iterator[tuple[Any, ...]]:
    site = Site.objects.get_current().pk
    for sale, order, number in zip(sales, ids, numbers, strict=True):
        total = total_of(sale)
        tax = sum((line.tax for line in sale.lines), Decimal(0))
        is_voided = (sale.where.source, sale.document) in voided
        yield (
            order,
            number,
            site,
            sale.currency,
            total,
            total - tax,
            sale.shipping,
            sale.shipping,
            conf.voided_status() if is_voided else conf.sold_status(),
            sale.occurred_at,
        )
