"""What happens next in the five shops: mostly a sale; goods when something runs low; sometimes one comes back."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from settings.simulator.shelves import NothingThere, Shelf, shelf_of, shelves_of
from settings.simulator.told import Event, Speaker
from shop.seed import example
from shop.seed.deliveries import delivered
from shop.seed.people import PEOPLE
from shop.seed.places import SHOPS
from shop.seed.week.rhythm import BUSY

#: Seconds between two sales of the tour's example, so that who watches its page sees the number move.
EXAMPLE_EVERY: Final = 20.0
LOW: Final = 2
RESTOCK: Final = 0.12
BRING_BACK: Final = 0.04
KNOWN: Final = 0.25
REMEMBERED: Final = 40
METHODS: Final = ("card", "qris", "cash")


class Crowd:
    """The people in the shops, one thing after the other."""

    def __init__(
        self,
        *,
        chance: random.Random | None = None,
        clock: Callable[[], float] = time.monotonic,
        sales: int = REMEMBERED,
    ) -> None:
        self._chance = chance or random.Random()  # noqa: S311  no secret
        self._clock = clock
        self._speaker = Speaker(register="simulator")
        self._sold: deque[Event] = deque(maxlen=sales)
        self._example_due = clock()

    def next_event(self) -> Event | None:
        """What happens now; None where nothing can."""
        try:
            return self._something()
        except NothingThere:  # somebody took it off the shelves for good; another time, another thing
            return None

    def _something(self) -> Event | None:
        if self._clock() >= self._example_due:
            self._example_due = self._clock() + EXAMPLE_EVERY
            return self._example(shelf_of(example.STORE, example.SKU))
        dice = self._chance.random()
        if self._sold and dice < BRING_BACK:
            return self._bring_back()
        shop = self._chance.choices(SHOPS, [BUSY[shop.code] for shop in SHOPS])[0]
        shelves = shelves_of(shop.code)
        if dice > 1 - RESTOCK and (low := self._low(shop.code, shelves)):
            return self._restock(shop.code, low)
        return self._sale(shop.code, [shelf for shelf in shelves if shelf.available > 0])

    def _example(self, shelf: Shelf) -> Event:
        if shelf.available <= LOW:
            return self._restock(example.STORE, [shelf])
        return self._remembered(
            self._speaker.sale(example.STORE, shelf.zone, [(shelf.article, 1)], method=self._method())
        )

    def _sale(self, store: str, there: list[Shelf]) -> Event | None:
        """Never the last of the tour's example: that one sells by its own clock."""
        there = [shelf for shelf in there if (shelf.article.sku, store) != (example.SKU, example.STORE)]
        if not there:
            return None
        count = self._chance.choices((1, 2, 3), (66, 26, 8))[0]
        chosen = self._chance.choices(there, [shelf.article.liking for shelf in there], k=count)
        lines = {shelf.article.sku: shelf for shelf in chosen}.values()
        loyalty = self._chance.choice(PEOPLE).loyalty if self._chance.random() < KNOWN else ""
        sold = [(shelf.article, 1) for shelf in lines]
        return self._remembered(self._speaker.sale(store, chosen[0].zone, sold, method=self._method(), loyalty=loyalty))

    def _low(self, store: str, shelves: list[Shelf]) -> list[Shelf]:
        """What ran low of the things this shop usually has."""
        low = [shelf for shelf in shelves if shelf.on_hand <= LOW and delivered(store, shelf.article.sku)]
        return self._chance.sample(low, min(len(low), 3))

    def _restock(self, store: str, shelves: list[Shelf]) -> Event:
        quantities = {shelf.article.sku: self._chance.randint(5, 12) for shelf in shelves}
        return self._speaker.goods_in(store, shelves[0].zone, quantities)

    def _bring_back(self) -> Event:
        sale = self._chance.choice(list(self._sold))
        self._sold.remove(sale)
        zone = shelf_of(sale["store"], sale["data"]["lines"][0]["sku"]).zone
        return self._speaker.brought_back(sale, zone)

    def _remembered(self, sale: Event) -> Event:
        self._sold.append(sale)
        return sale

    def _method(self) -> str:
        return self._chance.choices(METHODS, (45, 35, 20))[0]
