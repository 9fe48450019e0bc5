"""What a sale adds up to, and whether it does."""

from __future__ import annotations

from decimal import Decimal

from omni_sync.money import document
from omni_sync.sales.documents import SaleToRecord
from omni_sync.sales.models import Flag


def total_of(sale: SaleToRecord) -> Decimal:
    """The total of the document: what the channel says, else what its parts make."""
    if sale.total is not None:
        return sale.total
    return document.total_of(
        lines=[document.Line(line.amount, line.tax) for line in sale.lines],
        tax_included=sale.tax_included,
        discount=sale.discount,
        shipping=sale.shipping,
        rounding=sale.rounding,
    )


def flags_of(sale: SaleToRecord) -> list[str]:
    """Those it came with, and ``arithmetic`` where it does not add up."""
    wrong = document.check(
        lines=[document.Line(line.amount, line.tax) for line in sale.lines],
        tax_included=sale.tax_included,
        total=total_of(sale),
        payments=[p.amount for p in sale.payments],
        discount=sale.discount,
        shipping=sale.shipping,
        rounding=sale.rounding,
    )
    return sorted({*sale.flags, *([Flag.ARITHMETIC.value] if wrong else [])})
