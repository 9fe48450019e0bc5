"""Tickets that say that another never happened (R1b)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from omni_sync.pos.files.exceptions import Unsayable
from omni_sync.pos.files.poslog.elements import code, flag
from omni_sync.pos.files.poslog.goods import goods_of
from omni_sync.pos.files.poslog.key import Key, link_of, occurred_at
from omni_sync.pos.files.poslog.standing import RETURNED, SOLD, body

NAMES: Final = ("PostVoid", "PostVoidTransaction", "VoidTransaction", "TransactionVoid")
LINKS: Final = ("TransactionLink", "RetailTransaction/TransactionLink", "ControlTransaction/TransactionLink")
REASONS: Final = frozenset(["void", "voided", "postvoid", "postvoided", "voidtransaction"])


def is_void(transaction: Element) -> bool:
    """True for a transaction that says of another that it never happened.

    Said by a link with the reason Void, by a transaction of that name, or by the ticket itself, told once more with
    the status PostVoided or the flag.
    """
    return _says_so(transaction) or any(True for _ in _void_links(transaction))


def voided_by(transaction: Element, key: Key) -> Key:
    """The ticket that this one voids: the one it links to, or itself. Raises Unsayable when neither is said."""
    link = next(_void_links(transaction), None)
    if link is None and _says_so(transaction):
        link = transaction.find("RetailTransaction/TransactionLink")
        if link is None:
            return key
    voided = link_of(link, key, near=True)
    if voided is None:
        raise Unsayable("it voids a ticket and does not say which")
    return voided


def _says_so(transaction: Element) -> bool:
    ticket = transaction.find("RetailTransaction")
    if ticket is None:
        return False
    flagged = flag(ticket, "VoidFlag") or flag(transaction, "VoidFlag")
    return flagged or code(ticket.get("TransactionStatus", "")) == "postvoided"


def _void_links(transaction: Element) -> Iterator[Element]:
    """What names the ticket, where something does."""
    for path in LINKS:
        yield from (e for e in transaction.findall(path) if code(e.get("ReasonCode", "")) in REASONS)
    for name in NAMES:
        for element in transaction.iter(name):
            link = element.find("TransactionLink")
            yield element if link is None else link


def void_events(transaction: Element, key: Key, voided: Key, *, store: str) -> Iterator[dict[str, Any]]:
    """A void for the sale or for each return that ``voided`` was; for both where its lines are not told again."""
    if voided.store != key.store:
        raise Unsayable(f"it voids a ticket of another store, {voided.store}")
    at = occurred_at(transaction)
    for place, named in enumerate(_documents(transaction, key, voided.document), 1):
        yield {
            "id": f"{key.event_id}/void-{place}",
            "type": "sale.voided",
            "store": store,
            "occurred_at": at,
            "data": named,
        }


def _documents(transaction: Element, key: Key, number: str) -> Iterator[dict[str, str]]:
    lines = transaction.findall("RetailTransaction/LineItem")
    told = [about.tag for line in lines if (about := body(line)) is not None and about.tag in (*SOLD, *RETURNED)]
    goods, _ = goods_of(lines, own=key, link=None)
    if not told or any(tag in SOLD for tag in told):
        yield {"sale": number}
    if not told or any(tag in RETURNED for tag in told):
        originals = len({line.original for line in goods if line.back}) or 1
        for place in range(1, originals + 1):
            yield {"return": number + (f"-{place}" if place > 1 else "")}
