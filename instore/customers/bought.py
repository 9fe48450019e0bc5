"""What a human bought last, on the web and at every till, with where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import F

from instore.customers.standing import READ, Standing, standing_of, with_standing
from omni_sync.catalogue.worded import worded
from omni_sync.oscar.models import Order, OrderLine
from omni_sync.people.models import Person
from omni_sync.sales.models import Sale

ON_A_PAGE: Final = 20
MOST_PAGES: Final = 500


@dataclass(frozen=True, slots=True)
class Line:
    """In the reader's language; ``facts`` are colour and size as the goods say them now, where the title does not."""

    title: str
    quantity: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Purchase:
    """One order; ``store`` is where it was bought, or where it is collected, empty for neither."""

    number: str
    at: datetime
    total: Decimal
    currency: str
    store: str
    is_online: bool
    standing: Standing
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Purchases:
    """A page of them, the newest first; ``older`` and ``newer`` are the pages beside it, 0 for none."""

    rows: tuple[Purchase, ...]
    older: int
    newer: int


def purchases_of(person: Person, *, page: int = 1) -> Purchases:
    """Two queries, however much was bought."""
    page = min(max(page, 1), MOST_PAGES)
    mine = Person.objects.alike(person).values("pk")
    web = Order.objects.filter(user__person__in=mine).order_by().values("pk")
    tills = Sale.objects.filter(person__in=mine).values(pk=F("order"))
    orders = Order.objects.filter(pk__in=web.union(tills)).order_by("-date_placed", "-pk")
    start = (page - 1) * ON_A_PAGE
    rows = list(with_standing(orders).values_list(*_COLUMNS, named=True)[start : start + ON_A_PAGE + 1])
    shown = rows[:ON_A_PAGE]
    lines = _lines([row.pk for row in shown])
    older = page + 1 if len(rows) > ON_A_PAGE else 0
    return Purchases(tuple(_purchase(row, lines[row.pk]) for row in shown), older, page - 1)


def _lines(orders: Sequence[int]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    facts = ("product__parent__title", "product__entry__colour", "product__entry__size")
    rows = OrderLine.objects.filter(order__in=orders).order_by("pk")
    for order, title, quantity, style, colour, size in rows.values_list("order", "title", "quantity", *facts):
        said = worded(title, style=style, colour=colour, size=size)
        found[order].append(Line(said.title, quantity, said.facts))
    return found


def _purchase(row: Any, lines: Sequence[Line]) -> Purchase:
    is_collected = row.pickup__pk is not None
    is_online = row.sale__channel in (None, Sale.Channel.WEB) or is_collected
    store = row.pickup__store__partner__name if is_collected else "" if is_online else row.sale__store__name
    return Purchase(
        number=row.number,
        at=row.date_placed,
        total=row.total_incl_tax,
        currency=row.currency,
        store=store or "",
        is_online=is_online,
        standing=standing_of(row, pieces=sum(line.quantity for line in lines)),
        lines=tuple(lines),
    )


#: What is read of an order and of what stands beside it.
_COLUMNS: Final = (
    "pk", "number", "date_placed", "total_incl_tax", "currency", "sale__channel", "sale__store__name",
    "pickup__pk", "pickup__store__partner__name", *READ,
)  # fmt: skip
