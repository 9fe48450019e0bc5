"""``taps``: from a tap on one device to what it does on the other, the shopper's phone or the store's tablet."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from django.db.models import Q

from instore.pickup.address import path_of
from instore.pickup.models import Pickup, State
from instore.stores.models import Store
from omni_sync.stock.audit import audit
from settings.bench.bare_taps import bare_taps
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.journeys import TAPS_OF_A_BAG, Bag, Shop, Taps, journeys
from settings.bench.orders import Baskets, place
from settings.bench.rows import Row, Size, middle, percentile
from settings.bench.server import serving
from settings.bench.tablets import cookie_of, tablet_of
from settings.bench.worker import working

SHOPS: Final = 5  # as the demo has
LINES: Final = 2
WAITING: Final = 8  # other pickups of each shop; their shoppers look at their pages
WARM: Final = 2  # bags that are only there to warm up
BAGS_A_SECOND: Final = 3  # a round has so many for each second of its size, begun one a second
PLENTY: Final = 1_000_000
MOST_MILLISECONDS: Final = 400


def run(size: Size) -> Iterator[Row]:
    """The demo's web server, streams and all, and its worker; five shops pick, and their shoppers come and go."""
    partners = open_shops(SHOPS)
    Store.objects.update(pickup_capacity=None)
    stock(partners, make_products(size.products), PLENTY)
    stores = list(Store.objects.filter(pk__in=partners).select_related("partner").order_by("pk"))
    shops = [Shop(_tablet(store, "Counter"), _tablet(store, "Shelves")) for store in stores]
    many = max(round(size.seconds * BAGS_A_SECOND), 2)
    bags = iter(_order(stores, partners, SHOPS * WAITING + WARM + size.rounds * many))
    others = [bag.path for bag in islice(bags, SHOPS * WAITING)]
    settle_down()
    with serving() as port, working():
        asyncio.run(journeys(port, shops, list(islice(bags, WARM)), others))
        rounds = [
            (
                asyncio.run(journeys(port, shops, list(islice(bags, many)), others)),
                asyncio.run(bare_taps(port, taps=TAPS_OF_A_BAG * many)),
            )
            for _ in range(size.rounds)
        ]
    yield _row(rounds, others=len(others))


def _row(rounds: Sequence[tuple[Taps, list[float]]], *, others: int) -> Row:
    p95s = [(percentile(ours.all, 95), percentile(bare, 95)) for ours, bare in rounds]
    figure, limit = middle(p95s)
    total = Taps()
    for ours, _ in rounds:
        total.add(ours)
    return Row(
        name="taps", unit="ms at p95", figure=figure, limit=limit, most_figure=MOST_MILLISECONDS,
        limit_is="an empty view of the same server taking a form, one PUBLISH to a subscriber, the empty view read",
        checks={
            f"{total.seen} of {total.taps} taps were seen on the other device": 0 < total.taps == total.seen,
            **_books(ended=WARM + total.taps // TAPS_OF_A_BAG, open_ones=others),
        },
        details={
            "shops": SHOPS, "tablets": 2 * SHOPS, "phones": others, "taps": total.taps, "reads": total.reads,
            **{f"p{share}": round(percentile(total.all, share), 1) for share in (50, 95, 99)},
            "p95 of": {what: round(percentile(some, 95), 1) for what, some in total.milliseconds.items()},
            "rounds": [[round(ours, 1), round(bare or 0, 1)] for ours, bare in p95s],
        },
    )  # fmt: skip


def _books(*, ended: int, open_ones: int) -> dict[str, bool]:
    cancelled = Pickup.objects.filter(state=State.CANCELLED).count()
    left = Pickup.objects.filter(~Q(state=State.CANCELLED)).count()
    report = audit()
    return {
        f"{cancelled} of {ended} bags came to their end, {left} wait": (cancelled, left) == (ended, open_ones),
        f"audit of {report['levels']} levels finds {len(report['violations'])}": not report["violations"],
    }


def _tablet(store: Store, name: str) -> str:
    return cookie_of(tablet_of(store, name=name, who=f"Sari at the {name}"))


def _order(stores: Sequence[Store], partners: Sequence[int], many: int) -> list[Bag]:
    """Pickups of the shops in turn."""
    numbers = {store.pk: number for number, store in enumerate(stores)}
    orders = [place(basket).pk for basket in Baskets(partners, lines=LINES).fill(many)]
    pickups = Pickup.objects.select_related("order").filter(pk__in=orders).order_by("pk")
    return [Bag(one.pk, str(one.order.number), path_of(one), numbers[one.store_id]) for one in pickups]
