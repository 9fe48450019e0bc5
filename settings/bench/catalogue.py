"""``catalogue``: shelves with all their facets a second, at few and at many products, next to an empty view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, cycle
from typing import Final
from urllib.parse import quote, urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from instore.stores.chosen import COOKIE
from omni_sync.catalogue.models import Entry
from omni_sync.oscar.models import Category
from settings.bench.addresses import EMPTY
from settings.bench.goods import open_shops, settle_down
from settings.bench.grocer import fill_shelves
from settings.bench.load import Answers, drive, get
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving

FEW: Final = 400
SHOPS: Final = 5
CLIENTS: Final = 4
MOST_QUERIES: Final = 10
LEAST_AT_FEW, LEAST_AT_MANY = 60, 15
MOST_MS: Final = 500
#: How often an address asks for prices that nobody asked for before, so that nothing of it is remembered.
NEW_EVERY: Final = 3


def run(size: Size) -> Iterator[Row]:
    """Two databases' worth in one: first a few products, then the real catalogue."""
    shops = open_shops(SHOPS)
    fill_shelves(FEW, shops)
    yield from _measured("catalogue", size, least=LEAST_AT_FEW)
    clear()
    fill_shelves(size.many_products, shops)
    yield from _measured(f"catalogue-{size.many_products}", size, least=LEAST_AT_MANY)


def clear() -> None:
    """Take every product off the shelves again."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE catalogue_product, catalogue_category CASCADE")


def addresses() -> Iterator[str]:
    """Shelves by category, with sizes, colours and prices in turn, pages one to three, without an end."""
    shelves = list(Category.objects.order_by("path"))
    shelves = [None, *shelves[:: max(len(shelves) // 12, 1)]]
    entries = Entry.objects.filter(on_shelf=True).exclude(size="")
    sizes = list(entries.values_list("size", flat=True).order_by("size").distinct()[:6]) or [""]
    colours = list(Entry.objects.exclude(colour="").values_list("colour", flat=True).order_by("colour").distinct()[:3])
    sorts = ["", "price", "price-down", "name"]
    for number in count():
        shelf = shelves[number % len(shelves)]
        asked: list[tuple[str, str]] = []
        if number % 2:
            asked.append(("size", sizes[number % len(sizes)]))
        if number % 5 == 1 and colours:
            asked.append(("colour", colours[number % len(colours)]))
        if number % NEW_EVERY == 0:
            asked.append(("price_min", f"{1 + number % 997 / 100:.2f}"))
            asked.append(("price_max", f"{20 + number % 1999 / 100:.2f}"))
        if number % 4 == 3:  # noqa: PLR2004
            asked.append(("here", "1"))
        if sort := sorts[number % len(sorts)]:
            asked.append(("sort", sort))
        if page := number % 3:
            asked.append(("page", str(page + 1)))
        path = quote(shelf.get_absolute_url(), safe="/%") if shelf else "/catalogue/"
        yield f"{path}?{urlencode(asked)}"


def requests(paths: Iterator[str]) -> Iterator[bytes]:
    """Every other one from somebody who chose a shop, as all are who ask for what it has."""
    for number, path in enumerate(paths):
        yield get(path, cookie=f"{COOKIE}=shop-0001" if number % 2 else "")


def queries(paths: Sequence[str]) -> int:
    """The most that one of ``paths`` takes, in a process that has shown a page before."""
    client = Client()
    client.cookies[COOKIE] = "shop-0001"
    client.get("/")
    most = 0
    for path in paths:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        if answer.status_code != 200:  # noqa: PLR2004
            raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:200]!r}")
        most = max(most, len(captured))
    return most


def rounds(port: int, asked: Iterator[bytes], size: Size) -> tuple[list[tuple[float, float | None]], list[Answers]]:
    """Ours and the empty view in turn."""
    pairs: list[tuple[float, float | None]] = []
    answers = []
    drive(port, asked, seconds=min(size.seconds, 2), connections=CLIENTS)  # connections and caches
    for _ in range(size.rounds):
        ours = drive(port, asked, seconds=size.seconds, connections=CLIENTS)
        empty = drive(port, cycle([get(EMPTY)]), seconds=min(size.seconds, 1), connections=CLIENTS)
        pairs.append((ours.per_second, empty.per_second))
        answers.append(ours)
    return pairs, answers


def _measured(name: str, size: Size, *, least: float) -> Iterator[Row]:
    settle_down()
    paths = addresses()
    most = queries([next(paths) for _ in range(12)])
    with serving() as port:
        pairs, answers = rounds(port, requests(paths), size)
    figure, limit = middle(pairs)
    refused = sum(one.statuses.total() - one.statuses[200] for one in answers)
    checks = {
        f"{most} queries, at most {MOST_QUERIES}": most <= MOST_QUERIES,
        f"{refused} requests refused": not refused,
    }
    details = {
        "shops": SHOPS,
        "clients": CLIENTS,
        "queries": most,
        "rounds": [[round(a), round(b or 0)] for a, b in pairs],
    }
    yield Row(
        name=name, unit="requests/s", figure=figure, limit=limit, least_figure=least,
        limit_is="an empty view of the same server", checks=checks, details=details,
    )  # fmt: skip
    yield slowest(name, answers, limit, most=MOST_MS)


def slowest(name: str, answers: Sequence[Answers], limit: float | None, *, most: float) -> Row:
    """What all but one of twenty answers took at most, in the median round, next to the empty view's average."""
    ranked = sorted(one.slowest() for one in answers)
    given = sum(one.statuses.total() for one in answers)
    return Row(
        name=f"{name}-p95", unit="ms", figure=1000 * ranked[len(ranked) // 2],
        limit=1000 * CLIENTS / limit if limit else None, most_figure=most,
        limit_is="the average answer of an empty view of the same server",
        checks={f"{given} answers in {len(answers)} rounds": given > len(answers)},
    )  # fmt: skip
