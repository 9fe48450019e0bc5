"""``resolver``: scans of shelves answered a second, next to an empty view of the same server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Final

from biip.checksums import gs1_standard_check_digit
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kiosk.links.models import Scan
from omni_sync.catalogue.models import Gtin
from settings.bench.addresses import EMPTY
from settings.bench.goods import make_products, open_shops, settle_down
from settings.bench.load import drive, get
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving

SHOPS: Final = 5
PRODUCTS: Final = 200
MOST_QUERIES: Final = 2
LEAST: Final = 0.25
REDIRECT: Final = 307
PHONE: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def run(size: Size) -> Iterator[Row]:
    """Every other code is one in capitals, with the store in its stem; the scans are written meanwhile."""
    open_shops(SHOPS)
    gtins = _numbered(make_products(PRODUCTS))
    shops = cycle(range(1, SHOPS + 1))
    paths = [f"/01/{gtin}?s=shop-{next(shops):04}" for gtin in gtins[::2]]
    paths += [f"/S/SHOP-{next(shops):04}/01/{gtin}" for gtin in gtins[1::2]]
    settle_down()
    asked, nothing = cycle([get(path, accept=PHONE) for path in paths]), cycle([get(EMPTY, accept=PHONE)])
    queries = max(_queries(path) for path in (paths[0], paths[-1]))
    rounds: list[tuple[float, float | None]] = []
    answered = refused = 0
    with serving() as port:
        drive(port, asked, seconds=min(size.seconds, 1))  # every thread has its connection and its caches
        for _ in range(size.rounds):
            ours, empty = drive(port, asked, seconds=size.seconds), drive(port, nothing, seconds=size.seconds)
            rounds.append((ours.per_second, empty.per_second))
            answered += ours.statuses[REDIRECT]
            refused += ours.statuses.total() - ours.statuses[REDIRECT]
    figure, limit = middle(rounds)
    written = Scan.objects.count()
    yield Row(
        name="resolver", unit="requests/s", figure=figure, limit=limit, least_ratio=LEAST,
        limit_is="an empty view of the same server",
        checks={
            f"{queries} queries, at most {MOST_QUERIES}": queries <= MOST_QUERIES,
            f"{refused} requests refused": not refused,
            "scans are written": bool(written),
        },
        details={
            "shops": SHOPS, "queries": queries, "answered": answered, "scans": written,
            "rounds": [[round(ours), round(limit or 0)] for ours, limit in rounds],
        },
    )  # fmt: skip


def _numbered(products: Sequence[int]) -> list[str]:
    """Numbers with right check digits."""
    rows = list(Gtin.objects.filter(product__in=products).order_by("pk"))
    for row in rows:
        body = f"0952{row.product_id:09}"
        row.value = f"{body}{gs1_standard_check_digit(body)}"
    Gtin.objects.bulk_update(rows, ["value"])
    return [row.value for row in rows]


def _queries(path: str) -> int:
    """How many queries one answer takes, the first in this process."""
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(path, headers={"Accept": PHONE})
    if answer.status_code != REDIRECT:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:200]!r}")
    return len(captured)
