"""What a simulated till says: events under numbers that no other till, and no other run, uses."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any, Final
from uuid import uuid4

from django.utils import timezone

from shop.seed.places import CURRENCY
from shop.seed.week.goods import Article

Event = dict[str, Any]
DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"


class Numbers:
    """Document numbers: business date, the moment this run began, a running number.

    A run that begins later has another moment, so nothing has to be remembered from one to the next.
    """

    def __init__(self) -> None:
        self.run = _short(time.time_ns() // 1_000_000)
        self._next = itertools.count(1)

    def next(self, at: datetime) -> str:
        """The next one."""
        return f"{at:%y%m%d}.{self.run}.{next(self._next)}"


class Speaker:
    """Says what happened, now, at a store of the given zone."""

    def __init__(self, *, register: str) -> None:
        self.register = register
        self.numbers = Numbers()

    def sale(
        self, store: str, zone: tzinfo, lines: Sequence[tuple[Article, int]], *, method: str = "card", loyalty: str = ""
    ) -> Event:
        """Somebody bought so many of each."""
        sold = [article.sold(n, quantity=quantity) for n, (article, quantity) in enumerate(lines, 1)]
        total = str(sum(int(line["amount"]) for line in sold))
        at = timezone.now().astimezone(zone)
        data = {
            "sale": self.numbers.next(at),
            "register": self.register,
            "currency": CURRENCY,
            "tax_included": True,
            "lines": sold,
            "total": total,
            "payments": [{"method": method, "amount": total}],
        }
        return self._event("sale.completed", store, at, data | ({"customer": {"loyalty": loyalty}} if loyalty else {}))

    def goods_in(self, store: str, zone: tzinfo, quantities: dict[str, int]) -> Event:
        """Goods came, so many of each SKU."""
        at = timezone.now().astimezone(zone)
        lines = [{"line": str(n), "sku": sku, "quantity": q} for n, (sku, q) in enumerate(quantities.items(), 1)]
        return self._event("stock.received", store, at, {"document": self.numbers.next(at), "lines": lines})

    def brought_back(self, sale: Event, zone: tzinfo) -> Event:
        """The first line of ``sale`` came back, one of it, as good as new."""
        at = timezone.now().astimezone(zone)
        line = sale["data"]["lines"][0]
        amount = str(int(line["amount"]) // line["quantity"])
        back = {"line": "1", "original_line": line["line"], "sku": line["sku"], "quantity": 1, "amount": amount}
        data = {
            "return": self.numbers.next(at),
            "original": {"sale": sale["data"]["sale"]},
            "currency": CURRENCY,
            "lines": [back | {"restock": True}],
            "refunds": [{"method": sale["data"]["payments"][0]["method"], "amount": amount}],
        }
        return self._event("sale.returned", sale["store"], at, data)

    def _event(self, kind: str, store: str, at: datetime, data: Event) -> Event:
        return {
            "id": f"evt_{uuid4().hex}",
            "type": kind,
            "store": store,
            "occurred_at": at.isoformat(timespec="milliseconds"),
            "data": data,
        }


def _short(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text
