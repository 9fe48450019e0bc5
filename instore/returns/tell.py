"""Whoever brought something back is told what went back to them, once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import translation

from instore.returns.reader import reader_of
from omni_sync.catalogue.wording import own_title
from omni_sync.messages.say import say
from omni_sync.money.formatting import format_money
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return
from omni_sync.transactions import inside_transaction


@inside_transaction
def tell_shopper(*, row: Return, order: Order, amount: Decimal) -> bool:
    """A letter to the address of the order or its account; whether there is one. Nobody is told of nothing."""
    reader = reader_of(order=order, person_id=row.person_id) if amount else None
    if reader is None:
        return False
    facts = _facts(row, order, amount, reader.language)
    return say(key=f"return-{row.pk}", kind="taken_back", to=reader.to, language=reader.language, data=facts)


def _facts(row: Return, order: Order, amount: Decimal, language: str) -> dict[str, Any]:
    return {
        "number": str(order.number),
        "store": str(row.store),
        "amount": format_money(amount, row.currency, language),
        "voucher": any(refund["method"] == "voucher" for refund in row.refunds),
        "online": any(refund["method"] == "online" for refund in row.refunds),
        "goods": _goods(row, language),
    }


def _goods(row: Return, language: str) -> list[dict[str, Any]]:
    rows = row.lines.order_by("pk").values_list("taken_back__order_line__title", "quantity")
    with translation.override(language):
        return [{"title": own_title(title), "quantity": quantity} for title, quantity in rows]
