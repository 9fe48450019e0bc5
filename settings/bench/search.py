"""``search``: results for words as people type them, right and wrong, at the real catalogue, next to an empty view."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Final
from urllib.parse import urlencode

from omni_sync.catalogue.models import Word
from settings.bench.catalogue import CLIENTS, SHOPS, queries, requests, rounds, slowest
from settings.bench.goods import open_shops, settle_down
from settings.bench.grocer import fill_shelves
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving

MOST_QUERIES: Final = 14
MOST_MS: Final = 200
WORDS: Final = 400


def run(size: Size) -> Iterator[Row]:
    """Every third word has a letter too few; every fourth address narrows the result down."""
    fill_shelves(size.many_products, open_shops(SHOPS))
    settle_down()
    paths = _addresses()
    most = queries([next(paths) for _ in range(8)])
    with serving() as port:
        pairs, answers = rounds(port, requests(paths), size)
    figure, limit = middle(pairs)
    refused = sum(one.statuses.total() - one.statuses[200] - one.statuses[302] for one in answers)
    yield Row(
        name="search", unit="requests/s", figure=figure, limit=limit, limit_is="an empty view of the same server",
        checks={
            f"{most} queries, at most {MOST_QUERIES}": most <= MOST_QUERIES,
            f"{refused} requests refused": not refused,
        },
        details={"products": size.many_products, "clients": CLIENTS, "queries": most},
    )  # fmt: skip
    yield slowest("search", answers, limit, most=MOST_MS)


def _addresses() -> Iterator[str]:
    """Two words of the catalogue each; no pair comes back soon."""
    words = [word for word in Word.objects.order_by("text").values_list("text", flat=True) if word.isalpha()]
    words = [word for word in words if len(word) > 3] or ["tee"]  # noqa: PLR2004
    words = words[:: max(len(words) // WORDS, 1)]
    for number in count():
        first, second = words[number % len(words)], words[(number * 7 + number // len(words)) % len(words)]
        text = first if number % 2 else f"{first} {second}"
        text = text[:2] + text[3:] if number % 3 == 0 else text
        asked = {"q": text, **({"here": "1"} if number % 4 == 3 else {})}  # noqa: PLR2004
        yield f"/search/?{urlencode(asked)}"
