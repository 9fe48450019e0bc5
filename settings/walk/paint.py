"""How long until a page has shown something, and the largest thing on it, on a middling phone and line or without."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from settings.walk.stops import STOPS, Read, address_of

MOST_MS: Final = 1500
ROUNDS: Final = 3
#: Each process of the shop has shown the page to somebody before; they are many visits to two or more processes.
VISITS_BEFORE: Final = 8
#: By page what it may take, in milliseconds: who scans a shelf looks before they lower the phone.
PAGES: Final = {"home": MOST_MS, "catalogue": MOST_MS, "product": MOST_MS, "search": MOST_MS, "shelf": 1000}
PHONE: Final = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MEGABIT: Final = 125_000  # bytes a second
LINE: Final = {
    "offline": False,
    "latency": 60,  # ms, there and back
    "downloadThroughput": 9 * MEGABIT,
    "uploadThroughput": 1.5 * MEGABIT,
}
SLOWER: Final = 4  # times, for the processor
WATCH: Final = """
    window.largest = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.largest = entry.startTime;
    }).observe({type: "largest-contentful-paint", buffered: true});
"""


WEIGHT: Final = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const [first] = performance.getEntriesByName("first-contentful-paint");
    return [first?.startTime ?? Infinity, window.largest, page.responseEnd];
}"""


@dataclass(frozen=True, slots=True)
class Painted:
    """Milliseconds until something was on the page, until its largest thing was, and until all of its HTML had come."""

    first: float
    largest: float
    came: float


def paints(browser: Any, base: str) -> Iterator[tuple[str, float]]:
    """(page, milliseconds): the median of some visits, each with an empty cache."""
    for stop in STOPS:
        if stop.name not in PAGES:
            continue
        reader = browser.new_context(base_url=base)
        read = _reading(reader)
        address = address_of(stop, read)
        if address is not None:
            for _ in range(VISITS_BEFORE):
                read(address)
        reader.close()
        if address is not None:
            visits = [visit(browser, base, address) for _ in range(ROUNDS)]
            yield stop.name, median(seen.largest for seen in visits)


def _reading(context: Any) -> Read:
    return lambda at: str(context.request.get(at).text())


def visit(
    browser: Any, base: str, address: str, *, is_slow: bool = True, cookies: Sequence[dict[str, str]] = ()
) -> Painted:
    """Look at a page with an empty cache, on a phone; ``is_slow``: with a middling line and a slow processor."""
    context = browser.new_context(base_url=base, **PHONE)
    context.add_cookies(list(cookies))
    page = context.new_page()
    page.add_init_script(WATCH)
    if is_slow:
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", LINE)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)  # the observer is told a little after it is painted
    first, largest, came = page.evaluate(WEIGHT)
    context.close()
    return Painted(float(first), float(largest), float(came))
