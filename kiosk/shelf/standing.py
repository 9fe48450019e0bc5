"""What stands at a place of a shop's shelves, with its price and stock there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Length
from django.urls import reverse

from instore.stores.queries import level_of
from instore.stores.shelves import ShelfPlace
from omni_sync.catalogue.models import Gtin
from omni_sync.catalogue.sizes import in_order
from omni_sync.catalogue.wording import own_words
from omni_sync.oscar.models import ProductImage, StockRecord

PER_PAGE: Final = 24


@dataclass(frozen=True, slots=True)
class Standing:
    """A style, or one of its sizes, at its place: the lowest price there, and which sizes are there with their level.

    ``gtin`` is of one that is sold there; empty where none has a number, then ``oscars`` is its page.
    """

    place: str
    title: str
    image: str
    gtin: str
    oscars: str
    price: Decimal | None
    currency: str
    price_varies: bool
    available: int
    sizes: tuple[tuple[str, str], ...]

    @property
    def level(self) -> str:
        return level_of(self.available)


def standing_at(store: str, *, place: str = "", number: str = "") -> Page[Any]:
    """Page ``number`` (the nearest there is) of what stands in the store with this code, at one place or everywhere.

    In the order of the places; its list holds ``Standing``. Three queries.
    """
    rows = _places(store)
    pages: Paginator[Any] = Paginator(rows.filter(place=place) if place else rows, PER_PAGE)
    page = pages.get_page(number)
    shown = list(page.object_list)
    sold = _sold(store, [row.product_id for row in shown])
    page.object_list = [_standing(row, sold) for row in shown]
    return page


def _places(store: str) -> Any:
    """``A-2`` before ``A-10``."""
    images = ProductImage.objects.filter(product=OuterRef("style")).order_by("display_order", "pk").values("original")
    shown = Q(product__is_public=True) & ~Q(product__parent__is_public=False)
    return (
        ShelfPlace.objects.filter(shown, store__partner__code=store)
        .select_related("product__parent")
        .annotate(style=Coalesce("product__parent_id", "product_id"))
        .annotate(image=Subquery(images[:1]))
        .order_by(Length("place"), "place", "product__title", "pk")
    )


def _sold(store: str, products: Sequence[int]) -> dict[int, list[Any]]:
    """What can be bought there, by itself and by its style, without sizes that stand at a place of their own."""
    numbers = Gtin.objects.filter(product=OuterRef("product"), is_primary=True).values("value")[:1]
    elsewhere = ShelfPlace.objects.filter(store__partner__code=store, product__parent__in=products).values("product")
    rows: Any = StockRecord.objects.filter(
        Q(product__in=products) | Q(product__parent__in=products) & ~Q(product__in=elsewhere),
        partner__code=store,
        product__is_public=True,
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.annotate(
        size=F("product__entry__size"),
        parent=F("product__parent_id"),
        gtin=Subquery(numbers),
        available=Greatest(F("level__on_hand") - F("level__held") - F("level__safety"), 0),
    ).order_by("pk"):
        for key in {row.product_id, row.parent} & set(products):
            found[key].append(row)
    return found


def _standing(row: Any, sold: dict[int, list[Any]]) -> Standing:
    items = sorted(sold[row.product_id], key=lambda item: (not item.available, in_order(item.size or "")))
    prices = sorted({(item.price, item.price_currency) for item in items if item.price is not None})
    product = row.product
    title = own_words((product.parent or product).title)
    return Standing(
        place=row.place,
        title=f"{title}, {items[0].size}" if product.parent and items and items[0].size else title,
        image=row.image or "",
        gtin=next((item.gtin for item in items if item.gtin), ""),
        oscars=reverse("catalogue:detail", kwargs={"product_slug": product.slug, "pk": product.pk}),
        price=prices[0][0] if prices else None,
        currency=prices[0][1] if prices else "",
        price_varies=len(prices) > 1,
        available=max((item.available or 0 for item in items), default=0),
        sizes=tuple(_sizes(items)) if product.is_parent else (),
    )


def _sizes(items: Iterable[Any]) -> list[tuple[str, str]]:
    return [(item.size, level_of(item.available)) for item in items if item.size and item.available]
