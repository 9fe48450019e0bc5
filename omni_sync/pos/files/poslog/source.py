"""POSLog files, version 6 and the older 2.x, as native events."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from omni_sync.pos.files.exceptions import Unsayable
from omni_sync.pos.files.poslog.elements import code, flag
from omni_sync.pos.files.poslog.inventory import inventory_event
from omni_sync.pos.files.poslog.key import key_of
from omni_sync.pos.files.poslog.sales import events_of
from omni_sync.pos.files.poslog.stream import Transactions
from omni_sync.pos.files.poslog.ticket import read_ticket
from omni_sync.pos.files.poslog.voids import is_void, void_events, voided_by
from omni_sync.pos.files.stores import Stores
from omni_sync.pos.files.told import Told

FINISHED: Final = frozenset(["", "finished", "delivered", "pickedup", "returned", "replaced", "tendered", "postvoided"])
CANCELLED: Final = frozenset(["canceled", "cancelled", "voided", "failed", "abandoned"])
UNFINISHED: Final = frozenset(
    ["suspended", "suspendedretrieved", "retrieved", "inprocess", "inprogress", "totaled", "orderplaced"]
)


class PosLog:
    """A POSLog file. Raises Unreadable when it is made of what is no XML, or of XML that declares entities.

    ``ignored`` counts transactions that change no books, by what they are; ``broken`` says where the file ends before
    its end, if it does: what came before that is told all the same.
    """

    def __init__(self, path: Path, stores: Stores) -> None:
        self.path = path
        self.shops = stores
        self.rows_rejected = 0
        self.ignored: Counter[str] = Counter()
        self.broken = ""
        self.notes: list[str] = []
        with path.open("rb") as file:
            Transactions(file)

    def stores(self) -> list[str]:
        """All stores that are there."""
        return []

    def events(self) -> Iterator[Told]:
        """The events of each transaction, in the order of the file."""
        found = False
        with self.path.open("rb") as file:
            transactions = Transactions(file)
            for line, transaction in transactions:
                found = True
                yield from self._told(transaction, f"line {line}")
            self.broken = transactions.broken or ("" if found else "there is no Transaction in it")

    def _told(self, transaction: Element, place: str) -> Iterator[Told]:
        try:
            events = list(self._events_of(transaction))
        except Unsayable as refusal:
            yield Told(None, place, refusal.reason)
            return
        for event in events:
            yield Told(json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode(), place)

    def _events_of(self, transaction: Element) -> Iterator[dict[str, Any]]:
        reason = _without_effect(transaction)
        if reason:
            self.ignored[reason] += 1
            return
        key = key_of(transaction, default_store=self.shops.default)
        store = self.shops.named(key.store)
        if is_void(transaction):
            yield from void_events(transaction, key, voided_by(transaction, key), store=store)
        elif transaction.find("RetailTransaction") is not None:
            ticket = read_ticket(transaction, key, currency=self.shops.currency_of(store))
            self.rows_rejected += ticket.left_out
            yield from events_of(ticket, store=store, stores=self.shops)
        else:
            yield inventory_event(transaction, key, store=store, stores=self.shops)


def _without_effect(transaction: Element) -> str:
    """Why the transaction changes no books; "" when it may. Raises Unsayable for a status nobody has told us of."""
    ticket = transaction.find("RetailTransaction")
    control = transaction.find("InventoryControlTransaction")
    parts = [part for part in (transaction, ticket, control) if part is not None]
    if any(flag(part, "TrainingModeFlag") for part in parts):
        return "training"
    if any(flag(part, "CancelFlag") for part in parts):
        return "cancelled"
    if is_void(transaction) or control is not None:
        return ""
    if ticket is None:
        return next((child.tag for child in transaction if child.tag.endswith("Transaction")), "other")
    return _unfinished(ticket.get("TransactionStatus", ""))


def _unfinished(said: str) -> str:
    status = code(said)
    if status in FINISHED:
        return ""
    if status in CANCELLED:
        return "cancelled"
    if status in UNFINISHED:
        return "unfinished"
    raise Unsayable(f"the status {said!r} is not one we know")
