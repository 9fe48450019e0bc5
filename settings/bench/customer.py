"""``customer``: how long the tablet's page of somebody with five hundred purchases takes, with a list and a basket."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from instore.stores.models import Store
from omni_sync.customer_code.mint import mint
from omni_sync.oscar.models import Basket, BasketLine, Order, OrderLine, StockRecord, WishLine, WishList
from omni_sync.people.account import person_of
from omni_sync.people.models import Person
from omni_sync.people.sizes.typed import tell_sizes
from omni_sync.sales.models import Sale
from settings.bench.addresses import EMPTY
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.load import drive, get
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving
from settings.bench.tablets import cookie_of, tablet_of

PURCHASES: Final = 500
LINES: Final = 3
THINGS: Final = 20  # on the list, and in the basket
OTHERS: Final = 5_000  # orders of other people
PORTION: Final = 1_000
CLIENTS: Final = 1  # a tablet asks for one page after the other
MOST_QUERIES: Final = 12
MOST_MILLISECONDS: Final = 200
AROUND: Final = ("BEGIN", "COMMIT")  # of what is written, and no queries


def run(size: Size) -> Iterator[Row]:
    """The page and the empty view in turn, for one who has been shown the customer's code."""
    (partner,) = open_shops(1)
    stock([partner], make_products(max(size.products, THINGS)), 9)
    store = Store.objects.get(pk=partner)
    person = fill(store)
    with transaction.atomic():
        code = mint(person_id=person.pk).code
    tablet = tablet_of(store)
    page = tablet.post(reverse("staff:ask"), {"code": code}).headers["Location"]
    settle_down()
    tablet.get(page)
    time.sleep(1)  # people tap a second apart, and then the tablet notes that somebody is there
    with CaptureQueriesContext(connection) as captured:
        answer = tablet.get(page)
    queries = sum(query["sql"] not in AROUND for query in captured)
    asked = get(page, cookie=cookie_of(tablet))
    rounds: list[tuple[float, float | None]] = []
    refused = 0
    with serving() as port:
        drive(port, cycle([asked]), seconds=min(size.seconds, 1), connections=CLIENTS)
        for _ in range(size.rounds):
            ours = drive(port, cycle([asked]), seconds=size.seconds, connections=CLIENTS)
            empty = drive(port, cycle([get(EMPTY)]), seconds=size.seconds, connections=CLIENTS)
            rounds.append((1000 * ours.slowest(), 1000 * empty.slowest()))
            refused += ours.statuses.total() - ours.statuses[200]
    figure, limit = middle(rounds)
    yield Row(
        name="customer", unit="ms at p95", figure=figure, limit=limit, most_figure=MOST_MILLISECONDS,
        limit_is="an empty view of the same server",
        checks={
            f"{queries} queries, at most {MOST_QUERIES}": answer.status_code == 200 and queries <= MOST_QUERIES,  # noqa: PLR2004
            f"{refused} requests refused": not refused,
        },
        details={
            "purchases": PURCHASES, "list": THINGS, "basket": THINGS, "clients": CLIENTS, "queries": queries,
            "rounds": [[round(ours, 1), round(limit or 0, 1)] for ours, limit in rounds],
        },
    )  # fmt: skip


@transaction.atomic
def fill(store: Store) -> Person:
    """Somebody who bought half of it on the web and half at the till, among many others."""
    user = get_user_model()._default_manager.create(email="ayu@lintas.example", first_name="Ayu", last_name="Lestari")
    person = person_of(user=user)
    tell_sizes(user_id=user.pk, sizes={"EU": "39", "SML": "M"})
    records = list(StockRecord.objects.filter(partner=store.pk).order_by("pk")[:THINGS])
    wishes, basket = WishList.objects.create(owner=user), Basket.objects.create(owner=user)
    WishLine.objects.bulk_create(WishLine(wishlist=wishes, product_id=record.product_id) for record in records)
    BasketLine.objects.bulk_create(
        BasketLine(
            basket=basket, product_id=record.product_id, stockrecord=record, line_reference=str(record.pk),
            price_currency="IDR", price_excl_tax=149000, price_incl_tax=149000,
        )
        for record in records
    )  # fmt: skip
    _buy(store, records, PURCHASES, person, user)
    _buy(store, records, OTHERS, Person.objects.create(name="Everybody else"), None)
    return person


def _buy(store: Store, records: list[Any], many: int, person: Person, user: Any) -> None:
    now = timezone.now()
    facts: dict[str, Any] = {"currency": "IDR", "total_incl_tax": 447000, "total_excl_tax": 447000}
    orders = Order.objects.bulk_create(
        (
            Order(
                number=f"{person.pk}-{number}", user=None if number % 2 else user,
                date_placed=now - timedelta(hours=7 * number), **facts,
            )
            for number in range(many)
        ),
        batch_size=PORTION,
    )  # fmt: skip
    lines = (
        _line(order, records[(number + turn) % len(records)])
        for number, order in enumerate(orders)
        for turn in range(LINES)
    )
    OrderLine.objects.bulk_create(lines, batch_size=PORTION)
    sales = (_sale(order, store, person) for order in orders if order.user_id is None)
    Sale.objects.bulk_create(sales, batch_size=PORTION)


def _sale(order: Any, store: Store, person: Person) -> Sale:
    return Sale(
        order=order, source="till", store_id=store.pk, number=order.number, occurred_at=order.date_placed,
        currency="IDR", channel=Sale.Channel.TILL, total=447000, person=person,
    )  # fmt: skip


def _line(order: Any, record: Any) -> Any:
    return OrderLine(
        order=order, product_id=record.product_id, stockrecord=record, partner_id=record.partner_id, title="Tee",
        partner_sku=record.partner_sku, quantity=1, num_allocated=0,
        line_price_incl_tax=149000, line_price_excl_tax=149000,
        line_price_before_discounts_incl_tax=149000, line_price_before_discounts_excl_tax=149000,
    )  # fmt: skip
