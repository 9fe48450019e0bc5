"""One style as the kiosk shows it: what it costs here, which sizes are here, where it stands, and who else has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from instore.stores.queries import Offer, Place, level_of, places
from instore.stores.shelves import places_in
from kiosk.station.cards import pictures_of
from kiosk.station.door import Here
from omni_sync.catalogue.models import Entry
from omni_sync.catalogue.sizes import in_order
from omni_sync.catalogue.wording import own_words
from omni_sync.live.topics import stock_topic
from omni_sync.oscar.models import Product

MOST_ELSEWHERE: Final = 6


@dataclass(frozen=True, slots=True)
class Size:
    """One that can be bought; ``here`` is what this store can promise of it now."""

    product_id: int
    name: str
    system: str
    colour: str
    here: int

    @property
    def level(self) -> str:
        return level_of(self.here)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another store that has the chosen size, what it costs there, and when it can be collected."""

    code: str
    name: str
    distance_km: float | None
    available: int
    price: Decimal | None
    currency: str
    collect_from: datetime | None

    @property
    def level(self) -> str:
        return level_of(self.available)


@dataclass(frozen=True, slots=True)
class Shown:
    """A style with one of its sizes chosen, or None where there are several and none was."""

    style_id: int
    title: str
    description: str
    colour: str
    pictures: tuple[str, ...]
    price: Decimal | None
    currency: str
    price_varies: bool
    sizes: tuple[Size, ...]
    chosen: Size | None
    shelf: str
    elsewhere: tuple[Elsewhere, ...]
    online: int

    @property
    def topics(self) -> list[str]:
        """What an open page of it follows."""
        return [stock_topic(size.product_id) for size in self.sizes]

    @property
    def has_sizes(self) -> bool:
        return len(self.sizes) > 1 or any(size.name for size in self.sizes)

    @property
    def here(self) -> int:
        """How many of the chosen size are here; of the size it has most of where none is chosen."""
        return self.chosen.here if self.chosen else max((size.here for size in self.sizes), default=0)

    @property
    def level(self) -> str:
        return level_of(self.here)


def product_at(*, pk: int = 0, gtin: str = "") -> Product | None:
    """The product that the shop shows under this number, with its style and its entry: one query."""
    asked = Q(gtins__value=gtin) if gtin else Q(pk=pk)
    found = Product.objects.filter(asked, is_public=True).exclude(parent__is_public=False)
    return found.select_related("parent", "entry").first()


def shown(product: Product, *, here: Here, sizes: Mapping[str, str]) -> Shown | None:
    """The page's facts: four queries, however many stores and sizes; None for what can't be bought in any size.

    ``sizes`` are those that the visitor chose before, by size system: one of them is chosen here too.
    """
    style = product.parent or product
    rows = Entry.objects.filter(style=style.pk, on_shelf=True).exclude(product__structure="parent")
    entries = sorted(rows, key=lambda entry: (entry.colour, in_order(entry.size)))
    if not entries:
        return None
    found = places(products=[entry.pk for entry in entries], near=here.known.point)
    own = next((place for place in found if place.code == here.known.code), None)
    all_sizes = tuple(_size(entry, own) for entry in entries)
    chosen = _chosen(all_sizes, product.pk, sizes)
    offers = _offers(own, found, chosen)
    prices = sorted({(offer.price, offer.currency) for offer in offers if offer.price is not None})
    price, currency = prices[0] if prices else (None, "")
    stands = chosen.product_id if chosen else product.pk
    pictures = pictures_of([style.pk])
    return Shown(
        style_id=style.pk,
        title=own_words(str(style.title)),
        description=own_words(str(style.description or "")),
        colour=own_words(entries[0].colour),
        pictures=pictures.get(style.pk, ()),
        price=price,
        currency=currency,
        price_varies=len(prices) > 1,
        sizes=all_sizes,
        chosen=chosen,
        shelf=_shelf(here, stands, style.pk),
        elsewhere=_elsewhere(found, own, chosen),
        online=_online(found, chosen),
    )


def _size(entry: Entry, own: Place | None) -> Size:
    available = own.available(entry.pk) if own else 0
    return Size(entry.pk, entry.size, entry.size_system, entry.colour, max(available, 0))


def _chosen(sizes: Sequence[Size], product_id: int, mine: Mapping[str, str]) -> Size | None:
    """The very one that was asked for; else the only one, else the one in the visitor's size."""
    named = next((size for size in sizes if size.product_id == product_id), None)
    if named or len(sizes) == 1:
        return named or sizes[0]
    return next((size for size in sizes if size.name and mine.get(size.system) == size.name), None)


def _offers(own: Place | None, found: Iterable[Place], chosen: Size | None) -> list[Offer]:
    """Those of this store; of everybody where this store has never had it."""
    for some in ([own] if own else [], found):
        offers = [
            offer
            for place in some
            for product, offer in place.offers.items()
            if chosen is None or product == chosen.product_id
        ]
        if offers:
            return offers
    return []


def _elsewhere(found: Sequence[Place], own: Place | None, chosen: Size | None) -> tuple[Elsewhere, ...]:
    if chosen is None:
        return ()
    having = [place for place in found if place.is_store and place is not own and place.available(chosen.product_id)]
    return tuple(_at(place, place.offers[chosen.product_id], timezone.now()) for place in having[:MOST_ELSEWHERE])


def _at(place: Place, offer: Offer, now: datetime) -> Elsewhere:
    return Elsewhere(
        code=place.code,
        name=place.name,
        distance_km=place.distance_km,
        available=offer.available,
        price=offer.price,
        currency=offer.currency,
        collect_from=place.collect_from(now),
    )


def _online(found: Iterable[Place], chosen: Size | None) -> int:
    if chosen is None:
        return 0
    return max((place.available(chosen.product_id) for place in found if place.sells_online), default=0)


def _shelf(here: Here, product_id: int, style_id: int) -> str:
    stands: Any = Product(pk=product_id, parent_id=style_id if product_id != style_id else None)
    return places_in(here.store, [stands]).get(product_id, "")
