"""A document of rows as a native event."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from omni_sync.pos.files.csv.dialect import Dialect
from omni_sync.pos.files.csv.documents import Document
from omni_sync.pos.files.csv.rows import Row
from omni_sync.pos.files.csv.values import barcode, instant, money, number, truth
from omni_sync.pos.files.exceptions import Unsayable
from omni_sync.pos.files.stores import Stores

Event = dict[str, Any]
SOLD: Final = ("sale.completed", "sale.returned")
TEXTS: Final = ("sku", "title", "tax_rate", "order", "order_line", "original_line", "reason")
MONEY: Final = ("unit_price", "discount", "amount", "tax")
CUSTOMER: Final = ("loyalty", "till", "email", "phone", "name")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes documents as events. ``pays`` is False for a file that has no columns for payments."""

    dialect: Dialect
    stores: Stores
    pays: bool

    def event(self, document: Document) -> Event:
        """The event of the document. Raises Unsayable with the line that is wrong."""
        if document.errors:
            raise Unsayable("; ".join(document.errors[:3]))
        try:
            return self._event(document)
        except ValueError as error:
            raise Unsayable(str(error)) from error

    def _event(self, document: Document) -> Event:
        said = document.header()
        kind = self.dialect.kind(said.get("type") or self.dialect.type)
        store = self.stores.named(said.get("store", ""))
        when = said.get("occurred_at") or f"{said.get('date', '')} {said.get('time', '')}".strip()
        data = self._data(kind, store, said, document)
        at = instant(when, self.dialect.dates)
        key = said.get("id") or f"csv/{kind}/{store}/{_number(kind, said) or _fingerprint(at, data)}"
        return {"id": key, "type": kind, "store": store, "occurred_at": at, "data": data}

    def _data(self, kind: str, store: str, said: dict[str, str], document: Document) -> Event:
        number = said.get("document", "")
        if kind == "sale.voided":
            return {"return" if said.get("voids") == "return" else "sale": number}
        if kind == "customer.upserted":
            return {**({"document": number} if number else {}), **_customer(said)}
        currency = said.get("currency") or self.stores.currency_of(store)
        lines = list(self._lines(kind, currency, document.rows))
        if kind not in SOLD:
            names = ("transfer", "to", "from", "reference")
            known = {name: said[name] for name in names if name in said} | ({"document": number} if number else {})
            return {**known, "lines": lines}
        if not currency:
            raise ValueError("the currency is not said, and its store has none")
        data: Event = {"currency": currency, "lines": lines}
        data |= {name: said[name] for name in ("register", "associate", "claim", "exchange") if name in said}
        if customer := _customer(said):
            data["customer"] = customer
        payments = list(self._payments(currency, document.rows))
        if kind == "sale.returned":
            return {"return": number, **data, "refunds": payments, **self._original(said)}
        return {"sale": number, **data, **self._sums(currency, said), **self._paid(payments, lines, currency, said)}

    def _lines(self, kind: str, currency: str, rows: list[Row]) -> Iterator[Event]:
        told = [row for row in rows if any(name in row.cells for name in ("sku", "gtin", "quantity"))]
        for place, row in enumerate(told, 1):
            try:
                line = self._line(kind, currency, row)
            except ValueError as error:
                raise ValueError(f"line {row.line}: {error}") from error
            yield {"line": row.cells.get("line") or str(place), **line}

    def _line(self, kind: str, currency: str, row: Row) -> Event:
        cells = row.cells
        line: Event = {name: cells[name] for name in TEXTS if name in cells}
        if "gtin" in cells:
            line["gtin"] = barcode(cells["gtin"])
        if kind in SOLD:
            line |= {name: self._money(cells[name], currency) for name in MONEY if name in cells}
        if "restock" in cells or kind == "sale.returned":
            line["restock"] = truth(cells.get("restock", "true"))
        line |= self._quantity(kind, cells, line, currency)
        if kind == "sale.returned" and "amount" not in line and "unit_price" in line:
            line["amount"] = money(_amount(line), currency)
        return line

    def _quantity(self, kind: str, cells: dict[str, str], line: Event, currency: str) -> Event:
        """Whole pieces; what was sold by measure is one piece, at the price of what was measured."""
        if "quantity" not in cells:
            raise ValueError("there is no quantity")
        said = number(cells["quantity"], self.dialect.decimal)
        if said == said.to_integral_value():
            return {"quantity": int(said)}
        if kind not in SOLD or said < 0:
            raise ValueError(f"{said} of an item: stock is kept in whole pieces")
        if "amount" not in line:
            raise ValueError(f"{said} of an item, and no amount that it cost")
        price = Decimal(line["amount"]) + Decimal(line.get("discount", "0"))
        return {"quantity": 1, "unit_price": money(price, currency), "measure": {"quantity": f"{said:f}"}}

    def _payments(self, currency: str, rows: list[Row]) -> Iterator[dict[str, str]]:
        for row in rows:
            if "payment_amount" in row.cells:
                reference = row.cells.get("payment_reference")
                yield {
                    "method": row.cells.get("payment_method", "till"),
                    "amount": self._money(row.cells["payment_amount"], currency, f"line {row.line}: "),
                    **({"reference": reference} if reference else {}),
                }

    def _paid(self, payments: list[dict[str, str]], lines: list[Event], currency: str, said: dict[str, str]) -> Event:
        """The payments; a file that knows nothing of payments tells sales that were paid."""
        if self.pays:
            return {"payments": payments}
        total = _total(lines, self._sums(currency, said))
        return {"payments": [{"method": "till", "amount": money(total, currency)}]}

    def _sums(self, currency: str, said: dict[str, str]) -> Event:
        names = {"sale_discount": "discount", "shipping": "shipping", "rounding": "rounding", "total": "total"}
        sums: Event = {ours: self._money(said[name], currency) for name, ours in names.items() if name in said}
        if "tax_included" in said:
            sums["tax_included"] = truth(said["tax_included"])
        return sums

    def _money(self, said: str, currency: str, where: str = "") -> str:
        try:
            return money(number(said, self.dialect.decimal), currency)
        except ValueError as error:
            raise ValueError(f"{where}{error}") from error

    def _original(self, said: dict[str, str]) -> Event:
        if "original_order" in said:
            return {"original": {"order": said["original_order"]}}
        if "original_sale" not in said:
            return {}
        store = {"store": self.stores.named(said["original_store"])} if "original_store" in said else {}
        return {"original": {"sale": said["original_sale"], **store}}


