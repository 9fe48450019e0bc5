"""The lines of goods on a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from omni_sync.catalogue.gtin import is_gtin
from omni_sync.pos.files.poslog.elements import ZERO, amount, number, text
from omni_sync.pos.files.poslog.key import Key, link_of
from omni_sync.pos.files.poslog.standing import RETURNED, SOLD, body

BARCODES: Final = ("gtin", "ean", "upc", "jan")
PIECE: Final = Decimal(1)


@dataclass(slots=True)
class Goods:
    """Something sold, or brought back (``back``).

    ``extended`` is the ExtendedAmount and ``off`` the line's discounts, both without sign; whether the one is already
    in the other differs from till to till. A measured quantity (0.42 kg) is one piece, with what was measured.
    """

    line: str
    back: bool
    names: dict[str, str]
    title: str
    quantity: int
    extended: Decimal
    off: Decimal
    unit: Decimal | None
    tax: Decimal
    taxes: int
    rate: str
    included: bool | None
    measure: dict[str, str] = field(default_factory=dict)
    original: Key | None = None
    original_line: str = ""
    restock: bool = True


def goods_of(lines: Sequence[Element], *, own: Key, link: Key | None) -> tuple[list[Goods], int]:
    """The lines of goods, and how many were left out because their quantity is 0.

    ``link`` is the ticket that the whole of this one answers, for returned lines that name none themselves.
    """
    told = [(line, about) for line in lines if (about := body(line)) is not None and about.tag in (*SOLD, *RETURNED)]
    numbers = [text(line, "SequenceNumber") for line, _ in told]
    by_number = all(numbers) and len(set(numbers)) == len(numbers)
    found, empty = [], 0
    for place, (_, about) in enumerate(told, 1):
        if _quantity(about) == 0:
            empty += 1
        else:
            found.append(_goods(about, numbers[place - 1] if by_number else str(place), own, link))
    return found, empty


def _goods(about: Element, name: str, own: Key, link: Key | None) -> Goods:
    quantity, extended = _quantity(about), number(about, "ExtendedAmount")
    unit = _unit_price(about)
    back = about.tag in RETURNED or quantity < 0 or (extended or ZERO) < 0
    whole = quantity == quantity.to_integral_value()
    own_link = about.find("TransactionLink")
    taxes = about.findall("Tax")
    rates = {text(tax, "Percent") for tax in taxes}
    return Goods(
        line=name,
        back=back,
        names=names_of(about),
        title=text(about, "Description"),
        quantity=int(abs(quantity)) if whole else 1,
        extended=abs(extended if extended is not None else (unit or ZERO) * quantity),
        off=_off(about),
        unit=unit if whole else None,
        tax=abs(sum((amount(tax, "Amount") for tax in taxes), ZERO)),
        taxes=len(taxes),
        rate=rates.pop() if len(rates) == 1 else "",
        included=_included(about),
        measure={} if whole else _measure(about, quantity),
        original=link_of(own_link, own) or link if back else None,
        original_line=text(own_link, "LineItemSequenceNumber", "LineItemID"),
        restock=_restock(about),
    )


def _quantity(about: Element) -> Decimal:
    said = number(about, "Quantity")
    return PIECE if said is None else said


def _measure(about: Element, quantity: Decimal) -> dict[str, str]:
    said = about.find("Quantity")
    unit = said.get("UnitOfMeasureCode", "") if said is not None else ""
    return {"quantity": f"{abs(quantity):f}", **({"unit": unit} if unit else {})}


def names_of(about: Element) -> dict[str, str]:
    """``sku`` and ``gtin``, as far as the line has them. What calls itself a barcode and is none is a SKU."""
    codes = [
        *((about.find(name), "Type", ".") for name in ("ItemID", "Item")),
        *((p, "POSIDType", "POSItemID") for p in about.findall("POSIdentity")),
    ]
    said = [
        (element.get(kind, "").lower(), text(element, path)) for element, kind, path in codes if element is not None
    ]
    gtin = next((code for kind, code in said if kind.startswith(BARCODES) and is_gtin(code)), "")
    plain = [code for kind, code in said if code and not kind.startswith(BARCODES)]
    sku = plain[0] if plain else next((code for _, code in said if code and code != gtin), "")
    return {key: value for key, value in (("sku", sku), ("gtin", gtin)) if value}


def _unit_price(about: Element) -> Decimal | None:
    """The price of one; a package price is said with the quantity it buys."""
    for name in ("RegularSalesUnitPrice", "ActualSalesUnitPrice"):
        price = number(about, name)
        if price is not None:
            element = about.find(name)
            pieces = (element.get("Quantity") or "1") if element is not None else "1"
            return abs(price) / Decimal(pieces) if pieces.isdecimal() and int(pieces) else abs(price)
    return None


def _off(about: Element) -> Decimal:
    """What was taken off the line: as told in one sum, else by its modifiers."""
    told = number(about, "ExtendedDiscountAmount")
    if told:
        return abs(told)
    off = ZERO
    for modifier in about.findall("RetailPriceModifier"):
        value = amount(modifier, "Amount")
        element = modifier.find("Amount")
        action = element.get("Action", "Subtract") if element is not None else "Subtract"
        off += -value if action == "Add" else value if action == "Subtract" else ZERO
    return max(off, ZERO)


def _included(about: Element) -> bool | None:
    said = text(about, "TaxIncludedInPriceFlag").lower() or about.get("TaxIncludedInPriceFlag", "").lower()
    return said in ("true", "1") if said else None


def _restock(about: Element) -> bool:
    """Back on the shelf, unless it is said to go elsewhere."""
    disposal = about.find("Disposal")
    method = disposal.get("Method", "") or text(disposal, "Method") if disposal is not None else ""
    return not method or method.lower().replace(" ", "") in ("returntostock", "stock", "resell")
