"""What an address asks the catalogue for; what makes no sense in it is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpRequest

from instore.stores.chosen import chosen
from omni_sync.catalogue.filters import Filters
from omni_sync.catalogue.found import BEST, NEWEST, SORTS
from shop.storefront.memory import Edition, Memory
from shop.storefront.sizes import my_sizes

LONGEST: Final = 120  # of what is searched for
MOST: Final = 40  # values of one facet
DEAREST: Final = Decimal("9999999999.99")

Pair = tuple[str, str]


@lru_cache(4096)
def _written(pair: Pair) -> str:
    return urlencode([pair])  # a page says each of its filters in some fifty addresses


@dataclass(frozen=True, slots=True)
class Address:
    """A page's path and what its filters are, without the number of the page."""

    path: str
    pairs: tuple[Pair, ...] = ()

    def __str__(self) -> str:
        return f"{self.path}?{'&'.join(map(_written, self.pairs))}" if self.pairs else self.path

    @property
    def query(self) -> str:
        """What stands before ``page=`` in the address of another page."""
        return f"{'&'.join(map(_written, self.pairs))}&" if self.pairs else ""

    def has(self, key: str, value: str) -> bool:
        return (key, value) in self.pairs

    def plus(self, key: str, value: str) -> Address:
        return Address(self.path, (*self.pairs, (key, value)))

    def minus(self, *keys: str) -> Address:
        return Address(self.path, tuple(pair for pair in self.pairs if pair[0] not in keys))

    def without(self, key: str, value: str) -> Address:
        return Address(self.path, tuple(pair for pair in self.pairs if pair != (key, value)))

    def toggled(self, key: str, value: str) -> Address:
        return self.without(key, value) if self.has(key, value) else self.plus(key, value)

    def at(self, path: str) -> Address:
        return Address(path, self.pairs)


@dataclass(frozen=True, slots=True)
class Values:
    """Every size and colour there is: sizes as keys, colours by shade as the merchant writes them."""

    sizes: frozenset[str]
    colours: Mapping[str, str]

    def sizes_named(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Those of ``wanted`` that exist; a size without its system is that size in every system."""
        named = set(wanted)
        return tuple(sorted(key for key in self.sizes if key in named or key.partition("-")[2] in named))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and the address that asks for just that."""

    text: str
    filters: Filters
    sort: str
    page: str
    address: Address

    @property
    def is_filtered(self) -> bool:
        """Something beside a category and words is chosen."""
        return not replace(self.filters, words="").is_plain


def read_asked(request: HttpRequest, edition: Edition, *, category: int | None = None, path: str = "") -> Asked:
    """Read ``request``; the category is the path's own. No query unless a size or a colour is asked for."""
    given = request.GET
    values = values_of(edition) if {"size", "colour"} & given.keys() else None
    sizes = values.sizes_named(given.getlist("size")[:MOST]) if values else ()
    colours = tuple(sorted(set(given.getlist("colour")[:MOST]) & values.colours.keys())) if values else ()
    least, most = _amount(given.get("price_min")), _amount(given.get("price_max"))
    if least is not None and most is not None and least > most:
        least, most = most, least
    store = chosen(request)
    mine = tuple(sorted(f"{system}-{size}" for system, size in my_sizes(request).items()))
    text = " ".join(given.get("q", "").replace("\0", " ").split())[:LONGEST]
    filters = Filters(
        category=category,
        sizes=sizes,
        colours=colours,
        price_min=least,
        price_max=most,
        store=store.code if store else "",
        here=bool(store) and given.get("here") == "1",
        my_sizes=mine,
        mine=bool(mine) and given.get("mine") == "1",
    )
    usual = BEST if text else NEWEST
    sort = given.get("sort", "")
    sort = sort if sort in SORTS and (text or sort != BEST) else usual
    address = Address(path or request.path, tuple(_pairs(text, filters, sort if sort != usual else "")))
    return Asked(text, filters, sort, given.get("page", ""), address)


def _pairs(text: str, filters: Filters, sort: str) -> Iterable[Pair]:
    yield from [("q", text)] if text else []
    yield from (("size", size) for size in filters.sizes)
    yield from (("colour", colour) for colour in filters.colours)
    prices = {"price_min": filters.price_min, "price_max": filters.price_max}
    yield from ((key, f"{price:f}") for key, price in prices.items() if price is not None)
    yield from [("here", "1")] if filters.here else []
    yield from [("mine", "1")] if filters.mine else []
    yield from [("sort", sort)] if sort else []


def _amount(text: str | None) -> Decimal | None:
    """An amount as people type it: ``150000``, ``150.000`` where thousands are three digits, ``12.50``."""
    plain = (text or "").strip().removeprefix("Rp").replace(" ", "")
    head, point, tail = plain.replace(",", ".").rpartition(".")
    if point and len(tail) == 3:  # noqa: PLR2004
        plain = plain.replace(".", "").replace(",", "")
    elif point:
        plain = f"{head.replace('.', '')}.{tail}"
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None
    return amount.quantize(Decimal("0.01")).normalize() if amount.is_finite() and 0 <= amount <= DEAREST else None


def values_of(edition: Edition) -> Values:
    """The sizes and colours of everything on the shelves: no query while they are remembered, else one."""
    return _values.get((), edition)


def _read_values(_: tuple[()]) -> Values:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT size_system || '-' || size, shade, min(colour) FROM omni_sync_entry WHERE on_shelf GROUP BY 1, 2"
        )
        rows = cursor.fetchall()
    return Values(
        sizes=frozenset(size for size, _, _ in rows if size != "-"),
        colours={shade: colour for _, shade, colour in sorted(rows) if shade},
    )


_values: Final[Memory[tuple[()], Values]] = Memory(_read_values)
