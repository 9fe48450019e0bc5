"""``availability``: answers a second at few and at many shops, next to an empty view of the same server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from settings.bench.addresses import EMPTY
from settings.bench.goods import make_products, open_shops, settle_down, sku, stock
from settings.bench.load import drive, get
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving

FEW_SHOPS: Final = 5
PRODUCTS: Final = 200
MOST_QUERIES: Final = 3
LEAST: Final = 0.25
PATH: Final = "/api/v1/availability"


def run(size: Size) -> Iterator[Row]:
    """Every other request says where the shopper is. The same database first with few shops, then with many."""
    shops = open_shops(FEW_SHOPS)
    products = make_products(PRODUCTS)
    stock(shops, products, 9)
    with serving() as port:
        yield _measured("availability", port, products, size, shops=FEW_SHOPS, least=LEAST)
        more = open_shops(size.many_shops - FEW_SHOPS, after=FEW_SHOPS)
        stock(more, products, 9)
        yield _measured(f"availability-{size.many_shops}", port, products, size, shops=size.many_shops, least=None)


def _measured(name: str, port: int, products: Sequence[int], size: Size, *, shops: int, least: float | None) -> Row:
    settle_down()
    paths = [f"{PATH}?sku={sku(product)}" + ("&near=-6.1967,106.8316" if product % 2 else "") for product in products]
    asked = cycle([get(path) for path in paths])
    queries = max(_queries(path, shops) for path in paths[:2])
    rounds: list[tuple[float, float | None]] = []
    refused = 0
    drive(port, asked, seconds=min(size.seconds, 1))  # every thread has its connection and its caches
    for _ in range(size.rounds):
        ours = drive(port, asked, seconds=size.seconds)
        empty = drive(port, cycle([get(EMPTY)]), seconds=size.seconds)
        rounds.append((ours.per_second, empty.per_second))
        refused += sum(answers.statuses.total() - answers.statuses[200] for answers in (ours, empty))
    figure, limit = middle(rounds)
    return Row(
        name=name, unit="requests/s", figure=figure, limit=limit, least_ratio=least,
        limit_is="an empty view of the same server",
        checks={
            f"{queries} queries, at most {MOST_QUERIES}": queries <= MOST_QUERIES,
            f"{refused} requests refused": not refused,
        },
        details={
            "shops": shops, "queries": queries, "rounds": [[round(ours), round(limit or 0)] for ours, limit in rounds],
        },
    )  # fmt: skip


def _queries(path: str, shops: int) -> int:
    """How many queries one answer takes, which names every shop."""
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(path)
    if answer.status_code != 200 or len(answer.json()["stores"]) != shops:  # noqa: PLR2004
        raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:200]!r}")
    return len(captured)
