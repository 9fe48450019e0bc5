"""Where each style stands in each of the five stores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from instore.stores.models import Store
from instore.stores.shelves import ShelfPlace
from omni_sync.oscar.models import Product
from shop.seed.places import SHOPS
from shop.seed.styles import Style

BAYS: Final = 8  # of a shelf, before the next letter


def are_named(styles: Sequence[Style]) -> bool:
    """Whether every one of ``styles`` has its place in every store."""
    return ShelfPlace.objects.filter(product__code__in=_codes(styles)).count() == len(styles) * len(SHOPS)


def name_all(styles: Sequence[Style]) -> None:
    """Give the styles their places, ``A-1`` to ``A-8`` and on; those that are named already keep theirs."""
    stores = Store.objects.filter(partner__code__in=[shop.code for shop in SHOPS]).order_by("partner__code")
    products = Product.objects.filter(code__in=_codes(styles)).order_by("code")
    places = [
        ShelfPlace(store=store, product=product, place=_place(number + turn))
        for turn, store in enumerate(stores)
        for number, product in enumerate(products)
    ]
    ShelfPlace.objects.bulk_create(places, ignore_conflicts=True)


def _place(number: int) -> str:
    shelf, bay = divmod(number, BAYS)
    return f"{chr(ord('A') + shelf)}-{bay + 1}"


def _codes(styles: Sequence[Style]) -> list[str]:
    return [style.key for style in styles]
