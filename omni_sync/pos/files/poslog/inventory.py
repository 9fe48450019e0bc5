"""Inventory control transactions: counts, goods in, transfers, losses and adjustments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from omni_sync.pos.files.exceptions import Unsayable
from omni_sync.pos.files.poslog.elements import code, number, text
from omni_sync.pos.files.poslog.goods import names_of
from omni_sync.pos.files.poslog.key import Key, occurred_at
from omni_sync.pos.files.stores import Stores

#: What the document is, by the element in it or its DocumentTypeCode, and the sign its quantities get.
KINDS: Final = {
    "stockcount": ("stock.counted", 0),
    "inventorycount": ("stock.counted", 0),
    "physicalcount": ("stock.counted", 0),
    "physicalinventory": ("stock.counted", 0),
    "cyclecount": ("stock.counted", 0),
    "receiveinventory": ("stock.received", 0),
    "inventoryreceipt": ("stock.received", 0),
    "inventoryreception": ("stock.received", 0),
    "inventoryadjustment": ("stock.adjusted", 0),
    "stockadjustment": ("stock.adjusted", 0),
    "inventoryloss": ("stock.adjusted", -1),
    "returntovendor": ("stock.adjusted", -1),
    "inventoryreturn": ("stock.adjusted", -1),
    "transfer": ("transfer", 0),
    "inventorytransfer": ("transfer", 0),
}
QUANTITIES: Final = ("Quantity", "UnitCount", "UnitsReceivedCount", "UnitsCounted", "CountedQuantity")
NUMBERS: Final = ("SequenceNumber", "DetSequenceNumber", "LineItemSequenceNumber")


def inventory_event(transaction: Element, key: Key, *, store: str, stores: Stores) -> dict[str, Any]:
    """The one event of an inventory document. Raises Unsayable for a kind we don't know."""
    control = transaction.find("InventoryControlTransaction")
    assert control is not None
    kind, sign, name = _kind(control)
    data: dict[str, Any] = {"document": key.document}
    if kind == "transfer":
        kind, other = _direction(control, key, stores)
        data |= {"transfer": text(control, ".//DocumentID", "SerialFormID") or key.document, **other}
    elif kind == "stock.received" and (reference := text(control, ".//DocumentID", "ReceiptNumber")):
        data["reference"] = reference
    data["lines"] = list(_lines(control, sign, name if kind == "stock.adjusted" else ""))
    if not data["lines"]:
        raise Unsayable("the inventory document has no lines with an item and a quantity")
    return {"id": key.event_id, "type": kind, "store": store, "occurred_at": occurred_at(transaction), "data": data}


def _kind(control: Element) -> tuple[str, int, str]:
    said = [text(control, "DocumentTypeCode"), *(child.tag for child in control)]
    known = next((name for name in said if code(name) in KINDS), None)
    if known is None:
        raise Unsayable(f"an inventory document of a kind we don't know: {', '.join(filter(None, said))[:120]}")
    return *KINDS[code(known)], known


def _direction(control: Element, key: Key, stores: Stores) -> tuple[str, dict[str, str]]:
    """Who speaks has sent the goods or has them now; the other store is named."""
    sender = text(
        control, ".//SourceBusinessUnit/UnitID", ".//SourceBusinessUnit", "SourceRetailStore", "SourceRetailStoreID"
    )
    receiver = text(
        control, ".//DestinationBusinessUnit/UnitID", ".//DestinationBusinessUnit", "DestinationRetailStoreID"
    )
    if receiver == key.store and sender != key.store:
        return "transfer.received", {"from": stores.named(sender)} if sender else {}
    if sender in (key.store, "") and receiver and receiver != key.store:
        return "transfer.sent", {"to": stores.named(receiver)}
    raise Unsayable("a transfer that does not say from which store to which it went")


def _lines(control: Element, sign: int, reason: str) -> Iterator[dict[str, Any]]:
    rows = [(row, said) for row in control.iter() if (said := number(row, *QUANTITIES)) is not None and names_of(row)]
    numbers = [text(row, *NUMBERS) for row, _ in rows]
    by_number = all(numbers) and len(set(numbers)) == len(numbers)
    for place, (row, said) in enumerate(rows, 1):
        if said != said.to_integral_value():
            raise Unsayable(f"{said} of an item: stock is kept in whole pieces")
        line = {
            "line": numbers[place - 1] if by_number else str(place),
            **names_of(row),
            "quantity": int(sign * abs(said) if sign else said),
        }
        yield {**line, "reason": reason} if reason else line
