"""What a ticket is called: store, workstation, sequence number and business day, the natural key of the standard."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from omni_sync.pos.files.exceptions import Unsayable
from omni_sync.pos.files.poslog.elements import text

STORE = ("BusinessUnit/UnitID", "RetailStoreID", "BusinessUnit")
BEGUN = ("BeginDateTime", "DateTime", "StartDateTime")
ENDED = ("EndDateTime", "RetailTransaction/ReceiptDateTime", "ReceiptDateTime", *BEGUN)


@dataclass(frozen=True, slots=True)
class Key:
    """The ticket; a till that restarts its numbers each day says another day with them."""

    store: str
    register: str
    number: str
    day: str

    @property
    def document(self) -> str:
        return f"{self.day}.{self.register}.{self.number}"

    @property
    def event_id(self) -> str:
        return f"poslog/{self.store}/{self.day}/{self.register}/{self.number}"


def key_of(transaction: Element, *, default_store: str = "") -> Key:
    """The key of a transaction; its day is that of its beginning where no business day is said.

    Raises Unsayable when a part of it is missing.
    """
    parts = {
        "store": text(transaction, *STORE) or default_store,
        "workstation": text(transaction, "WorkstationID"),
        "sequence number": text(transaction, "SequenceNumber"),
        "business day or time": _day(text(transaction, "BusinessDayDate", *BEGUN, *ENDED)),
    }
    missing = [name for name, value in parts.items() if not value]
    if missing:
        raise Unsayable(f"the transaction has no {' and no '.join(missing)}")
    return Key(*parts.values())


def occurred_at(transaction: Element) -> str:
    """When the ticket was finished, as it is written there. Raises Unsayable."""
    at = text(transaction, *ENDED)
    if not at:
        raise Unsayable("the transaction does not say at what time it was")
    return at


def link_of(element: Element | None, own: Key, *, near: bool = False) -> Key | None:
    """The ticket a TransactionLink means; None when it is not said well enough.

    What is left out is as in ``own``: the store always, register and day only when ``near`` (a void is told where it
    happened; a return may come years later).
    """
    if element is None:
        return None
    register = text(element, "WorkstationID") or (own.register if near else "")
    day = _day(text(element, "BusinessDayDate", *BEGUN, "EndDateTime")) or (own.day if near else "")
    number = text(element, "SequenceNumber", "TransactionSequenceNumber")
    if not (register and day and number):
        return None
    return Key(text(element, *STORE) or own.store, register, number, day)


def _day(said: str) -> str:
    return said[:10]
