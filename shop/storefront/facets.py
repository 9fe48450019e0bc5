"""Choices beside a shelf, each with the address that makes it and a count that is true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_lazy

from instore.stores.known import KnownStore
from omni_sync.catalogue.facets import Counts, count_facets, count_here
from omni_sync.catalogue.filters import Filters
from omni_sync.catalogue.found import BEST, BY_NAME, CHEAPEST, DEAREST, NEWEST, styles_found
from omni_sync.catalogue.sizes import in_order
from omni_sync.money.formatting import format_money
from shop.storefront.memory import Edition, Memory
from shop.storefront.wanted import Asked, Pair, values_of
from shop.storefront.words import own_words

if TYPE_CHECKING:
    from shop.storefront.catalogue import Shelf

SYSTEMS: Final = {
    "SML": gettext_lazy("Clothes"),
    "EU": gettext_lazy("Shoes (EU)"),
    "W": gettext_lazy("Waist"),
    "": gettext_lazy("One size and others"),
}
SORT_WORDS: Final = {
    BEST: gettext_lazy("Best match"),
    NEWEST: gettext_lazy("Newest first"),
    CHEAPEST: gettext_lazy("Price, low to high"),
    DEAREST: gettext_lazy("Price, high to low"),
    BY_NAME: gettext_lazy("Name, A to Z"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet; ``key`` is an id on the page."""

    key: str
    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Sizes of one system; the only one needs no title."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Toggle:
    """A choice of one tap; ``count`` is None where it can't be made yet and ``url`` leads to what it needs."""

    key: str
    url: str
    count: int | None
    is_chosen: bool
    name: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Prices:
    """The form for a price: what was typed, what there is, and what else the form must carry."""

    least: str
    most: str
    lowest: Decimal | None
    highest: Decimal | None
    currency: str
    kept: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Narrow:
    """What stands in the column beside a shelf, a part that is rendered once for the same values."""

    path: str
    categories: tuple[Option, ...]
    sizes: tuple[Group, ...]
    colours: tuple[Option, ...]
    prices: Prices
    sorts: tuple[tuple[str, str, bool], ...]
    sort_kept: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Everything that narrows a shelf down."""

    toggles: tuple[Toggle, ...]
    narrow: Narrow
    chips: tuple[Chip, ...]
    clear: str
    chosen: int
    nothing: str


def counts_of(asked: Asked, edition: Edition, *, within: int | None, around: Sequence[int]) -> Counts:
    """What ``asked`` finds: one query; none while it is remembered and asks for nothing of the stock."""
    key = (asked.filters, within, tuple(around))
    if asked.filters.here:
        return _count(key)
    return _counts.get((asked.filters.without_person(), within, tuple(around)), edition)


def page_of(asked: Asked, edition: Edition, *, offset: int, limit: int) -> list[int]:
    """The styles on one page, remembered like the counts."""
    language = get_language() or ""
    if asked.filters.here:
        return _find((asked.filters, asked.sort, language, offset, limit))
    return _pages.get((asked.filters.without_person(), asked.sort, language, offset, limit), edition)


def facets_of(
    asked: Asked, counts: Counts, edition: Edition, *, doors: Sequence[Option], store: KnownStore | None, ways: Ways
) -> Facets:
    """The facets of a page: one query more where somebody chose a store and sees what is everywhere."""
    chips = tuple(_chips(asked, edition, store))
    address = asked.address
    return Facets(
        toggles=(_here(asked, counts, store, ways.stores), _mine(asked, counts, ways.sizes)),
        narrow=Narrow(
            path=address.path,
            categories=tuple(doors),
            sizes=tuple(_sizes(asked, counts)),
            colours=tuple(_colours(asked, counts, edition)),
            prices=_prices(asked, counts),
            sorts=tuple(
                (key, str(words), key == asked.sort) for key, words in SORT_WORDS.items() if asked.text or key != BEST
            ),
            sort_kept=address.minus("sort").pairs,
        ),
        chips=chips,
        clear=str(address.minus("size", "colour", "price_min", "price_max", "here", "mine")),
        chosen=len(chips),
        nothing=_nothing(asked, store),
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a shop and sizes are chosen."""

    stores: str
    sizes: str


@dataclass(frozen=True, slots=True)
class Whole:
    """What the categories of a facet are parts of: everything, where it has no number."""

    name: str
    url: str
    pk: int | None = None


def category_options(asked: Asked, counts: Counts, around: Sequence[Shelf], whole: Whole) -> Iterator[Option]:
    """The whole, then a door to each category around; their addresses say what is chosen otherwise."""
    here = asked.filters.category
    yield Option("category-all", whole.name, counts.categories.get(whole.pk or 0, 0), whole.url, here == whole.pk)
    for shelf in around:
        count = counts.categories.get(shelf.pk, 0)
        if (count or shelf.pk == here) and shelf.pk != whole.pk:
            yield Option(f"category-{shelf.pk}", shelf.name, count, shelf.url, shelf.pk == here)


def _here(asked: Asked, counts: Counts, store: KnownStore | None, stores: str) -> Toggle:
    if store is None:
        return Toggle("here", stores, None, is_chosen=False, name="")
    is_chosen = asked.filters.here
    count = counts.total if is_chosen else count_here(asked.filters)
    return Toggle("here", str(asked.address.toggled("here", "1")), count, is_chosen, store.name)


