"""Where the things of a list can be had, in as many questions for fifty of them as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from instore.stores.known import KnownStore
from instore.stores.queries import Place, level_of, places
from omni_sync.oscar.models import Product

NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Where:
    """Of one thing: what the chosen store has (None: none is chosen), who else has it, what the web has.

    ``elsewhere`` are names of stores, the nearest to the chosen one first, three at most; ``others`` counts the rest.
    ``price`` is the lowest anywhere; for who stands in a store that store's, where it has one.
    """

    mine: int | None = None
    store: str = ""
    elsewhere: tuple[str, ...] = ()
    others: int = 0
    online: int = 0
    price: Decimal | None = None
    currency: str = ""
    price_varies: bool = False

    @property
    def level(self) -> str:
        """That of the chosen store."""
        return level_of(self.mine or 0)

    @property
    def is_anywhere(self) -> bool:
        return bool(self.mine or self.elsewhere or self.online)


NOWHERE: Final = Where()


def where_to_find(
    products: Mapping[int, bool], *, mine: KnownStore | None, stands_there: bool = False
) -> dict[int, Where]:
    """By product, given each with whether it is a style: two queries, one where there is no style among them.

    A style is there if one of its sizes is. ``stands_there``: whoever asks is in the store ``mine``.
    """
    sizes = _sizes_of([product for product, is_style in products.items() if is_style])
    wanted = sorted({size for product in products for size in sizes.get(product, [product])})
    found = places(products=wanted, near=mine.point if mine else None) if wanted else []
    return {product: _where(sizes.get(product, [product]), found, mine, stands_there) for product in products}


def _sizes_of(styles: list[int]) -> dict[int, list[int]]:
    sizes: dict[int, list[int]] = defaultdict(list)
    if styles:
        rows = Product.objects.filter(parent__in=styles, is_public=True)
        for style, size in rows.values_list("parent", "pk"):
            sizes[style].append(size)
    return sizes


def _where(sizes: list[int], found: list[Place], mine: KnownStore | None, stands_there: bool) -> Where:
    own = next((place for place in found if mine is not None and place.code == mine.code), None)
    prices = _prices([own] if own and stands_there else [], sizes) or _prices(found, sizes)
    price, currency = min(prices, default=(None, ""))
    others = [place.name for place in found if place.is_store and place is not own and _has(place, sizes)]
    return Where(
        mine=_has(own, sizes) if own else None,
        store=own.name if own else "",
        elsewhere=tuple(others[:NAMED]),
        others=len(others[NAMED:]),
        online=max((_has(place, sizes) for place in found if place.sells_online), default=0),
        price=price,
        currency=currency,
        price_varies=len(set(prices)) > 1,
    )


def _has(place: Place, sizes: list[int]) -> int:
    return max((place.available(size) for size in sizes), default=0)


def _prices(some: list[Place], sizes: list[int]) -> list[tuple[Decimal, str]]:
    offers = [place.offers[size] for place in some for size in sizes if size in place.offers]
    return [(offer.price, offer.currency) for offer in offers if offer.price is not None]
