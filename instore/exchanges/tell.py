"""Whoever exchanged something is told once: what came back, what went out, and what became of the difference."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import translation

from instore.receipts.address import link_of
from instore.receipts.models import Receipt
from instore.returns.reader import reader_of
from instore.returns.worth import ZERO
from omni_sync.catalogue.wording import own_title
from omni_sync.messages.say import say
from omni_sync.money.formatting import format_money
from omni_sync.oscar.models import Order
from omni_sync.sales.exchanged import EXCHANGE
from omni_sync.sales.models import Return, Sale
from omni_sync.transactions import inside_transaction


@inside_transaction
def tell_shopper(*, back: Return, order: Order, sale: Sale, receipt: Receipt, due: Decimal) -> bool:
    """A letter to the address of the order or its account; whether there is one."""
    reader = reader_of(order=order, person_id=back.person_id)
    if reader is None:
        return False
    facts = _facts(back, sale, receipt, due, reader.language) | {"number": str(order.number)}
    return say(key=f"return-{back.pk}", kind="exchanged", to=reader.to, language=reader.language, data=facts)


def _facts(back: Return, sale: Sale, receipt: Receipt, due: Decimal, language: str) -> dict[str, Any]:
    given = sum((Decimal(one["amount"]) for one in back.refunds if one["method"] != EXCHANGE), ZERO)
    return {
        "store": str(back.store),
        "came": _goods(back.lines.order_by("pk").values_list("taken_back__order_line__title", "quantity"), language),
        "went": _goods(sale.order.lines.order_by("pk").values_list("title", "quantity"), language),
        "due": format_money(due, back.currency, language) if due else "",
        "given": format_money(given, back.currency, language) if given else "",
        "online": any(one["method"] == "online" for one in back.refunds),
        "link": link_of(receipt),
    }


def _goods(rows: Any, language: str) -> list[dict[str, Any]]:
    with translation.override(language):
        return [{"title": own_title(title), "quantity": quantity} for title, quantity in rows]
