"""Which lines of a ticket stand in the end: some are taken back by others before it is paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from omni_sync.pos.files.exceptions import Unsayable
from omni_sync.pos.files.poslog.elements import amount, flag, text

SOLD: Final = ("Sale", "SaleForDelivery", "SaleForPickup", "SaleForPickUp")
RETURNED: Final = ("Return", "ReturnForPickup", "ReturnForPickUp")
OTHERS: Final = ("Tender", "Tax", "Discount", "LoyaltyReward")


def body(line: Element) -> Element | None:
    """What the line is about: its Sale, Return, Tender, Tax, Discount or LoyaltyReward; None for anything else."""
    return next((child for child in line if child.tag in (*SOLD, *RETURNED, *OTHERS)), None)


def standing_lines(ticket: Element) -> list[Element]:
    """The lines that were neither cancelled nor voided.

    Tills say a void in two ways. Either the line itself is flagged: it never happened. Or a later line, flagged and
    negative or linked, takes an earlier one back: then neither happened. Raises Unsayable when a line takes back
    something that no line before it has.
    """
    standing: list[Element] = []
    for line in ticket.findall("LineItem"):
        if flag(line, "CancelFlag"):
            continue
        if not flag(line, "VoidFlag"):
            standing.append(line)
            continue
        answered = _answered(line, standing)
        if answered is not None:
            standing.remove(answered)
        elif _is_negative(line):
            where = text(line, "SequenceNumber")
            raise Unsayable(f"line {where} takes back what no line before it says in this quantity and amount")
    return standing


def _answered(void: Element, standing: list[Element]) -> Element | None:
    """The line that ``void`` takes back, the one it links to or the last like it; None when it means only itself."""
    alike = [line for line in standing if _what(line) == _what(void)]
    link = text(void, "ItemLink", "Sale/ItemLink", "Return/ItemLink")
    linked = [line for line in alike if link and text(line, "SequenceNumber") == link]
    if linked:
        return linked[0]
    return alike[-1] if alike and _is_negative(void) else None


def _what(line: Element) -> tuple[str, str, Decimal, Decimal]:
    """What two lines have in common when one takes the other back."""
    about = body(line)
    item = text(about, "ItemID", "POSIdentity/POSItemID") if about is not None else ""
    kind = f"{about.tag} {about.get('TenderType', '')}" if about is not None else ""
    return kind, item, abs(amount(about, "Quantity")), abs(amount(about, "ExtendedAmount", "Amount"))


def _is_negative(line: Element) -> bool:
    about = body(line)
    return amount(about, "Quantity") < 0 or amount(about, "ExtendedAmount", "Amount") < 0
