"""What a human bought last, on the web and at every till, with where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F

from omni_sync.oscar.models import Order, OrderLine
from omni_sync.people.models import Person
from omni_sync.sales.models import Sale

ON_A_PAGE: Final = 20
MOST_PAGES: Final = 500


@dataclass(frozen=True, slots=True)
class Line:
    """``size`` and ``colour`` as the goods say them now, where the title does not."""

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
    is_voided: bool
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
    asked = orders.select_related("sale__store", "pickup__store__partner").defer("basket")
    rows = list(asked[start : start + ON_A_PAGE + 1])
    shown = rows[:ON_A_PAGE]
    lines = _lines([row.pk for row in shown])
    older = page + 1 if len(rows) > ON_A_PAGE else 0
    return Purchases(tuple(_purchase(row, lines[row.pk]) for row in shown), older, page - 1)


def _lines(orders: Sequence[int]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    columns = ("order", "title", "quantity", "product__entry__colour", "product__entry__size")
    rows = OrderLine.objects.filter(order__in=orders).order_by("pk")
    for order, title, quantity, *facts in rows.values_list(*columns):
        told = tuple(fact for fact in facts if fact and fact.casefold() not in title.casefold())
        found[order].append(Line(title, quantity, told))
    return found


def _purchase(order: Any, lines: Sequence[Line]) -> Purchase:
    sale, pickup = _beside(order, "sale"), _beside(order, "pickup")
    is_online = sale is None or sale.channel == Sale.Channel.WEB or pickup is not None
    store = str(pickup.store) if pickup else "" if is_online else str(sale.store)
    return Purchase(
        number=str(order.number),
        at=order.date_placed,
        total=order.total_incl_tax,
        currency=str(order.currency),
        store=store,
        is_online=is_online,
        is_voided=bool(sale and sale.voided_at),
        lines=tuple(lines),
    )


def _beside(order: Any, name: str) -> Any:
    try:
        return getattr(order, name)
    except ObjectDoesNotExist:
        return None
