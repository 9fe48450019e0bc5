"""``product``: product pages a second, for nobody and for somebody signed in, next to plain WSGI and an empty view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from instore.stores.chosen import COOKIE
from omni_sync.catalogue.models import Entry
from omni_sync.oscar.models import Product
from settings.bench.addresses import EMPTY
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.load import drive, get
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving

SHOPS: Final = 5  # as the demo has
STYLES: Final = 12  # fewer only where the whole shop has few products
SIZES: Final = 7
MOST_QUERIES: Final = 8
LEAST: Final = 0.8
LEAST_FOR_NOBODY, LEAST_FOR_SOMEBODY = 200, 80


def run(size: Size) -> Iterator[Row]:
    """Every size of every style in turn, every other time for somebody who chose a shop; both servers side by side."""
    shops = open_shops(SHOPS)
    addresses = _styles(shops, min(STYLES, size.products // SIZES))
    settle_down()
    with serving() as ours, serving(plainly=True) as plain:
        yield _measured("product", ours, plain, addresses, size, session="", least=LEAST_FOR_NOBODY)
        yield _measured("product-member", ours, plain, addresses, size, session=_session(), least=LEAST_FOR_SOMEBODY)


def _styles(shops: Sequence[int], count: int) -> list[str]:
    """The addresses of every size of so many styles."""
    parents, children = make_products(count), make_products(count * SIZES)
    for number, parent in enumerate(parents):
        Product.objects.filter(pk=parent).update(structure="parent")
        own = children[number * SIZES : (number + 1) * SIZES]
        Product.objects.filter(pk__in=own).update(structure="child", parent=parent, product_class=None)
    Entry.objects.bulk_create(
        Entry(product_id=pk, size=str(37 + place % SIZES), size_system="EU") for place, pk in enumerate(children)
    )
    stock(shops, children, 9)
    return [product.get_absolute_url() for product in Product.objects.filter(pk__in=children).order_by("pk")]


def _session() -> str:
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(
        get_user_model()._default_manager.create(email="bench@lintas.example"), settings.AUTHENTICATION_BACKENDS[-1]
    )
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def _measured(
    name: str, ours: int, plain: int, addresses: Sequence[str], size: Size, *, session: str, least: float
) -> Row:
    mine = f"{COOKIE}=shop-0001"
    cookies = [session, "; ".join(filter(None, [session, mine]))]
    asked = cycle([get(path, cookie=cookies[place % 2]) for place, path in enumerate(addresses)])
    queries = max(_queries(path, session) for path in addresses[:2])
    for port in (ours, plain):
        drive(port, islice(asked, 4 * len(addresses)), seconds=60)  # every process has seen nearly every page
    rounds: list[tuple[float, float | None]] = []
    empty, refused = 0.0, 0
    for _ in range(size.rounds):
        pages, plainly = drive(ours, asked, seconds=size.seconds), drive(plain, asked, seconds=size.seconds)
        nothing = drive(ours, cycle([get(EMPTY)]), seconds=min(size.seconds, 1))
        rounds.append((pages.per_second, plainly.per_second))
        empty = max(empty, nothing.per_second)
        refused += sum(answers.statuses.total() - answers.statuses[200] for answers in (pages, plainly))
    figure, limit = middle(rounds)
    return Row(
        name=name, unit="requests/s", figure=figure, limit=limit, least_ratio=LEAST, least_figure=least,
        limit_is="the same page under plain WSGI",
        checks={
            f"{queries} queries, at most {MOST_QUERIES}": queries <= MOST_QUERIES,
            f"{refused} requests refused": not refused,
        },
        details={
            "shops": SHOPS, "queries": queries, "empty_view": round(empty),
            "rounds": [[round(page), round(limit or 0)] for page, limit in rounds],
        },
    )  # fmt: skip


def _queries(path: str, session: str) -> int:
    """How many queries one answer takes, the first in this process."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session.partition("=")[2]
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:200]!r}")
    return len(captured)