def _total(lines: list[Event], sums: Event) -> Decimal:
    """The total as told, else what the parts make (R7)."""
    if "total" in sums:
        return Decimal(sums["total"])
    zero = Decimal(0)
    goods = sum((_amount(line) for line in lines), zero)
    taxes = zero if sums.get("tax_included", True) else sum((Decimal(line.get("tax", "0")) for line in lines), zero)
    parts = [Decimal(sums.get(name, "0")) for name in ("shipping", "rounding")]
    return goods + taxes + sum(parts, zero) - Decimal(sums.get("discount", "0"))


def _amount(line: Event) -> Decimal:
    if "amount" in line:
        return Decimal(line["amount"])
    return Decimal(line.get("unit_price", "0")) * int(line["quantity"]) - Decimal(line.get("discount", "0"))


def _customer(said: dict[str, str]) -> dict[str, str]:
    return {name: said[f"customer_{name}"] for name in CUSTOMER if f"customer_{name}" in said}


def _number(kind: str, said: dict[str, str]) -> str:
    number = said.get("document", "")
    return f"{said.get('voids', 'sale')}/{number}" if kind == "sale.voided" else number


def _fingerprint(at: str, data: Event) -> str:
    """What a document without a number is known by: what it says."""
    return hashlib.sha256(json.dumps([at, data], sort_keys=True).encode()).hexdigest()[:32]
