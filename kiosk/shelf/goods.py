"""What the catalogue says of the goods that a GTIN names: their style, its sizes, and which of them was meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator

from instore.stores.shelves import ShelfPlace
from kiosk.shelf.exceptions import UnknownGoods
from omni_sync.catalogue.brands import BRAND
from omni_sync.catalogue.models import Gtin
from omni_sync.catalogue.sizes import in_order
from omni_sync.catalogue.wording import own_words
from omni_sync.live.token import MOST_TOPICS
from omni_sync.live.topics import stock_topic
from omni_sync.oscar.models import Product, ProductCategory, ProductImage
from omni_sync.people.sizes.wearing import Worn, pick_made

WORDS: Final = 40
ENTRY: Final = {"size": F("entry__size"), "system": F("entry__size_system"), "colour": F("entry__colour")}


@dataclass(frozen=True, slots=True)
class Item:
    """What can be bought of a style: one size, or the style itself where it has none; ``shelf`` is where it stands."""

    pk: int
    size: str
    system: str
    gtin: str
    oscars: str
    shelf: str


@dataclass(frozen=True, slots=True, eq=False)
class Goods:
    """One style in the reader's language, ``items`` in the order of their sizes.

    ``named`` is the one whose GTIN was scanned; None where that is the style's, and it has sizes. ``url`` is Oscar's.
    """

    pk: int
    gtin: str
    title: str
    colour: str
    brand: str
    about: str
    image: str
    slug: str
    url: str
    is_rated: bool
    has_sizes: bool
    stands_in: frozenset[int]
    items: tuple[Item, ...]
    named: Item | None

    @property
    def topics(self) -> list[str]:
        """For following their stock."""
        return [stock_topic(item.pk) for item in self.items[:MOST_TOPICS]]

    def worn(self, wears: Sequence[Worn]) -> tuple[Item, Worn] | None:
        """The size that somebody wears in such goods, and how we know; None without one, or sizes."""
        if not (wears and self.has_sizes):
            return None
        made = {(item.system, item.size): item for item in self.items if item.system}
        return pick_made(made, wears, brand=self.brand, categories=self.stands_in)


def goods_of(gtin: str, *, store: str = "") -> Goods:
    """The goods with this GTIN of 14 digits, and where they stand in the store with this code: one query.

    Raises UnknownGoods where shoppers have none."""
    found = all_goods([gtin], store=store).get(gtin)
    if found is None:
        raise UnknownGoods(gtin)
    return found


def all_goods(gtins: Sequence[str], *, store: str = "") -> dict[str, Goods]:
    """The same by GTIN for those that are known, in the order they were asked for: one query however many."""
    rows = _families(gtins, store)
    return {gtin: goods for gtin in gtins if (goods := _goods(gtin, rows)) is not None}


def _families(gtins: Sequence[str], store: str) -> list[Any]:
    """Every style that is meant, and its public sizes; one without a place of its own stands where its style does."""
    meant = Gtin.objects.filter(value__in=gtins).values(head=Coalesce("product__parent_id", "product_id"))
    numbers = Gtin.objects.filter(product=OuterRef("pk"))
    images = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk").values("original")
    shelves = ProductCategory.objects.filter(product=OuterRef("pk")).values("category")
    stands = ShelfPlace.objects.filter(store__partner__code=store).values("place")
    family: Any = Product.objects.filter(Q(pk__in=meant) | Q(parent_id__in=meant), is_public=True)
    return list(
        family.annotate(
            **ENTRY,
            brand=RawSQL(BRAND.format(style="catalogue_product.id"), []),  # noqa: S611 - constant text
            gtin=Subquery(numbers.filter(is_primary=True).values("value")[:1]),
            asked=ArraySubquery(numbers.filter(value__in=gtins).values("value")),
            image=Subquery(images[:1]),
            stands_in=ArraySubquery(shelves),
            shelf=Coalesce(
                Subquery(stands.filter(product=OuterRef("pk"))), Subquery(stands.filter(product=OuterRef("parent_id")))
            ),
        )
    )


def _goods(gtin: str, rows: Iterable[Any]) -> Goods | None:
    meant = next((row for row in rows if gtin in row.asked), None)
    if meant is None:
        return None
    head = meant.parent_id or meant.pk
    family = [row for row in rows if head in (row.pk, row.parent_id)]
    style = next((row for row in family if row.pk == head), None)
    if style is None:
        return None
    sold = [row for row in family if row.parent_id] if style.is_parent else [style]
    items = tuple(sorted((_item(row, style) for row in sold), key=lambda item: in_order(item.size)))
    return Goods(
        pk=style.pk,
        gtin=gtin,
        title=own_words(style.title),
        colour=own_words(next((row.colour for row in family if row.colour), "")),
        brand=style.brand,
        about=Truncator(strip_tags(own_words(style.description)).strip()).words(WORDS),
        image=style.image or "",
        slug=style.slug,
        url=_oscars(style),
        is_rated=style.rating is not None,
        has_sizes=style.is_parent,
        stands_in=frozenset(style.stands_in),
        items=items,
        named=next((item for item in items if item.pk == meant.pk), None) or (items[0] if len(items) == 1 else None),
    )


def _item(row: Any, style: Any) -> Item:
    return Item(
        pk=row.pk,
        size=row.size or (own_words(row.title) if style.is_parent and row.title != style.title else ""),
        system=row.system or "",
        gtin=row.gtin or "",
        oscars=_oscars(row),
        shelf=row.shelf or "",
    )


def _oscars(row: Any) -> str:
    return reverse("catalogue:detail", kwargs={"product_slug": row.slug, "pk": row.pk})
