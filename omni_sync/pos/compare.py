"""What was said before beside what is said now, in words that somebody at a desk can read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from omni_sync.money.exponents import is_supported
from omni_sync.money.formatting import format_money
from omni_sync.pos.models import InboxEvent

KINDS: Final = {
    "sale.completed": _("Sale"),
    "sale.returned": _("Return"),
    "sale.voided": _("Void"),
    "stock.counted": _("Count"),
    "stock.adjusted": _("Adjustment"),
    "stock.received": _("Goods in"),
    "transfer.sent": _("Transfer sent"),
    "transfer.received": _("Transfer received"),
    "customer.upserted": _("Customer"),
}
LABELS: Final = {
    "sale": _("Sale number"),
    "return": _("Return number"),
    "document": _("Document number"),
    "transfer": _("Transfer number"),
    "register": pgettext_lazy("receipt", "Register"),
    "associate": _("Associate"),
    "currency": _("Currency"),
    "tax_included": _("Tax included"),
    "discount": _("Discount"),
    "shipping": _("Shipping"),
    "rounding": _("Rounding"),
    "total": _("Total"),
    "reference": _("Reference"),
    "exchange": _("Exchange"),
    "original": _("Original"),
    "customer": _("Customer"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "loyalty": _("Loyalty number"),
    "name": _("Name"),
    "claim": _("Receipt code"),
    "consents": _("Consents"),
    "to": _("To"),
    "from": _("From"),
}
MONEY: Final = {"discount", "shipping", "rounding", "total", "amount", "tax", "unit_price"}
#: A dashboard is no reason to see whom a document speaks of, nor the code that claims its receipt.
PRIVATE: Final = {"customer", "email", "phone", "loyalty", "till", "name", "claim", "consents"}
LISTS: Final = {"lines": _("Line"), "payments": _("Payment"), "refunds": _("Refund")}
ORDER: Final = (
    *("when", "store", "kind", "sale", "return", "document", "transfer", "original", "register", "associate"),
    *("currency", "tax_included", "lines", "discount", "shipping", "rounding", "total", "payments", "refunds"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One fact, as it was told before and as it is told now; "" where it was not."""

    label: str
    before: str
    now: str
    differs: bool


Fact = tuple[str, str, Any]  # label, text, and the raw value that decides whether two facts differ


def kind_of(event: InboxEvent) -> str:
    """What sort of document the event is, in a word."""
    return str(KINDS.get(event.type, event.type))


def number_of(event: InboxEvent) -> str:
    """The document's number, without its kind."""
    return event.document.partition("/")[2] or event.document


def compare(before: InboxEvent | None, now: InboxEvent) -> list[Row]:
    """The facts of both: what it is, its lines, its sums, its money, and the rest."""
    old = dict(_facts(before)) if before else {}
    new = dict(_facts(now))
    nothing: Fact = ("", "", None)
    rows = []
    for key in sorted(dict.fromkeys([*old, *new]), key=_rank):
        one, other = old.get(key, nothing), new.get(key, nothing)
        rows.append(Row(one[0] or other[0], one[1], other[1], bool(before) and one[2] != other[2]))
    return rows


def _rank(key: str) -> int:
    """Where a fact stands; PostgreSQL keeps the keys of an event in an order of its own."""
    name = key.partition("/")[0]
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _facts(event: InboxEvent) -> Iterator[tuple[str, Fact]]:
    yield "when", (gettext("When"), _moment(event), event.occurred_at)
    if event.store_id:
        yield "store", (gettext("Store"), event.store.name or event.store.code, event.store_id)
    yield "kind", (gettext("What"), kind_of(event), event.type)
    data = event.payload.get("data") if isinstance(event.payload, dict) else None
    if not isinstance(data, dict):
        yield "data", (gettext("As told"), _plain(event.payload), event.payload)
        return
    currency = data.get("currency")
    currency = currency if isinstance(currency, str) and is_supported(currency) else ""
    for key, value in data.items():
        if key in LISTS and isinstance(value, list):
            yield from _listed(key, value, currency)
        else:
            yield key, (str(LABELS.get(key, key)), _text(key, value, currency), value)


def _listed(key: str, items: list[Any], currency: str) -> Iterator[tuple[str, Fact]]:
    for n, item in enumerate(items, 1):
        name = str(item.get("line", n)) if isinstance(item, dict) else str(n)
        text = _item(item, currency) if isinstance(item, dict) else _plain(item)
        yield f"{key}/{name}", (f"{LISTS[key]} {name}", text, item)


def _item(item: Mapping[str, Any], currency: str) -> str:
    """A line: "2 x LK-TEE at Rp149.000, amount Rp290.000"; a payment: "card Rp290.000"."""
    if "method" in item:
        return f"{item['method']} {_text('amount', item.get('amount'), currency)}"
    parts = [f"{item.get('quantity', '?')} × {item.get('sku') or item.get('gtin') or '?'}"]  # noqa: RUF001
    if "unit_price" in item:
        parts[0] += " " + gettext("at %(price)s") % {"price": _text("unit_price", item["unit_price"], currency)}
    shown = {"line", "quantity", "sku", "unit_price"} | (set() if item.get("sku") else {"gtin"})
    parts += [f"{_word(key)} {_text(key, value, currency)}" for key, value in item.items() if key not in shown]
    return ", ".join(parts)


def _word(key: str) -> str:
    return {
        "amount": gettext("amount"),
        "discount": gettext("discount"),
        "tax": gettext("tax"),
        "tax_rate": gettext("tax rate"),
        "title": gettext("name"),
        "gtin": "GTIN",
        "restock": gettext("back on the shelf"),
        "reason": gettext("reason"),
        "order": gettext("order"),
    }.get(key, key.replace("_", " "))


def _text(key: str, value: Any, currency: str) -> str:
    if key in PRIVATE:
        return gettext("told, not shown here") if value else ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if key in MONEY and currency and isinstance(value, str):
        try:
            return format_money(Decimal(value), currency, get_language() or "en")
        except InvalidOperation:
            return value
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{LABELS.get(key, key)} {_text(key, item, '')}" for key, item in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _moment(event: InboxEvent) -> str:
    """When it happened, on the store's clock."""
    location = getattr(event.store, "location", None)
    zone = ZoneInfo(location.timezone) if location else timezone.get_default_timezone()
    return date_format(event.occurred_at.astimezone(zone), gettext("j M Y, H:i:s")) + f" ({zone})"
