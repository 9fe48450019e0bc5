"""Which of the ways tills mean their amounts makes this ticket add up.

The standard leaves open, and tills differ in, whether an ExtendedAmount is before or after the line's discounts,
whether prices contain the tax, and whether a discount line of the whole ticket has been shared among its lines already.
What was paid, or the ticket's own total, decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from xml.etree.ElementTree import Element

from omni_sync.pos.files.poslog.elements import ZERO, amount, number
from omni_sync.pos.files.poslog.goods import Goods
from omni_sync.pos.files.poslog.standing import body

TOTALS = ("TransactionGrandAmount", "TransactionNetAmount")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the amounts are meant.

    ``net``: an ExtendedAmount has its discounts off already. ``included``: prices contain the tax. ``discount`` is of
    the whole ticket, ``total`` what it comes to, returns taken off and rounding added; None when nothing says it.
    """

    net: bool
    included: bool
    discount: Decimal
    total: Decimal | None

    def amount(self, goods: Goods) -> Decimal:
        """What the line comes to, after its own discounts."""
        return goods.extended if self.net else max(goods.extended - goods.off, ZERO)

    def worth(self, goods: Sequence[Goods]) -> Decimal:
        """What these lines come to, what was brought back counted against them."""
        signed = ((-1 if g.back else 1) * (self.amount(g) + (ZERO if self.included else g.tax)) for g in goods)
        return sum(signed, ZERO)


def read_sums(
    goods: Sequence[Goods], lines: Sequence[Element], ticket: Element, *, paid: Decimal | None, rounding: Decimal
) -> Reading:
    """The first reading, from the plainest, under which the lines come to the ticket's total.

    When none does and the ticket has rewards or discounts without an amount of their own, these are what is missing.
    Else the plainest is taken, and the difference shows as it is.
    """
    total = _total(ticket, paid, rounding, only_returns=all(g.back for g in goods))
    told = _discounts(lines)
    readings = list(_readings(goods, told, total))
    if total is None:
        return readings[0]
    missing = [(reading.worth(goods) - reading.discount + rounding - total, reading) for reading in readings]
    for difference, reading in missing:
        if not difference:
            return reading
    for difference, reading in missing if _has_rewards(lines) else ():
        if difference > 0:
            return replace(reading, discount=reading.discount + difference)
    return readings[0]


def _readings(goods: Sequence[Goods], told: Decimal, total: Decimal | None) -> Iterator[Reading]:
    said = next((g.included for g in goods if g.included is not None), None)
    taxed = (True, False) if said is None else (said,)
    discounts = (told, ZERO) if told else (ZERO,)
    for net, discount, included in product((True, False), discounts, taxed):
        yield Reading(net, included, discount, total)


def _total(ticket: Element, paid: Decimal | None, rounding: Decimal, *, only_returns: bool) -> Decimal | None:
    """The ticket's total: what was paid when one of its totals says so or none is there, else the first of them."""
    said = {e.get("TotalType", ""): amount(e, ".") for e in ticket.findall("Total") if not e.get("TypeCode")}
    tax = said.get("TransactionTaxAmount", ZERO)
    totals = [said[name] for name in TOTALS if name in said]
    if only_returns:
        totals = [-abs(value) for value in totals]
    ways = [way for value in totals for way in (value + rounding, value, value + tax + rounding)]
    if paid is not None and (paid in ways or not ways):
        return paid
    return ways[0] if ways else None


def _discounts(lines: Sequence[Element]) -> Decimal:
    found = (body(line) for line in lines)
    return sum((abs(amount(e, "Amount")) for e in found if e is not None and e.tag == "Discount"), ZERO)


def _has_rewards(lines: Sequence[Element]) -> bool:
    found = [e for line in lines if (e := body(line)) is not None]
    return any(e.tag == "LoyaltyReward" or (e.tag == "Discount" and number(e, "Amount") is None) for e in found)
