"""``today``: the tablet's first page a second, in a store where five hundred orders wait to be collected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any, Final

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from instore.pickup.code import put_code
from instore.pickup.models import Pickup, PickupLine, State
from instore.stores.models import Store
from omni_sync.oscar.models import Order, OrderLine, StockRecord
from settings.bench.addresses import EMPTY
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.load import drive, get
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving
from settings.bench.tablets import cookie_of, cookies_of, tablet_of
from settings.bench.today_paint import painted

WAITING: Final = 500
STATES: Final = (State.PLACED, State.PICKING, State.READY)
MOST_QUERIES: Final = 10


def run(size: Size) -> Iterator[Row]:
    """The page and the empty view in turn, for one who is signed in on the store's tablet."""
    (partner,) = open_shops(1)
    stock([partner], make_products(size.products), 9)
    store = Store.objects.get(pk=partner)
    fill(store)
    tablet = tablet_of(store)
    settle_down()
    page = reverse("staff:today")
    tablet.get(page)
    with CaptureQueriesContext(connection) as captured:
        answer = tablet.get(page)
    asked = get(page, cookie=cookie_of(tablet))
    rounds: list[tuple[float, float | None]] = []
    refused = 0
    with serving() as port:
        drive(port, cycle([asked]), seconds=min(size.seconds, 1))
        for _ in range(size.rounds):
            ours = drive(port, cycle([asked]), seconds=size.seconds)
            empty = drive(port, cycle([get(EMPTY)]), seconds=size.seconds)
            rounds.append((ours.per_second, empty.per_second))
            refused += ours.statuses.total() - ours.statuses[200]
        paint = list(painted(port, page, cookies_of(tablet), size))
    figure, limit = middle(rounds)
    queries = len(captured)
    yield Row(
        name="today", unit="requests/s", figure=figure, limit=limit, limit_is="an empty view of the same server",
        checks={
            f"{queries} queries, at most {MOST_QUERIES}": answer.status_code == 200 and queries <= MOST_QUERIES,  # noqa: PLR2004
            f"{refused} requests refused": not refused,
        },
        details={
            "pickups": WAITING, "queries": queries,
            "rounds": [[round(ours), round(limit or 0)] for ours, limit in rounds],
        },
    )  # fmt: skip
    yield from paint


def fill(store: Store) -> None:
    """So many open pickups, a line each."""
    now = timezone.now()
    records = list(StockRecord.objects.filter(partner=store.pk).order_by("pk")[:WAITING])
    facts: dict[str, Any] = {"date_placed": now, "currency": "IDR", "total_incl_tax": 149000, "total_excl_tax": 149000}
    orders = Order.objects.bulk_create(Order(number=f"B-{number}", **facts) for number in range(WAITING))
    lines = OrderLine.objects.bulk_create(
        _line(order, records[number % len(records)]) for number, order in enumerate(orders)
    )
    pickups = []
    for number, order in enumerate(orders):
        state = STATES[number % len(STATES)]
        promised = now + timedelta(minutes=number - WAITING // 2)
        pickup = Pickup(
            order=order, store=store, state=state, promised_at=promised, deadline=promised + timedelta(days=3),
            ready_at=now if state == State.READY else None,
        )  # fmt: skip
        put_code(pickup)
        pickups.append(pickup)
    Pickup.objects.bulk_create(pickups)
    PickupLine.objects.bulk_create(
        PickupLine(order_line=line, pickup=pickup, quantity=1) for line, pickup in zip(lines, pickups, strict=True)
    )


def _line(order: Any, record: Any) -> Any:
    return OrderLine(
        order=order, product_id=record.product_id, stockrecord=record, partner_id=record.partner_id, title="Tee",
        partner_sku=record.partner_sku, quantity=1, num_allocated=0,
        line_price_incl_tax=149000, line_price_excl_tax=149000,
        line_price_before_discounts_incl_tax=149000, line_price_before_discounts_excl_tax=149000,
    )  # fmt: skip
