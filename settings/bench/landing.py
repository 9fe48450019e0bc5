"""``landing``: pages of scanned shelves a second, for who knows nothing, next to an empty view of the same server."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Final

from biip.checksums import gs1_standard_check_digit
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from instore.stores.shelves import ShelfPlace
from omni_sync.catalogue.models import Entry, Gtin
from omni_sync.oscar.models import Product
from settings.bench.addresses import EMPTY
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.load import drive, get
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving

SHOPS: Final = 5  # as the demo has
STYLES: Final = 12
SIZES: Final = 7
MOST_QUERIES: Final = 8
LEAST: Final = 0.04
FINE: Final = 200


def run(size: Size) -> Iterator[Row]:
    """Every size of every style in turn, in one shop after the other."""
    paths = _shelves(open_shops(SHOPS))
    settle_down()
    asked, nothing = cycle([get(path) for path in paths]), cycle([get(EMPTY)])
    queries = max(_queries(path) for path in paths[:2])
    rounds: list[tuple[float, float | None]] = []
    refused = 0
    with serving() as port:
        drive(port, asked, seconds=min(size.seconds, 1))  # every thread has its connection and its templates
        for _ in range(size.rounds):
            ours, empty = drive(port, asked, seconds=size.seconds), drive(port, nothing, seconds=size.seconds)
            rounds.append((ours.per_second, empty.per_second))
            refused += ours.statuses.total() - ours.statuses[FINE]
    figure, limit = middle(rounds)
    yield Row(
        name="landing", unit="requests/s", figure=figure, limit=limit, least_ratio=LEAST,
        limit_is="an empty view of the same server",
        checks={
            f"{queries} queries, at most {MOST_QUERIES}": queries <= MOST_QUERIES,
            f"{refused} requests refused": not refused,
        },
        details={
            "shops": SHOPS, "queries": queries, "rounds": [[round(ours), round(limit or 0)] for ours, limit in rounds],
        },
    )  # fmt: skip


def _shelves(shops: list[int]) -> list[str]:
    """What stands behind the codes of all sizes, each in one of ``shops``."""
    parents, children = make_products(STYLES), make_products(STYLES * SIZES)
    for number, parent in enumerate(parents):
        Product.objects.filter(pk=parent).update(structure="parent")
        own = children[number * SIZES : (number + 1) * SIZES]
        Product.objects.filter(pk__in=own).update(structure="child", parent=parent, product_class=None)
        ShelfPlace.objects.bulk_create(ShelfPlace(store_id=shop, product_id=parent, place="A-1") for shop in shops)
    Entry.objects.bulk_create(
        Entry(product_id=pk, size=str(37 + place % SIZES), size_system="EU") for place, pk in enumerate(children)
    )
    stock(shops, children, 9)
    rows = list(Gtin.objects.filter(product__in=children).order_by("pk"))
    for row in rows:
        body = f"0952{row.product_id:09}"
        row.value = f"{body}{gs1_standard_check_digit(body)}"
    Gtin.objects.bulk_update(rows, ["value"])
    return [f"/shelf/{row.value}/?s=shop-{number % SHOPS + 1:04}" for number, row in enumerate(rows)]


def _queries(path: str) -> int:
    """How many queries one answer takes, the first in this process."""
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(path)
    if answer.status_code != FINE:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:200]!r}")
    return len(captured)
