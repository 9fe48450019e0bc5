"""The product page: what the catalogue says, and what every place can promise right now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from instore.customers.why import why_words
from instore.stores.known import KnownStore
from instore.stores.queries import Place, level_of, places
from omni_sync.people.sizes.wearing import Worn
from shop.storefront.style import Item, Style

SHOWN: Final = 12
NO_STORES: Final[Mapping[str, KnownStore]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Size:
    """One size to choose; ``level`` is that of the place that has most of it, ``online`` what the web has."""

    item: Item
    level: str
    online: int
    sku: str
    price: Decimal | None
    is_chosen: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class AtStore:
    """One store's line: what it has of the chosen size, or which sizes it has while none is chosen."""

    code: str
    name: str
    city: str
    distance_km: float | None
    available: int
    level: str
    collect_from: datetime | None
    sizes: tuple[tuple[str, str], ...]  # name and level, those it has


@dataclass(frozen=True, slots=True)
class ProductPage:
    """Everything the page shows. ``chosen`` is what would go into the basket, None while a size is open.

    ``mine`` is the chosen store's line; ``stores`` are the others, nearest to it first, by name without one.
    ``unlisted`` counts those that are left out of a long list; those that have it are listed first then.
    ``is_preselected``: the shopper's own size is chosen for them, the page is the style's; ``why`` says how we know it.
    ``is_for_other``: they shop for somebody else, none of the sizes is theirs.
    """

    style: Style
    chosen: Item | None
    sku: str
    price: Decimal | None
    currency: str
    price_varies: bool
    sizes: tuple[Size, ...]
    online: int
    mine: AtStore | None
    stores: tuple[AtStore, ...]
    unlisted: int
    shows_all: bool
    is_preselected: bool = False
    why: str = ""
    is_for_other: bool = False

    @property
    def is_mine(self) -> bool:
        """Whether the chosen size is the one that the shopper wears."""
        return any(size.is_mine and size.is_chosen for size in self.sizes)

    @property
    def best(self) -> int:
        """The most that one place has, a store or the web."""
        return max([self.online, *(store.available for store in self.all_stores)])

    @property
    def level(self) -> str:
        return level_of(self.best)

    @property
    def online_level(self) -> str:
        return level_of(self.online)

    @property
    def online_said(self) -> int | None:
        """The number that is said of the web shop: none while a size is open."""
        return self.online if self.chosen else None

    @property
    def all_stores(self) -> tuple[AtStore, ...]:
        return (self.mine, *self.stores) if self.mine else self.stores

    @property
    def url(self) -> str:
        return self.chosen.url if self.chosen else self.style.url

    @property
    def places_url(self) -> str:
        return self.chosen.places_url if self.chosen else self.style.places_url


def product_page(
    style: Style,
    product: int,
    *,
    mine: KnownStore | None,
    now: datetime,
    shows_all: bool = False,
    wears: Sequence[Worn] = (),
    stores: Mapping[str, KnownStore] = NO_STORES,
    is_for_other: bool = False,
) -> ProductPage:
    """What there is to say of ``product``, the style or one of its sizes: one query.

    To whom ``mine`` is their shop, and who ``wears`` these sizes, some known from ``stores``; theirs is chosen where
    none is named.
    """
    worn, known = style.worn(wears) or (None, None)
    named = style.item(product)
    chosen = named or worn
    shown = [chosen] if chosen else style.items
    found = places(products=[item.pk for item in style.items], near=mine.point if mine else None)
    offers = [place.offers[item.pk] for place in found for item in shown if item.pk in place.offers]
    prices = sorted({(offer.price, offer.currency) for offer in offers if offer.price is not None})
    own, others, unlisted = _stores(found, shown, mine=mine, now=now, most=None if shows_all else SHOWN)
    return ProductPage(
        style=style,
        chosen=chosen,
        sku=offers[0].sku if chosen and offers else "",
        price=prices[0][0] if prices else None,
        currency=prices[0][1] if prices else "",
        price_varies=len(prices) > 1,
        sizes=_sizes(style, found, chosen, worn) if style.has_sizes else (),
        online=max((place.available(item.pk) for place in found if place.sells_online for item in shown), default=0),
        mine=own,
        stores=others,
        unlisted=unlisted,
        shows_all=shows_all,
        is_preselected=named is None and chosen is not None,
        why=why_words(known, stores) if known else "",
        is_for_other=is_for_other,
    )


def _sizes(style: Style, found: Sequence[Place], chosen: Item | None, worn: Item | None) -> tuple[Size, ...]:
    sold = [place for place in found if place.is_store or place.sells_online]

    def size(item: Item) -> Size:
        offers = [place.offers[item.pk] for place in found if item.pk in place.offers]
        return Size(
            item=item,
            level=level_of(max((place.available(item.pk) for place in sold), default=0)),
            online=max((place.available(item.pk) for place in sold if place.sells_online), default=0),
            sku=offers[0].sku if offers else "",
            price=min((offer.price for offer in offers if offer.price is not None), default=None),
            is_chosen=chosen is item,
            is_mine=worn is item,
        )

    return tuple(size(item) for item in style.items)


def _stores(
    found: Sequence[Place], shown: Sequence[Item], *, mine: KnownStore | None, now: datetime, most: int | None
) -> tuple[AtStore | None, tuple[AtStore, ...], int]:
    """The chosen store's line, those of the others, and how many are left out."""
    code = mine.code if mine else ""
    own = next((place for place in found if place.is_store and place.code == code), None)
    others = [place for place in found if place.is_store and place is not own]
    listed = others
    if most is not None and len(others) > most:
        has_it = sorted(others, key=lambda place: all(place.available(item.pk) <= 0 for item in shown))
        kept = {place.code for place in has_it[:most]}
        listed = [place for place in others if place.code in kept]
    lines = tuple(_at_store(place, shown, now) for place in listed)
    return (_at_store(own, shown, now) if own else None), lines, len(others) - len(listed)


def _at_store(place: Place, shown: Sequence[Item], now: datetime) -> AtStore:
    had = [(item.size, place.available(item.pk)) for item in shown]
    available = max((quantity for _, quantity in had), default=0)
    return AtStore(
        code=place.code,
        name=place.name,
        city=place.city,
        distance_km=place.distance_km,
        available=available,
        level=level_of(available),
        collect_from=place.collect_from(now) if available else None,
        sizes=tuple((size, level_of(quantity)) for size, quantity in had if quantity > 0),
    )
