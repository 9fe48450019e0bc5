"""Whoever brought something back is told what went back to them, once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings

from instore.pickup.models import Pickup
from omni_sync.messages.say import say
from omni_sync.money.formatting import format_money
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return
from omni_sync.transactions import inside_transaction


@inside_transaction
def tell_shopper(*, row: Return, order: Order, amount: Decimal) -> bool:
    """A letter to the address of the order or its account; whether there is one. Nobody is told of nothing."""
    collected = Pickup.objects.filter(pk=order.pk).only("email", "language").first()
    to = (collected.email if collected else "") or order.email or ""
    if not to or not amount:
        return False
    known = dict(settings.LANGUAGES)
    language = collected.language if collected and collected.language in known else settings.LANGUAGE_CODE
    return say(
        key=f"return-{row.pk}", kind="taken_back", to=to, language=language, data=_facts(row, order, amount, language)
    )


def _facts(row: Return, order: Order, amount: Decimal, language: str) -> dict[str, Any]:
    return {
        "number": str(order.number),
        "store": str(row.store),
        "amount": format_money(amount, row.currency, language),
        "voucher": any(refund["method"] == "voucher" for refund in row.refunds),
        "online": any(refund["method"] == "online" for refund in row.refunds),
        "goods": [
            {"title": title, "quantity": quantity}
            for title, quantity in row.lines.order_by("pk").values_list("taken_back__order_line__title", "quantity")
        ],
    }
