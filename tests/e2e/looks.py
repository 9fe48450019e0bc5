"""What is looked at on a page: each look gives a line for all that is wrong."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from justhtml import JustHTML
from playwright.sync_api import Error, Response

MOST_BYTES = 100_000
SIZES = ((390, 844), (820, 1180), (1440, 900))
MOST_BLOCKING = 3
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
NOT_WEIGHED = {"image", "eventsource", "media"}
OSCARS = re.compile(
    r"bootstrap|jquery|oscar/(?:css|js)|navbar|col-(?:sm|md|lg)-\d|btn-(?:primary|default|lg)", re.IGNORECASE
)


def wide(page) -> Iterator[str]:
    """Whoever has to push the page aside, and by what."""
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        wide = page.evaluate(
            """[...document.querySelectorAll('main *, header *, footer *')]
                .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).slice(0, 3)
                .map(e => e.outerHTML.slice(0, 90))"""
        )
        yield f"scrolls sideways: {wide}"


def barriers(page) -> Iterator[str]:
    for found in Axe().run(page, options=AXE).response["violations"]:
        for node in found["nodes"][:3]:
            yield f"axe {found['id']}: {node['html'][:140]}"


def small(page, *, least: int = 44) -> Iterator[str]:
    """What a thumb misses; seen in one look, as a part that is live may take another's place between two."""
    yield from page.locator("main a, main button, main summary").evaluate_all(
        "(all, least) => all.filter(one => one.checkVisibility() && one.getBoundingClientRect().height < least)"
        ".map(one => `small: ${one.outerHTML}`)",
        least,
    )


def look(*pages) -> None:
    """Nothing is wrong with the pages as they stand, and all of them can be tapped."""
    for page in pages:
        found = [*wide(page), *barriers(page), *small(page)]
        assert not found, found


def looked_at(page) -> None:
    """Nothing is wrong with the page as it stands, on a phone, a tablet and a desk."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found = [*wide(page), *barriers(page)]
        assert not found, (width, found)


def misshapen(html: str) -> Iterator[str]:
    """What the HTML standard calls an error, and ids that two things have."""
    document = JustHTML(html, collect_errors=True)
    lines = html.splitlines()
    for error in document.errors[:5]:
        line = lines[error.line - 1].strip() if error.line and error.line <= len(lines) else ""
        yield f"HTML {error.code}: {line[max(error.column - 60, 0) : error.column + 60]}"
    ids = Counter(re.findall(r'\sid="([^"]*)"', re.sub(r"<(script|template)\b.*?</\1>", "", html, flags=re.DOTALL)))
    for name, times in ids.items():
        if times > 1:
            yield f"HTML id twice: {name}"
    for name in re.findall(r'<label[^>]*\sfor="([^"]*)"', html):
        if name not in ids:
            yield f"HTML label of nothing: {name}"
    if re.search(r'\sstyle="|\son[a-z]+="|<style\b|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)', html):
        found = re.search(r'.{0,60}(?:\sstyle="|\son[a-z]+="|<style\b).{0,60}', html)
        yield f"inline style or script: {found[0] if found else ''}"


def oscars(html: str) -> Iterator[str]:
    """What is left of Oscar's own look."""
    if found := OSCARS.search(html):
        yield f"Oscar's look: {html[max(found.start() - 60, 0) : found.end() + 40]!r}"


def blocking(html: str) -> Iterator[str]:
    head = html.partition("</head>")[0]
    sheets = re.findall(r'<link[^>]*rel="stylesheet"[^>]*>', head)
    scripts = [
        tag for tag in re.findall(r"<script[^>]*\bsrc=[^>]*>", head) if not re.search(r"defer|async|module", tag)
    ]
    if len(sheets) + len(scripts) > MOST_BLOCKING:
        yield f"{len(sheets)} sheets and {len(scripts)} scripts keep it from showing"


def weight(answer) -> int:
    """Bytes on the wire: in production sheets and scripts are sent compressed, pages are compressed by nobody."""
    body = answer.body()
    return len(body) if answer.request.resource_type == "document" else len(gzip.compress(body))


def answers_to(page) -> list[Response]:
    """Whatever the page is answered from now on."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright takes no built-in
    return answers


def weights_of(answers) -> dict[str, int]:
    """What a page that is there had to fetch, without pictures and streams."""
    weights = {}
    for answer in list(answers):
        if 200 <= answer.status < 300 and answer.request.resource_type not in NOT_WEIGHED:
            with suppress(Error):  # of the page before
                weights[answer.url] = weight(answer)
    return weights


class Traffic:
    """What a page asked for: its weight without pictures, and whom it asked."""

    def __init__(self, page, origin: str) -> None:
        self.origin = urlsplit(origin).netloc
        self.answers = answers_to(page)
        self.strangers: list[str] = []
        self.said: list[str] = []
        page.on("request", self._asked)
        page.on("console", lambda said: self.said.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def begin(self) -> None:
        self.answers.clear()
        self.strangers, self.said = [], []

    def _asked(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.netloc != self.origin and parts.scheme not in {"data", "blob"}:
            self.strangers.append(request.url)

    def complaints(self, *, status: int) -> Iterator[str]:
        for line in self.said:
            if not (status >= 400 and f"{status}" in line):  # the browser says so of the page itself
                yield f"console: {line[:200]}"
        for url in self.strangers:
            yield f"leaves the origin: {url}"
        weights = weights_of(self.answers)
        if (weight := sum(weights.values())) > MOST_BYTES:
            heaviest = sorted(weights.items(), key=lambda item: -item[1])[:4]
            yield f"weighs {weight}: {heaviest}"
