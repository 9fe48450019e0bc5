"""Pickups from the shelf to their end, on two devices each: every tap until the other device shows what it did."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Final

from django.urls import reverse

from settings.bench.screens import PATIENCE, Browser, IsThere, Page, Screen

BAGS_A_SECOND: Final = 1.0
TAPS_OF_A_BAG: Final = 4
THINKING: Final = 0.5  # seconds between two taps on one bag
PHONE_READS: Final = 60.0  # seconds after which a page reads itself again when nothing is heard
TABLET_READS: Final = 20.0
TAPPED: Final = {"HX-Request": "true"}
UNTAPPED: Final = {"Lintas-Untapped": "1"}
FORM: Final = re.compile(rb'<form [^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
FIELD: Final = re.compile(rb'name="(\w+)" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Bag:
    """A pickup, by its own number, its order's and the address of its shopper's page; ``shop`` is its place in line."""

    pickup: int
    number: str
    path: str
    shop: int


@dataclass(frozen=True, slots=True)
class Shop:
    """The cookies of two tablets: one shows Today, with the other an associate walks along the shelves."""

    counter: str
    shelves: str


@dataclass
class Taps:
    """How long each took to be seen, by what was tapped; one that nobody saw counts as our whole patience."""

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    taps: int = 0
    seen: int = 0
    reads: int = 0

    @property
    def all(self) -> list[float]:
        return [one for some in self.milliseconds.values() for one in some]

    def add(self, others: Taps) -> None:
        """Those of another round."""
        for what, some in others.milliseconds.items():
            self.milliseconds.setdefault(what, []).extend(some)
        self.taps += others.taps
        self.seen += others.seen
        self.reads += others.reads

    async def tap(self, what: str, act: Callable[[], Awaitable[Page]], seen: Awaitable[float]) -> Page:
        """Do it, and wait until the other device shows it: the page that it answers."""
        self.taps += 1
        began = time.perf_counter()
        page = await act()
        took = PATIENCE
        try:
            took = await asyncio.wait_for(seen, PATIENCE) - began
            self.seen += 1
        except TimeoutError:
            pass
        self.milliseconds.setdefault(what, []).append(1000 * took)
        return page


async def journeys(port: int, shops: Sequence[Shop], bags: Sequence[Bag], others: Sequence[str]) -> Taps:
    """Every bag's, each begun at its time however long the others take, while ``others`` have their pages open too."""
    taps = Taps()
    async with AsyncExitStack() as stack:
        counters = [
            Screen(port, reverse("staff:today"), every=TABLET_READS, cookie=shop.counter, **UNTAPPED) for shop in shops
        ]
        waiting = [Screen(port, path, every=PHONE_READS) for path in others]
        for screen in [*counters, *waiting]:
            await stack.enter_async_context(screen)

        async def begin(number: int, bag: Bag) -> None:
            await asyncio.sleep(number / BAGS_A_SECOND)
            await _journey(port, bag, shops[bag.shop], counters[bag.shop], taps)

        await asyncio.gather(*(begin(number, bag) for number, bag in enumerate(bags)))
        taps.reads += sum(screen.reads for screen in counters)
    return taps


async def _journey(port: int, bag: Bag, shop: Shop, counter: Screen, taps: Taps) -> None:
    """Picked and put together by an associate; its shopper comes, and then wants it no more."""
    shelves, person = Browser(port, cookie=shop.shelves), Browser(port)
    async with Screen(port, bag.path, every=PHONE_READS) as phone:
        await _pick(shelves, bag, phone, taps)
        await asyncio.sleep(THINKING)
        await taps.tap("here", lambda: _wish(person, bag, "here"), counter.shows(_is_here(bag)))
        await asyncio.sleep(THINKING)
        await taps.tap("cancel", lambda: _wish(person, bag, "cancel"), counter.shows(_is_gone(bag)))
        taps.reads += phone.reads
    shelves.close()
    person.close()


async def _pick(shelves: Browser, bag: Bag, phone: Screen, taps: Taps) -> None:
    sheet = await shelves.get(reverse("staff:pickup", args=[bag.number]))
    sheet = await taps.tap("start to pick", lambda: _press(shelves, sheet, "begin"), phone.shows(_is_being_packed))
    while form_on(sheet, "found"):
        sheet = await _press(shelves, sheet, "found")
    await asyncio.sleep(THINKING)
    await taps.tap("ready", lambda: _press(shelves, sheet, "ready"), phone.shows(_is_ready))


async def _press(browser: Browser, page: Page, verb: str) -> Page:
    """The big button of a form on the sheet; the sheet as it is then."""
    form = form_on(page, verb)
    if form is None:
        raise RuntimeError(f"there is nothing to {verb}: {page.body.decode()}")
    action, fields = form
    return await browser.post(action, fields, **TAPPED)


async def _wish(person: Browser, bag: Bag, what: str) -> Page:
    """A form of the shopper's page, and the page that comes of it."""
    return await person.follow(await person.post(f"{bag.path}{what}/", {"tap": what}))


def form_on(page: Page, verb: str) -> tuple[str, dict[str, str]] | None:
    """Where the first form goes that needs a big button pressed and nothing typed, and what it says then."""
    for found in FORM.finditer(page.body):
        action, inside = found[1].decode(), found[2]
        if action.endswith(f"/{verb}/") and b"staff-go" in inside and b'type="text"' not in inside:
            fields = ((name.decode(), value.decode()) for name, value in reversed(FIELD.findall(inside)))
            return action, dict(fields)  # of two buttons the first
    return None


def _is_being_packed(page: bytes) -> bool:
    return b"Somebody is packing your bag." in page


def _is_ready(page: bytes) -> bool:
    return b"Your bag is ready" in page


def _is_here(bag: Bag) -> IsThere:
    return lambda page: b"Here since" in _row(page, bag)


def _is_gone(bag: Bag) -> IsThere:
    """From a page that showed it: who is here stands before all others."""
    return lambda page: b'id="today"' in page and not _row(page, bag)


def _row(page: bytes, bag: Bag) -> bytes:
    """What Today says of it, where it says who is here."""
    begin = page.find(b'id="here-%d"' % bag.pickup)
    return page[begin : page.find(b"</a>", begin)] if begin >= 0 else b""
