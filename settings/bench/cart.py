"""``cart``: from a change in a basket on one device of a shopper to the page of it that is open on another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from typing import Final

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from omni_sync.oscar.models import Basket, BasketLine
from settings.bench.bare_taps import bare_taps
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.journeys import Taps
from settings.bench.orders import Baskets
from settings.bench.rows import Row, Size, middle, percentile
from settings.bench.screens import Browser, IsThere, Page, Screen
from settings.bench.server import serving
from settings.bench.tablets import cookie_of

SHOPS: Final = 5  # as the demo has
SHOPPERS: Final = 20
LINES: Final = 5
THINKING: Final = 2.0  # seconds between two changes of one shopper: ten a second of all
PAGE_READS: Final = 60.0
PLENTY: Final = 1_000_000
MOST_MILLISECONDS: Final = 400
#: Of our own making: what is measured here is not how a token gets into a form.
CSRF: Final = 32 * "b"


def run(size: Size) -> Iterator[Row]:
    """The demo's web server, streams and all; every shopper changes on one device what another has open."""
    partners = open_shops(SHOPS)
    stock(partners, make_products(size.products), PLENTY)
    shoppers = [_shopper(number, basket) for number, basket in enumerate(Baskets(partners, lines=LINES).fill(SHOPPERS))]
    settle_down()
    many = max(round(size.seconds / THINKING), 1)
    with serving() as port:
        asyncio.run(_changes(port, shoppers, 1))
        rounds = [
            (asyncio.run(_changes(port, shoppers, many)), asyncio.run(bare_taps(port, taps=4 * many)))
            for _ in range(size.rounds)
        ]
    yield _row(rounds, shoppers)


class Shopper:
    """Somebody's cookies, one line of their basket, and how many of it they want at the moment."""

    def __init__(self, cookie: str, line: int, quantity: int) -> None:
        self.cookie = f"{cookie}; csrftoken={CSRF}"
        self.line = line
        self.quantity = quantity


async def _changes(port: int, shoppers: Sequence[Shopper], many: int) -> Taps:
    taps = Taps()
    async with AsyncExitStack() as stack:
        laptops = [Screen(port, reverse("basket:summary"), every=PAGE_READS, cookie=who.cookie) for who in shoppers]
        for laptop in laptops:
            await stack.enter_async_context(laptop)

        async def shop(number: int, who: Shopper, laptop: Screen) -> None:
            phone = Browser(port, cookie=who.cookie)
            await asyncio.sleep(THINKING * number / len(shoppers))
            for _ in range(many):
                who.quantity += 1
                seen = laptop.shows(_has(who.line, who.quantity))
                await taps.tap("quantity", lambda: _change(phone, who), seen)
                await asyncio.sleep(THINKING)
            phone.close()

        await asyncio.gather(*(shop(n, who, laptops[n]) for n, who in enumerate(shoppers)))
        taps.reads += sum(laptop.reads for laptop in laptops)
    return taps


async def _change(phone: Browser, who: Shopper) -> Page:
    """The form of the line, as the basket's page sends it."""
    form = {
        "csrfmiddlewaretoken": CSRF, "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": str(who.line),
        "form-0-quantity": str(who.quantity),
    }  # fmt: skip
    return await phone.follow(await phone.post(reverse("basket:summary"), form, **{"HX-Request": "true"}))


def _has(line: int, quantity: int) -> IsThere:
    here = b'id="quantity-%d" type="number" name="form-0-quantity" value="%d"' % (line, quantity)
    return lambda page: here in page


def _shopper(number: int, basket: int) -> Shopper:
    user = get_user_model()._default_manager.create(email=f"shopper-{number}@lintas.example")
    Basket.objects.filter(pk=basket).update(owner=user)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)
    line = BasketLine.objects.filter(basket=basket).order_by("pk")[0]
    return Shopper(cookie_of(browser), line.pk, line.quantity)


def _row(rounds: Sequence[tuple[Taps, list[float]]], shoppers: Sequence[Shopper]) -> Row:
    p95s = [(percentile(ours.all, 95), percentile(bare, 95)) for ours, bare in rounds]
    figure, limit = middle(p95s)
    total = Taps()
    for ours, _ in rounds:
        total.add(ours)
    kept = dict(BasketLine.objects.values_list("pk", "quantity"))
    right = sum(kept[who.line] == who.quantity for who in shoppers)
    return Row(
        name="cart", unit="ms at p95", figure=figure, limit=limit, most_figure=MOST_MILLISECONDS,
        limit_is="an empty view of the same server taking a form, one PUBLISH to a subscriber, the empty view read",
        checks={
            f"{total.seen} of {total.taps} changes were seen on the other device": 0 < total.taps == total.seen,
            f"{right} of {len(shoppers)} baskets hold what was said last": right == len(shoppers),
        },
        details={
            "shops": SHOPS, "shoppers": len(shoppers), "lines": LINES, "changes": total.taps, "reads": total.reads,
            **{f"p{share}": round(percentile(total.all, share), 1) for share in (50, 95, 99)},
            "rounds": [[round(ours, 1), round(bare or 0, 1)] for ours, bare in p95s],
        },
    )  # fmt: skip
