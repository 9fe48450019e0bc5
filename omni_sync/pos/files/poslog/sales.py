"""A ticket as native events: a sale, its returns, or an exchange of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from omni_sync.pos.files.poslog.elements import ZERO
from omni_sync.pos.files.poslog.goods import Goods
from omni_sync.pos.files.poslog.key import Key
from omni_sync.pos.files.poslog.tenders import Paid
from omni_sync.pos.files.poslog.ticket import Ticket
from omni_sync.pos.files.stores import Stores

Event = dict[str, Any]


def events_of(ticket: Ticket, *, store: str, stores: Stores) -> Iterator[Event]:
    """One return for every ticket that goods were brought back from, then the sale of what was bought.

    What a return is worth and was not paid out pays for the sale: a payment and a refund called ``exchange``.
    """
    back = [p for p in ticket.paid if p.amount < 0] if ticket.returned else []
    pool = [Paid(p.method, -p.amount, p.reference) for p in back]
    credit = ZERO
    groups = list(_by_original(ticket))
    for place, (original, goods) in enumerate(groups, 1):
        number = ticket.key.document + (f"-{place}" if place > 1 else "")
        worth = -ticket.reading.worth(goods)
        refunds = _take(pool, worth)
        left = worth - sum((r.amount for r in refunds), ZERO)
        if ticket.sold and left:
            credit += left
            refunds.append(Paid("exchange", left, ticket.key.document))
        elif place == len(groups) and not ticket.sold:
            refunds += pool
        yield _return(ticket, store, number, place, goods, refunds, _original(original, stores))
    if ticket.sold:
        payments = [p for p in ticket.paid if p not in back]
        payments += [Paid(p.method, -p.amount, p.reference) for p in pool]
        if credit:
            payments.append(Paid("exchange", credit, ticket.key.document))
        yield _sale(ticket, store, payments)


def _sale(ticket: Ticket, store: str, payments: list[Paid]) -> Event:
    reading = ticket.reading
    returned = -reading.worth(ticket.returned)
    data: Event = {
        "sale": ticket.key.document,
        **_people(ticket),
        "currency": ticket.currency,
        "tax_included": reading.included,
        "lines": [_sold(ticket, line) for line in ticket.sold],
        "discount": ticket.money(reading.discount),
        "rounding": ticket.money(ticket.rounding),
        "payments": [_paid(ticket, payment) for payment in payments],
    }
    if reading.total is not None:
        data["total"] = ticket.money(reading.total + returned)
    return _event(ticket, store, "sale.completed", "sale", data)


def _sold(ticket: Ticket, line: Goods) -> Event:
    amount = ticket.reading.amount(line)
    unit = line.unit if line.unit is not None else (amount + line.off) / line.quantity
    said: Event = {
        "line": line.line,
        **line.names,
        "title": line.title[:1000],
        "quantity": line.quantity,
        "unit_price": ticket.money(unit),
        "discount": ticket.money(line.off),
        "amount": ticket.money(amount),
        "tax": ticket.money(line.tax),
        "tax_rate": _rate(line.rate),
        "measure": line.measure,
    }
    return {key: value for key, value in said.items() if value not in ("", {})}


def _return(
    ticket: Ticket,
    store: str,
    number: str,
    place: int,
    goods: list[Goods],
    refunds: list[Paid],
    original: Mapping[str, str],
) -> Event:
    data: Event = {
        "return": number,
        **_people(ticket),
        "currency": ticket.currency,
        "lines": [_brought_back(ticket, line) for line in goods],
        "refunds": [_paid(ticket, refund) for refund in refunds],
    }
    if original:
        data["original"] = dict(original)
    return _event(ticket, store, "sale.returned", f"return-{place}", data)


def _brought_back(ticket: Ticket, line: Goods) -> Event:
    said: Event = {
        "line": line.line,
        "original_line": line.original_line,
        **line.names,
        "quantity": line.quantity,
        "amount": ticket.money(-ticket.reading.worth([line])),
        "restock": line.restock,
        "measure": line.measure,
    }
    return {key: value for key, value in said.items() if value not in ("", {})}


def _by_original(ticket: Ticket) -> Iterator[tuple[Key | None, list[Goods]]]:
    """What was brought back, by the ticket it was bought on, in the order these first appear."""
    groups: dict[Key | None, list[Goods]] = {}
    for line in ticket.returned:
        groups.setdefault(line.original, []).append(line)
    yield from groups.items()


def _original(key: Key | None, stores: Stores) -> dict[str, str]:
    return {"sale": key.document, "store": stores.named(key.store)} if key else {}


def _take(pool: list[Paid], worth: Decimal) -> list[Paid]:
    """Up to ``worth`` out of ``pool``, which keeps the rest."""
    taken: list[Paid] = []
    while pool and worth > 0:
        first = pool.pop(0)
        part = min(first.amount, worth)
        taken.append(Paid(first.method, part, first.reference))
        worth -= part
        if first.amount > part:
            pool.insert(0, Paid(first.method, first.amount - part, first.reference))
    return taken


def _people(ticket: Ticket) -> Event:
    said: Event = {
        "register": ticket.key.register,
        "associate": ticket.associate,
        "customer": ticket.customer,
        "exchange": ticket.key.document if ticket.sold and ticket.returned else "",
    }
    return {key: value for key, value in said.items() if value}


def _paid(ticket: Ticket, payment: Paid) -> dict[str, str]:
    said = {"method": payment.method, "amount": ticket.money(payment.amount), "reference": payment.reference}
    return {key: value for key, value in said.items() if value}


def _rate(said: str) -> str:
    """A percentage with no more than four decimals, or nothing."""
    try:
        return f"{Decimal(said).quantize(Decimal('0.0001')).normalize():f}"
    except ArithmeticError:
        return ""


def _event(ticket: Ticket, store: str, kind: str, part: str, data: Event) -> Event:
    return {
        "id": f"{ticket.key.event_id}/{part}",
        "type": kind,
        "store": store,
        "occurred_at": ticket.at,
        "data": data,
    }
