"""What was paid on a ticket, net of change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from omni_sync.pos.files.poslog.elements import ZERO, amount, number, text
from omni_sync.pos.files.poslog.standing import body

METHODS: Final = {"cash": "cash", "creditdebit": "card", "credit": "card", "debit": "card", "": "till"}


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came in, or with a minus went back. Card numbers are never read."""

    method: str
    amount: Decimal
    reference: str = ""


def tenders_of(lines: Sequence[Element], *, only_returns: bool) -> tuple[list[Paid], Decimal]:
    """The payments and the rounding of the ticket.

    A payment of nothing is one: it says that nothing was due. A line that rounds is no payment. Change is taken off
    what it was given on: the same line, or the last one of its method, or the last. On a ticket of returns only, a
    tender that does not say its direction goes back.
    """
    paid: list[Paid] = []
    rounding = ZERO
    for line in lines:
        tender = body(line)
        if tender is None or tender.tag != "Tender":
            continue
        rounded = tender.find("Rounding")
        if rounded is not None:
            rounding += _rounding(rounded)
            continue
        payment = Paid(_method(tender), _net(tender, only_returns), _reference(tender))
        if payment.amount < 0 and amount(tender, "TenderChange/Amount"):
            _give_change(paid, payment)
        else:
            paid.append(payment)
    return paid, rounding


def _net(tender: Element, only_returns: bool) -> Decimal:
    said = amount(tender, "Amount")
    direction = tender.get("TypeCode", "").lower()
    if direction in ("refund", "change") or (only_returns and direction != "sale"):
        said = -abs(said)
    return said - abs(amount(tender, "TenderChange/Amount")) - abs(amount(tender, "Cashback"))


def _give_change(paid: list[Paid], change: Paid) -> None:
    """Take change that stands on a line of its own off what it was given on."""
    given = [i for i, p in enumerate(paid) if p.method == change.method] or list(range(len(paid)))
    if not given:
        paid.append(change)
        return
    last = given[-1]
    paid[last] = replace(paid[last], amount=paid[last].amount + change.amount)


def _rounding(element: Element) -> Decimal:
    value = number(element, ".", "Amount") or ZERO
    direction = element.get("RoundingDirection", "").lower()
    return abs(value) if direction == "up" else -abs(value) if direction == "down" else value


def _method(tender: Element) -> str:
    kind = tender.get("TenderType", "").rpartition(":")[2].strip().lower()
    if not kind and (number := text(tender, "TenderID")):
        return f"tender-{number}"
    return METHODS.get(kind, kind)


def _reference(tender: Element) -> str:
    return text(tender, "Authorization/ReferenceNumber", "Authorization/AuthorizationCode", "Voucher/SerialNumber")
