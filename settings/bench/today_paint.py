"""``today-paint``: how soon the tablet's first page is there, in the system's Chromium with an empty cache."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Final
from urllib.request import Request, urlopen

from settings.bench.addresses import WORD
from settings.bench.rows import Row, Size, middle
from settings.walk.browser import NoBrowser, browser
from settings.walk.paint import visit

MOST_MILLISECONDS: Final = 1000
MOST_BYTES: Final = 100_000  # of a page without its pictures


def painted(port: int, page: str, cookies: Mapping[str, str], size: Size) -> Iterator[Row]:
    """The page and one of a single word in turn; no row, but why not, where there is no browser."""
    base = f"http://localhost:{port}"
    kept = [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
    try:
        with browser() as chromium:
            visit(chromium, base, page, is_slow=False, cookies=kept)  # the browser is warm, its caches are not
            visits = [
                (
                    visit(chromium, base, page, is_slow=False, cookies=kept),
                    visit(chromium, base, WORD, is_slow=False),
                    visit(chromium, base, page, cookies=kept),
                )
                for _ in range(size.rounds)
            ]
    except (NoBrowser, ImportError) as missing:
        what = "playwright" if isinstance(missing, ImportError) else "Chromium (Debian: apt-get install chromium)"
        sys.stderr.write(f"today-paint is left out: there is no {what}.\n")
        return
    figure, limit = middle([(ours.first, word.first) for ours, word, _ in visits])
    weight = _weight(f"{base}{page}", cookies)
    yield Row(
        name="today-paint", unit="ms", figure=figure, limit=limit, most_figure=MOST_MILLISECONDS,
        limit_is="a page of one word, painted by the same browser from the same server",
        checks={f"{len(weight)} bytes of HTML, at most {MOST_BYTES}": len(weight) <= MOST_BYTES},
        details={
            "bytes": len(weight), "bytes compressed": len(gzip.compress(weight)),
            "html came": round(median(ours.came for ours, _, _ in visits)),
            "largest": round(median(ours.largest for ours, _, _ in visits)),
            "4g": {
                "first": round(median(slow.first for _, _, slow in visits)),
                "largest": round(median(slow.largest for _, _, slow in visits)),
            },
            "rounds": [[round(ours.first), round(word.first)] for ours, word, _ in visits],
        },
    )  # fmt: skip


def _weight(address: str, cookies: Mapping[str, str]) -> bytes:
    """The page as it comes."""
    said = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    with urlopen(Request(address, headers=said)) as answer:  # noqa: S310 - our own server
        body: bytes = answer.read()
    return body
