"""An article in somebody's hand, or in their mind: what it is, in which sizes, and how many are here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from instore.customers.goods import here
from instore.stores.models import Store
from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.filters import Filters
from omni_sync.catalogue.found import BEST, styles_found
from omni_sync.catalogue.models import Entry, Gtin
from omni_sync.catalogue.scanned import gtin_in
from omni_sync.catalogue.sizes import in_order
from omni_sync.catalogue.understand import understand
from omni_sync.catalogue.worded import worded
from omni_sync.oscar.models import StockRecord

MOST: Final = 10
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """One size of a style, or all there is of it; ``is_theirs``: the size they wear, or the very article scanned."""

    product_id: int
    size: str
    here: int
    is_theirs: bool


@dataclass(frozen=True, slots=True)
class Style:
    """What can be had of it; no ``colour`` that the title says."""

    title: str
    colour: str
    choices: tuple[Choice, ...]

    @property
    def best(self) -> Choice:
        """Theirs; else one that is here, else any."""
        return max(self.choices, key=lambda one: (one.is_theirs, one.here > 0))


def find(said: str, *, store: Store, sizes: Mapping[str, str]) -> list[Style]:
    """The styles that ``said`` means, by a number on the article or by words, the nearest first: four queries at most.

    ``sizes`` are what somebody wears, by size system.
    """
    said = said.strip()[:LONGEST].replace("\x00", "")
    if not said:
        return []
    exact = _numbered(said)
    if exact is not None:
        return style_of(exact, store=store, sizes=sizes)
    words = understand(said).all_of
    if not words:
        return []
    filters = Filters(words=words)
    ids = styles_found(filters, sort=BEST, language=get_language() or "en", offset=0, limit=MOST)
    return _styles(ids, store, sizes, None)


def style_of(product_id: int, *, store: Store, sizes: Mapping[str, str]) -> list[Style]:
    """The style that this product is of, with all its sizes: two queries; nothing for what is not for sale."""
    style = Entry.objects.filter(product=product_id).values_list("style", flat=True).first()
    return _styles([style] if style else [], store, sizes, product_id)


def _numbered(said: str) -> int | None:
    try:
        number = gtin_in(said)
    except InvalidGtin:
        record = StockRecord.objects.filter(partner_sku__iexact=said).first()
        return record.product_id if record else None
    known = Gtin.objects.filter(value=number).first()
    return known.product_id if known else None


def _styles(ids: list[int], store: Store, sizes: Mapping[str, str], exact: int | None) -> list[Style]:
    if not ids:
        return []
    entries = Entry.objects.filter(style__in=ids, on_shelf=True).exclude(product__structure="parent")
    by_style: dict[int, list[Entry]] = {}
    for entry in entries.annotate(here=here(store)):
        by_style.setdefault(entry.style_id or 0, []).append(entry)
    return [_style(by_style[style], sizes, exact) for style in ids if style in by_style]


def _style(entries: Iterable[Entry], sizes: Mapping[str, str], exact: int | None) -> Style:
    rows = sorted(entries, key=lambda entry: in_order(entry.size))
    words = worded(rows[0].title, colour=rows[0].colour)
    exact = next((entry.pk for entry in rows if entry.pk == exact), None)
    return Style(
        title=words.title,
        colour=words.colour_beside,
        choices=tuple(_choice(entry, sizes, exact) for entry in rows),
    )


def _choice(entry: Entry, sizes: Mapping[str, str], exact: int | None) -> Choice:
    wanted = entry.pk == exact if exact else bool(entry.size) and sizes.get(entry.size_system) == entry.size
    return Choice(entry.pk, entry.size, getattr(entry, "here", 0), wanted)
