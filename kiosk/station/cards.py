"""Styles as a kiosk's shelf shows them: picture, name, price and whether this store has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from instore.lists.where import NOWHERE, Where, where_to_find
from instore.stores.known import KnownStore
from omni_sync.catalogue.wording import own_words
from omni_sync.oscar.models import Product, ProductImage


@dataclass(frozen=True, slots=True)
class Card:
    """One style; ``where`` has what this store has of it, and the price."""

    pk: int
    title: str
    colour: str
    image: str
    where: Where


def cards(styles: Sequence[int], *, at: KnownStore) -> list[Card]:
    """A card for each, in their order: four queries; none for no styles."""
    if not styles:
        return []
    rows = Product.objects.filter(pk__in=styles, is_public=True).select_related("entry")
    known = {product.pk: product for product in rows}
    where = where_to_find({pk: product.is_parent for pk, product in known.items()}, mine=at, stands_there=True)
    pictures = pictures_of(known)
    return [
        _card(known[pk], pictures.get(pk, ()), where.get(pk, NOWHERE))
        for pk in styles
        if pk in known and hasattr(known[pk], "entry")
    ]


def pictures_of(styles: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Where the pictures of each style are stored, the first one first: one query."""
    rows = ProductImage.objects.filter(product__in=list(styles)).order_by("product", "display_order", "pk")
    found: dict[int, tuple[str, ...]] = {}
    for product, image in rows.values_list("product", "original"):
        found[product] = (*found.get(product, ()), image)
    return found


def _card(product: Product, pictures: Sequence[str], where: Where) -> Card:
    picture = next(iter(pictures), "")
    return Card(product.pk, own_words(str(product.title)), own_words(product.entry.colour), picture, where)
