"""A ticket read as a whole, before it is told as events."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from omni_sync.money.allocation import allocate
from omni_sync.money.exceptions import NothingToShare, UnsupportedCurrency
from omni_sync.money.exponents import unit
from omni_sync.money.rounding import round_half_up
from omni_sync.pos.files.exceptions import Unsayable
from omni_sync.pos.files.poslog.elements import ZERO, amount, text
from omni_sync.pos.files.poslog.goods import Goods, goods_of
from omni_sync.pos.files.poslog.key import Key, link_of, occurred_at
from omni_sync.pos.files.poslog.standing import body, standing_lines
from omni_sync.pos.files.poslog.sums import Reading, read_sums
from omni_sync.pos.files.poslog.tenders import Paid, tenders_of

MOST_PRICE_DIGITS: Final = 10


@dataclass(slots=True)
class Ticket:
    """A finished retail transaction. ``left_out`` counts its lines of quantity 0."""

    key: Key
    at: str
    currency: str
    associate: str
    customer: dict[str, str]
    goods: list[Goods]
    paid: list[Paid]
    rounding: Decimal
    reading: Reading
    left_out: int

    @property
    def sold(self) -> list[Goods]:
        return [g for g in self.goods if not g.back]

    @property
    def returned(self) -> list[Goods]:
        return [g for g in self.goods if g.back]

    def money(self, value: Decimal) -> str:
        """``value`` as it goes on the wire, rounded half up: a till's ledger may carry five decimals."""
        return f"{round_half_up(value, self.currency) + 0:f}"


def read_ticket(transaction: Element, key: Key, *, currency: str) -> Ticket:
    """The ticket of a RetailTransaction; ``currency`` where it names none. Raises Unsayable."""
    ticket = transaction.find("RetailTransaction")
    assert ticket is not None
    currency = _currency(transaction, ticket) or currency
    try:
        unit(currency)
    except UnsupportedCurrency:
        raise Unsayable(f"the currency {currency!r} is not one we can count in") from None
    lines = standing_lines(ticket)
    link = ticket.find("TransactionLink")
    goods, left_out = goods_of(lines, own=key, link=link_of(link, key))
    if not goods:
        raise Unsayable("every line of it has the quantity 0" if left_out else "it has no lines of goods")
    _round(goods, currency)
    _share_tax(goods, lines, currency)
    paid, rounding = tenders_of(lines, only_returns=all(g.back for g in goods))
    rounding = round_half_up(rounding, currency)
    paid = [Paid(p.method, round_half_up(p.amount, currency), p.reference) for p in paid]
    came = sum((p.amount for p in paid), ZERO) if paid else None
    return Ticket(
        key=key,
        at=occurred_at(transaction),
        currency=currency,
        associate=text(transaction, "OperatorID"),
        customer=_customer(ticket),
        goods=goods,
        paid=[p for p in paid if p.amount],
        rounding=rounding,
        reading=read_sums(goods, lines, ticket, paid=came, rounding=rounding),
        left_out=left_out,
    )


def _currency(transaction: Element, ticket: Element) -> str:
    """The transaction's currency, as it is said once or beside its totals."""
    total = next((e for e in ticket.findall("Total") if e.get("CurrencyCode")), None)
    beside = total.get("CurrencyCode", "") if total is not None else ""
    amounts = ticket.find("LineItem/Sale/ExtendedAmount")
    return text(transaction, "CurrencyCode") or beside or (amounts.get("Currency", "") if amounts is not None else "")


def _round(goods: list[Goods], currency: str) -> None:
    for line in goods:
        line.extended = round_half_up(line.extended, currency)
        line.off = round_half_up(line.off, currency)
        line.tax = round_half_up(line.tax, currency)


def _share_tax(goods: list[Goods], lines: list[Element], currency: str) -> None:
    """Give the lines the tax that is said only for the whole ticket, by what they cost."""
    if any(line.taxes for line in goods):
        return
    taxes = (e for line in lines if (e := body(line)) is not None and e.tag == "Tax")
    whole = round_half_up(abs(sum((amount(tax, "Amount") for tax in taxes), ZERO)), currency)
    sold = [line for line in goods if not line.back] or goods
    try:
        shares = allocate(total=whole, weights=[line.extended for line in sold], currency=currency)
    except NothingToShare:
        return
    for line, share in zip(sold, shares, strict=True):
        line.tax = share


def _customer(ticket: Element) -> dict[str, str]:
    """Whom the ticket is of, by the numbers the till has for them. Names and addresses are not read."""
    loyalty = ("CustomerID", "LoyaltyAccountID", "LoyaltyProgram/LoyaltyAccountID")
    paths = [f"{where}LoyaltyAccount/{path}" for where in ("", "LineItem/") for path in loyalty]
    said = {"loyalty": text(ticket, *paths), "till": text(ticket, "Customer/CustomerID")}
    return {key: value for key, value in said.items() if value}
