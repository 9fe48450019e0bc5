"""One product, its sizes, and what every place can promise of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from instore.stores.queries import Place, level_of, places
from omni_sync.catalogue.sizes import in_order
from shop.storefront.shelf import picture_of


@dataclass(frozen=True, slots=True)
class Size:
    """One size to choose; ``level`` is that of the place that has most of it."""

    product: int
    name: str
    url: str
    level: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AtStore:
    """One store's line: what it has of the chosen size, or which sizes it has while none is chosen."""

    code: str
    name: str
    city: str
    available: int
    level: str
    collect_from: datetime | None
    sizes: list[tuple[str, str]]  # name and level, those it has


@dataclass(frozen=True, slots=True)
class ProductPage:
    """Everything the page shows. ``chosen`` is the product that would go into the basket, None while a size is open."""

    title: str
    description: str
    colour: str
    picture: str
    url: str  # of the style: every size is a view of the same page
    sku: str
    gtin: str
    price: Decimal | None
    currency: str
    price_varies: bool
    sizes: list[Size]
    chosen: int | None
    chosen_size: str
    online: int
    stores: list[AtStore]

    @property
    def level(self) -> str:
        """That of the best place, store or online."""
        return level_of(max([self.online, *(store.available for store in self.stores)]))

    @property
    def online_level(self) -> str:
        return level_of(self.online)


def product_page(product: Any, *, now: datetime | None = None) -> ProductPage:
    """What there is to say of ``product``, a style, one of its sizes or a product without any: five queries."""
    style = product.parent if product.is_child else product
    items = _items(style)
    chosen = product if not product.is_parent else (items[0] if len(items) == 1 else None)
    found = places(products=[item.pk for item in items])
    shown = [chosen] if chosen else items
    offers = [place.offers[item.pk] for place in found for item in shown if item.pk in place.offers]
    prices = sorted({(offer.price, offer.currency) for offer in offers if offer.price is not None})
    return ProductPage(
        title=style.get_title(),
        description=style.description,
        colour=next((_entry(item, "colour") for item in [style, *items] if _entry(item, "colour")), ""),
        picture=picture_of(style),
        url=style.get_absolute_url(),
        sku=offers[0].sku if chosen and offers else "",
        gtin=_gtin(chosen) if chosen else "",
        price=prices[0][0] if prices else None,
        currency=prices[0][1] if prices else "",
        price_varies=len(prices) > 1,
        sizes=_sizes(items, found, chosen) if style.is_parent else [],
        chosen=chosen.pk if chosen else None,
        chosen_size=_entry(chosen, "size") if chosen else "",
        online=max((place.available(item.pk) for place in found if place.sells_online for item in shown), default=0),
        stores=[_at_store(place, shown, now or timezone.now()) for place in found if place.is_store],
    )


def _items(style: Any) -> list[Any]:
    """What can be bought of a style: its sizes in order; itself when it has none."""
    if not style.is_parent:
        return [style]
    children = get_model("catalogue", "Product").objects.filter(parent=style, is_public=True)
    found = list(children.select_related("entry").prefetch_related("gtins"))
    for child in found:
        child.parent = style
    return sorted(found, key=lambda child: in_order(_entry(child, "size") or child.get_title()))


def _sizes(items: Sequence[Any], found: Sequence[Place], chosen: Any) -> list[Size]:
    def best(item: Any) -> int:
        return max((place.available(item.pk) for place in found if place.is_store or place.sells_online), default=0)

    return [
        Size(
            product=item.pk,
            name=_entry(item, "size") or item.get_title(),
            url=item.get_absolute_url(),
            level=level_of(best(item)),
            is_chosen=chosen is not None and item.pk == chosen.pk,
        )
        for item in items
    ]


def _at_store(place: Place, shown: Sequence[Any], now: datetime) -> AtStore:
    available = max((place.available(item.pk) for item in shown), default=0)
    had = [(_entry(item, "size") or item.get_title(), level_of(place.available(item.pk))) for item in shown]
    return AtStore(
        code=place.code,
        name=place.name,
        city=place.city,
        available=available,
        level=level_of(available),
        collect_from=place.collect_from(now) if available else None,
        sizes=[(name, level) for name, level in had if level != "out"],
    )


def _entry(product: Any, field: str) -> str:
    entry = getattr(product, "entry", None)  # absent for a product nobody described
    return getattr(entry, field, "")


def _gtin(product: Any) -> str:
    numbers = sorted(product.gtins.all(), key=lambda number: not number.is_primary)
    return numbers[0].value if numbers else ""