def _mine(asked: Asked, counts: Counts, sizes: str) -> Toggle:
    if not asked.filters.my_sizes:
        return Toggle("mine", sizes, None, is_chosen=False, name="")
    worn = ", ".join(key.partition("-")[2] for key in asked.filters.my_sizes)
    url = str(asked.address.toggled("mine", "1"))
    return Toggle("mine", url, counts.mine, asked.filters.mine, worn)


def _sizes(asked: Asked, counts: Counts) -> Iterator[Group]:
    found = {**dict.fromkeys(asked.filters.sizes, 0), **counts.sizes}
    order = list(SYSTEMS)
    keys = sorted(
        (key for key in found if key.partition("-")[2]),
        key=lambda key: (
            order.index(system) if (system := key.partition("-")[0]) in order else len(order),
            system,
            in_order(key.partition("-")[2]),
        ),
    )
    groups = [(system, list(group)) for system, group in groupby(keys, key=lambda key: key.partition("-")[0])]
    for system, group in groups:
        title = str(SYSTEMS.get(system, system)) if len(groups) > 1 else ""
        yield Group(
            title, tuple(_option(asked, "size", key, size_words(key.partition("-")[2]), found[key]) for key in group)
        )


def size_words(size: str) -> str:
    """A size as it is read: one that fits all has a name of its own."""
    return gettext("One size") if size == "OS" else size


def _colours(asked: Asked, counts: Counts, edition: Edition) -> Iterator[Option]:
    found = {**dict.fromkeys(asked.filters.colours, 0), **counts.colours}
    named = {shade: _colour(shade, counts.shades.get(shade), edition) for shade in found if shade}
    for shade in sorted(named, key=lambda shade: named[shade].casefold()):
        yield _option(asked, "colour", shade, named[shade], found[shade])


def _colour(shade: str, written: str | None, edition: Edition) -> str:
    """A colour as a choice: in the reader's language, with a capital."""
    name = own_words(written or values_of(edition).colours.get(shade, shade))
    return name[:1].upper() + name[1:]


def _option(asked: Asked, facet: str, value: str, label: str, count: int) -> Option:
    address = asked.address
    return Option(f"{facet}-{value}", label, count, str(address.toggled(facet, value)), address.has(facet, value))


def _prices(asked: Asked, counts: Counts) -> Prices:
    least, most = asked.filters.price_min, asked.filters.price_max
    lowest, highest = counts.prices or (None, None)
    return Prices(
        least="" if least is None else f"{least:f}",
        most="" if most is None else f"{most:f}",
        lowest=lowest,
        highest=highest,
        currency=settings.OSCAR_DEFAULT_CURRENCY,
        kept=asked.address.minus("price_min", "price_max").pairs,
    )


def _chips(asked: Asked, edition: Edition, store: KnownStore | None) -> Iterator[Chip]:
    filters, address = asked.filters, asked.address
    if filters.here and store is not None:
        yield Chip(gettext("At %(shop)s") % {"shop": store.name}, str(address.minus("here")))
    if filters.mine:
        yield Chip(gettext("In my size"), str(address.minus("mine")))
    for key in filters.sizes:
        system, _, size = key.partition("-")
        name = size_words(size)
        label = gettext("Size %(size)s") % {"size": f"{system} {name}" if system in {"EU", "W"} else name}
        yield Chip(label, str(address.without("size", key)))
    for shade in filters.colours:
        yield Chip(_colour(shade, None, edition), str(address.without("colour", shade)))
    if price := _price_words(filters):
        yield Chip(price, str(address.minus("price_min", "price_max")))


def _nothing(asked: Asked, store: KnownStore | None) -> str:
    """What is said where a size is wanted that the shop hasn't got."""
    sizes = asked.filters.sizes or (asked.filters.my_sizes if asked.filters.mine else ())
    if store is None or not asked.filters.here or not sizes:
        return ""
    named = ", ".join(dict.fromkeys(size_words(key.partition("-")[2]) for key in sizes))
    return gettext("No %(size)s at %(shop)s right now.") % {"size": named, "shop": store.name}


def _price_words(filters: Filters) -> str:
    currency, language = settings.OSCAR_DEFAULT_CURRENCY, get_language() or "en"
    least, most = (
        "" if price is None else format_money(price, currency, language)
        for price in (filters.price_min, filters.price_max)
    )
    if least and most:
        return gettext("%(least)s to %(most)s") % {"least": least, "most": most}
    if least:
        return gettext("From %(least)s") % {"least": least}
    return gettext("Up to %(most)s") % {"most": most} if most else ""


def _count(key: tuple[Filters, int | None, tuple[int, ...]]) -> Counts:
    filters, within, around = key
    return count_facets(filters, within=within, categories=around)


def _find(key: tuple[Filters, str, str, int, int]) -> list[int]:
    filters, sort, language, offset, limit = key
    return styles_found(filters, sort=sort, language=language, offset=offset, limit=limit)


_counts: Final = Memory(_count)
_pages: Final = Memory(_find)
