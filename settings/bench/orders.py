"""``orders``: orders a second of five lines to be collected and paid in the store, next to Oscar's own creator."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any, Final

from django.db import connection
from django.test.utils import CaptureQueriesContext

from instore.pickup.models import Pickup
from instore.stores.models import Store
from omni_sync.carts.models import Fulfilment
from omni_sync.oscar.models import Basket, BasketLine, Order, StockRecord
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Hold
from settings.bench.buyers import Buyers, Outcome, at_the_counter
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.rows import Row, Size, middle

PROCESSES: Final = 2
THREADS: Final = 4
LINES: Final = 5
PLENTY: Final = 10_000_000
MOST_A_SECOND: Final = 60  # baskets are filled beforehand; more are not ordered
MOST_QUERIES: Final = 60
LEAST: Final = 12
PRICE: Final = Decimal(149000)


@dataclass(frozen=True, slots=True)
class Checkouts:
    """Order these baskets, one after the other, for so many seconds; ``plainly`` as Oscar does by itself."""

    baskets: list[int]
    seconds: float
    plainly: bool = False

    def run(self) -> Outcome:
        mine = Outcome()
        began = time.perf_counter()
        while mine.seconds < self.seconds:
            try:
                basket = self.baskets.pop()  # the threads of a process share them
            except IndexError:
                break
            place(basket, plainly=self.plainly)
            mine.granted += 1
            mine.seconds = time.perf_counter() - began
        return mine


def place(basket_id: int, *, plainly: bool = False) -> Any:
    """The last step of a checkout, from reading the basket to the order that is written."""
    from oscar.core.loading import default_class_loader, get_class

    (creator,) = (
        default_class_loader("order.utils", ["OrderCreator"], "oscar.apps")
        if plainly
        else [get_class("order.utils", "OrderCreator")]
    )
    basket = Basket.objects.get(pk=basket_id)
    basket.strategy = get_class("partner.strategy", "Selector")().strategy()
    method = get_class("shipping.repository", "Repository")().get_default_shipping_method(basket=basket)
    charge = method.calculate(basket)
    total = get_class("checkout.calculators", "OrderTotalCalculator")().calculate(basket, charge)
    number = get_class("order.utils", "OrderNumberGenerator")().order_number(basket)
    placed = _counting_nothing(creator) if plainly else creator
    more: dict[str, Any] = {} if plainly else {"asked": {"name": "Budi", "email": "budi@lintas.example"}}
    return placed().place_order(
        basket=basket, total=total, shipping_method=method, shipping_charge=charge, order_number=number,
        guest_email="budi@lintas.example", **more,
    )  # fmt: skip


def _counting_nothing(creator: Any) -> Any:
    """Oscar's creator without its own book of what is allocated: the ledger keeps those columns."""
    return type("Plain", (creator,), {"update_stock_records": lambda *_: None})


def run(size: Size) -> Iterator[Row]:
    """Both sides in turn, the same baskets; then the proof that everything ordered is promised and collected."""
    shops = open_shops(size.shops)
    Store.objects.update(pickup_capacity=None)  # what is measured is not how soon a slot is full
    stock(shops, make_products(size.products), PLENTY)
    baskets = Baskets(shops)
    settle_down()
    (first,) = baskets.fill(1)
    with CaptureQueriesContext(connection) as captured:
        place(first)
    rounds: list[tuple[float, float | None]] = []
    ordered = 1
    with at_the_counter(processes=PROCESSES, threads=THREADS) as buyers:
        for seconds in (min(size.seconds, 1.0), *[size.seconds] * size.rounds):  # the first only warms up
            ours = _round(buyers, baskets, seconds)
            plain = _round(buyers, baskets, seconds, plainly=True)
            ordered += ours.granted
            rounds.append((ours.per_second, plain.per_second))
    rounds = rounds[1:]
    figure, limit = middle(rounds)
    queries = len(captured)
    yield Row(
        name="orders", unit="orders/s", figure=figure, limit=limit, least_figure=LEAST,
        limit_is="Oscar's own order creator on the same baskets, which promises nothing and collects nothing",
        checks={f"{queries} queries, at most {MOST_QUERIES}": queries <= MOST_QUERIES, **_books(ordered)},
        details={
            "clients": PROCESSES * THREADS, "lines": LINES, "queries": queries,
            "rounds": [[round(ours, 1), round(limit or 0, 1)] for ours, limit in rounds],
        },
    )  # fmt: skip


def _round(buyers: Buyers, baskets: Baskets, seconds: float, *, plainly: bool = False) -> Outcome:
    filled = baskets.fill(max(round(seconds * MOST_A_SECOND), PROCESSES * THREADS))
    return buyers.send([Checkouts(filled[n::PROCESSES], seconds, plainly) for n in range(PROCESSES)])


def _books(ordered: int) -> dict[str, bool]:
    pickups = Pickup.objects.count()
    promises = Hold.objects.open().filter(holder_kind=Hold.ORDER).count()
    report = audit()
    return {
        f"{pickups} of {ordered} orders are collected": pickups == ordered <= Order.objects.count(),
        f"{promises} of {ordered * LINES} lines are promised": promises == ordered * LINES,
        f"audit of {report['levels']} levels finds {len(report['violations'])}": not report["violations"],
    }


class Baskets:
    """Open baskets, each of some lines of one shop, where it is collected; every next one with the next goods."""

    def __init__(self, shops: Sequence[int], *, lines: int = LINES) -> None:
        self._records = {
            shop: list(StockRecord.objects.filter(partner=shop).order_by("pk").values_list("pk", "product"))
            for shop in shops
        }
        self._next = count()
        self._lines = lines

    def fill(self, many: int) -> list[int]:
        made = Basket.objects.bulk_create(Basket() for _ in range(many))
        lines, choices = [], []
        for basket in made:
            number = next(self._next)
            shop = list(self._records)[number % len(self._records)]
            records = self._records[shop]
            choices.append(Fulfilment(basket=basket, mode=Fulfilment.Mode.COLLECT, partner_id=shop))
            lines += [
                self._line(basket, *records[(number * self._lines + n) % len(records)]) for n in range(self._lines)
            ]
        BasketLine.objects.bulk_create(lines)
        Fulfilment.objects.bulk_create(choices)
        return [basket.pk for basket in made]

    def _line(self, basket: Any, record: int, product: int) -> Any:
        return BasketLine(
            basket=basket, product_id=product, stockrecord_id=record, quantity=1, price_currency="IDR",
            line_reference=f"{product}_{record}", price_excl_tax=PRICE, price_incl_tax=PRICE,
        )  # fmt: skip
