"""What somebody looks for at a kiosk: by words, by kind, in their size, here now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language

from kiosk.station.cards import Card, cards
from kiosk.station.door import Here
from omni_sync.catalogue.facets import count_facets, count_here
from omni_sync.catalogue.filters import Filters
from omni_sync.catalogue.found import BEST, NEWEST, styles_found
from omni_sync.catalogue.understand import Understood, understand
from omni_sync.catalogue.wording import own_words
from omni_sync.oscar.models import Category

PER_PAGE: Final = 24
NEWS: Final = 6
LONGEST: Final = 200
LONGEST_KEY: Final = 9  # digits


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says."""

    words: str = ""
    category: int | None = None
    here: bool = False
    mine: bool = False
    page: int = 1

    def query(self, **other: object) -> str:
        """The address of the same with something else chosen."""
        facts = {"q": self.words, "category": self.category, "here": self.here, "mine": self.mine, **other}
        return urlencode({name: 1 if value is True else value for name, value in facts.items() if value})


@dataclass(frozen=True, slots=True)
class Choice:
    """A condition that can be chosen, with what choosing it would find."""

    name: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page of styles, and how to find others."""

    cards: Sequence[Card]
    total: int
    kinds: Sequence[Choice]
    here: Choice
    mine: Choice | None
    understood: Understood
    more: str


def asked(query: QueryDict) -> Asked:
    """What somebody wants, whatever they typed."""
    page = _number(query.get("page", "")) or 1
    return Asked(
        words=query.get("q", "").replace("\x00", "").strip()[:LONGEST],
        category=_number(query.get("category", "")),
        here=bool(query.get("here")),
        mine=bool(query.get("mine")),
        page=min(page, 100),
    )


def look(wish: Asked, *, here: Here, my_sizes: Sequence[str]) -> Found:
    """The styles that meet the wish, and counts that are true: eight queries at most, however many there are."""
    understood = understand(wish.words)
    filters = Filters(
        words=understood.all_of,
        category=wish.category,
        store=here.known.code,
        here=wish.here,
        my_sizes=tuple(my_sizes),
        mine=wish.mine and bool(my_sizes),
    )
    doors = [(pk, str(name)) for pk, name in _kinds()]
    if wish.words and not understood.all_of:
        return Found((), 0, (), Choice("", 0, "", wish.here), None, understood, "")
    counts = count_facets(filters, categories=[pk for pk, _ in doors])
    offset = (wish.page - 1) * PER_PAGE
    sort = BEST if filters.words else NEWEST
    styles = styles_found(filters, sort=sort, language=get_language() or "en", offset=offset, limit=PER_PAGE)
    kinds = [
        Choice(
            own_words(name),
            counts.categories.get(pk, 0),
            wish.query(category=None if pk == wish.category else pk),
            pk == wish.category,
        )
        for pk, name in doors
    ]
    return Found(
        cards=cards(styles, at=here.known),
        total=counts.total,
        kinds=[kind for kind in kinds if kind.count or kind.is_chosen],
        here=Choice("", count_here(filters), wish.query(here=not wish.here), wish.here),
        mine=Choice("", counts.mine, wish.query(mine=not wish.mine), wish.mine) if my_sizes else None,
        understood=understood,
        more=wish.query(page=wish.page + 1) if offset + PER_PAGE < counts.total else "",
    )


def new_here(here: Here) -> list[Card]:
    """The newest styles that this store has, for who looks at the screen from afar: five queries."""
    filters = Filters(store=here.known.code, here=True)
    styles = styles_found(filters, sort=NEWEST, language=get_language() or "en", offset=0, limit=NEWS)
    return cards(styles, at=here.known)


def kinds() -> list[tuple[int, str]]:
    """The first doors of the shop, by their names here: one query."""
    return [(pk, own_words(name)) for pk, name in _kinds()]


def _kinds() -> list[tuple[int, str]]:
    rows = Category.objects.browsable().filter(depth=1).order_by("path")
    return list(rows.values_list("pk", "name"))


def _number(said: str) -> int | None:
    fine = said.isascii() and said.isdigit() and len(said) <= LONGEST_KEY
    return int(said) if fine else None
