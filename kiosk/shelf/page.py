"""The page of what was scanned: its price and stock in this shop, where it stands, its other sizes and other shops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from instore.customers.why import why_words
from instore.stores.known import KnownStore
from instore.stores.queries import Offer, Place, level_of, places
from kiosk.shelf.goods import Goods, Item
from kiosk.shelf.visit import Visit
from omni_sync.people.sizes.wearing import Worn

SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class SizeHere:
    """One size to choose, ``here`` of it in this shop; ``url`` is its page, Oscar's where it has no GTIN."""

    item: Item
    here: int
    level: str
    url: str
    is_chosen: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another shop has of the chosen size."""

    code: str
    name: str
    city: str
    distance_km: float | None
    available: int
    level: str
    collect_from: datetime | None


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """All that follows the stock.

    ``chosen`` is what the forms are about, None while a size is open; ``here`` is what this shop has of it, None where
    it isn't sold here, or no shop is known. ``others`` are the nearest shops that have it; without a shop, all of them.
    ``mine`` is the size that the shopper wears, ``why`` how we know; ``is_preselected`` where nothing else was said.
    """

    goods: Goods
    visit: Visit
    chosen: Item | None
    price: Decimal | None
    currency: str
    price_varies: bool
    price_is_here: bool
    here: int | None
    shelf: str
    collect_from: datetime | None
    sizes: tuple[SizeHere, ...]
    others: tuple[Elsewhere, ...]
    online: int
    mine: SizeHere | None
    why: str
    is_preselected: bool
    is_open: bool

    @property
    def level(self) -> str:
        return level_of(self.here or 0)

    @property
    def online_level(self) -> str:
        return level_of(self.online)

    @property
    def is_anywhere(self) -> bool:
        return bool(self.here or self.online or any(other.available for other in self.others))


def shelf_page(
    goods: Goods, *, visit: Visit, now: datetime, wears: Sequence[Worn], stores: Mapping[str, KnownStore]
) -> ShelfPage:
    """What there is to say of ``goods`` to a shopper on this visit, who ``wears`` these sizes: one query."""
    worn, known = goods.worn(wears) or (None, None)
    chosen = goods.named or (worn if worn is not None and worn.gtin else None)
    shown = [chosen] if chosen else goods.items
    store = visit.store
    found = places(products=[item.pk for item in goods.items], near=store.point if store else None)
    own = next((place for place in found if store is not None and place.code == store.code), None)
    price, currency, varies, is_here = _price(found, own, shown)
    sizes = _sizes(goods, own, found, visit=visit, chosen=chosen, worn=worn)
    return ShelfPage(
        goods=goods,
        visit=visit,
        chosen=chosen,
        price=price,
        currency=currency,
        price_varies=varies,
        price_is_here=is_here,
        here=_here(own, shown),
        shelf=_shelf(shown),
        collect_from=own.collect_from(now) if own and chosen and own.available(chosen.pk) else None,
        sizes=sizes,
        others=_others(found, own, chosen, now=now, all_of_them=store is None),
        online=max((place.available(item.pk) for place in found if place.sells_online for item in shown), default=0),
        mine=next((size for size in sizes if size.is_mine), None),
        why=why_words(known, stores) if known else "",
        is_preselected=goods.named is None and chosen is not None,
        is_open=store is None or store.opening(now).is_open,
    )


def _offers(found: Sequence[Place], shown: Sequence[Item]) -> list[Offer]:
    return [place.offers[item.pk] for place in found for item in shown if item.pk in place.offers]


def _price(found: Sequence[Place], own: Place | None, shown: Sequence[Item]) -> tuple[Decimal | None, str, bool, bool]:
    """The lowest price of this shop, of any place where it has none; whether there are others, and whose it is."""
    for some, is_here in ((([own] if own else []), True), (found, False)):
        prices = sorted({(offer.price, offer.currency) for offer in _offers(some, shown) if offer.price is not None})
        if prices:
            return prices[0][0], prices[0][1], len(prices) > 1, is_here
    return None, "", False, False


def _here(own: Place | None, shown: Sequence[Item]) -> int | None:
    """None where none of it is sold here."""
    sold = [item.pk for item in shown if own is not None and item.pk in own.offers]
    return max((own.available(pk) for pk in sold), default=0) if own and sold else None


def _shelf(shown: Sequence[Item]) -> str:
    """The place on the shelves of the chosen size, of a style that of any size where they all stand in one."""
    named = {item.shelf for item in shown}
    return named.pop() if len(named) == 1 else ""


def _sizes(
    goods: Goods, own: Place | None, found: Sequence[Place], *, visit: Visit, chosen: Item | None, worn: Item | None
) -> tuple[SizeHere, ...]:
    if not goods.has_sizes:
        return ()
    some = [own] if own else [place for place in found if place.is_store or place.sells_online]

    def size(item: Item) -> SizeHere:
        here = max((place.available(item.pk) for place in some), default=0)
        url = visit.page_of(item.gtin) if item.gtin else item.oscars
        return SizeHere(item, here, level_of(here), url, is_chosen=item is chosen, is_mine=item is worn)

    return tuple(size(item) for item in goods.items)


def _others(
    found: Sequence[Place], own: Place | None, chosen: Item | None, *, now: datetime, all_of_them: bool
) -> tuple[Elsewhere, ...]:
    stores = [place for place in found if place.is_store and place is not own]
    if not all_of_them:
        stores = [place for place in stores if chosen and place.available(chosen.pk)][:SHOWN]
    return tuple(_elsewhere(place, chosen, now) for place in stores)


def _elsewhere(place: Place, chosen: Item | None, now: datetime) -> Elsewhere:
    available = place.available(chosen.pk) if chosen else 0
    return Elsewhere(
        code=place.code,
        name=place.name,
        city=place.city,
        distance_km=place.distance_km,
        available=available,
        level=level_of(available),
        collect_from=place.collect_from(now) if available else None,
    )
