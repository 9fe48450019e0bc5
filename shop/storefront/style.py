"""What the catalogue says of a style and its sizes: everything on its page but stock and prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from oscar.core.loading import get_model

from omni_sync.catalogue.brands import BRAND
from omni_sync.catalogue.models import Gtin
from omni_sync.catalogue.sizes import in_order
from omni_sync.live.token import MOST_TOPICS
from omni_sync.live.topics import stock_topic
from omni_sync.people.sizes.wearing import Worn, pick_made
from shop.storefront.addresses import places_url, product_url, product_urls
from shop.storefront.colours import design_of
from shop.storefront.memory import Edition, Memory
from shop.storefront.pictures import Picture, read_picture
from shop.storefront.words import described, own_words

WORDS: Final = 30
ENTRY: Final = {"size": F("entry__size"), "system": F("entry__size_system"), "colour": F("entry__colour")}


@dataclass(frozen=True, slots=True)
class Item:
    """What can be bought of a style: one size, or the style itself where it has none."""

    pk: int
    size: str
    system: str
    gtin: str
    url: str
    places_url: str


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """One style in the reader's language.

    ``items`` are in the order of their sizes, ``topics`` are for following their stock, ``stands_in`` are categories.
    ``design`` is what it shares with its other colours, see ``colours``; ``urls`` are its addresses by language.
    """

    pk: int
    title: str
    slug: str
    design: str
    url: str
    urls: tuple[tuple[str, str], ...]
    places_url: str
    text: SafeString
    summary: str
    colour: str
    brand: str
    pictures: tuple[Picture, ...]
    stands_in: frozenset[int]
    has_sizes: bool
    is_public: bool
    is_rated: bool
    items: tuple[Item, ...]
    topics: tuple[str, ...]

    def item(self, pk: int) -> Item | None:
        """The item with this number; the only one there is for any other."""
        named = next((item for item in self.items if item.pk == pk), None)
        return named or (self.items[0] if len(self.items) == 1 else None)

    def worn(self, wears: Sequence[Worn]) -> tuple[Item, Worn] | None:
        """The item in the size that somebody wears in such goods, and how we know; None without one, or sizes."""
        if not (wears and self.has_sizes):
            return None
        made = {(item.system, item.size): item for item in self.items if item.system}
        return pick_made(made, wears, brand=self.brand, categories=self.stands_in)

    def url_of(self, pk: int) -> str:
        """The address of the style itself, or of its size with this number."""
        return next((item.url for item in self.items if item.pk == pk and self.has_sizes), self.url)


def style_of(product: int, edition: Edition) -> Style | None:
    """The style that ``product`` is, or is a size of; None where there is none, or the size is not public.

    No query while it is remembered, else three.
    """
    return _styles.get((product, get_language() or ""), edition)


def _read(key: tuple[int, str]) -> Style | None:
    wanted, _ = key
    rows = _family(wanted)
    style = next((row for row in rows if row.parent_id is None), None)
    if style is None or all(row.pk != wanted for row in rows):
        return None
    sizes = [row for row in rows if row.parent_id is not None]
    bought = sizes if style.is_parent else [style]
    colour = next((row.colour for row in [style, *sizes] if row.colour), "")
    text = described(own_words(style.description)) if style.description else SafeString("")
    return Style(
        pk=style.pk,
        title=own_words(style.title),
        slug=style.slug,
        design=design_of(style.title, colour),
        url=product_url(style.slug, style.pk),
        urls=product_urls(style.slug, style.pk),
        places_url=places_url(style.slug, style.pk),
        text=text,
        summary=Truncator(strip_tags(text)).words(WORDS),
        colour=own_words(colour),
        brand=style.brand,
        pictures=_pictures(style.pk),
        stands_in=_stands_in(style.pk),
        has_sizes=style.is_parent,
        is_public=style.is_public,
        is_rated=style.rating is not None,
        items=tuple(sorted((_item(row, style) for row in bought), key=lambda item: in_order(item.size))),
        topics=tuple(stock_topic(row.pk) for row in bought[:MOST_TOPICS]),
    )


def _family(wanted: int) -> list[Any]:
    """The style and its public sizes."""
    products = get_model("catalogue", "Product").objects
    head = products.filter(pk=wanted).annotate(head=Coalesce("parent_id", "pk")).values("head")
    gtins = Gtin.objects.filter(product=OuterRef("pk"), is_primary=True).values("value")[:1]
    family = products.filter(Q(pk=Subquery(head)) | Q(parent_id=Subquery(head), is_public=True))
    brand = RawSQL(BRAND.format(style="catalogue_product.id"), [])  # noqa: S611 - constant text
    return list(family.annotate(**ENTRY, gtin=Subquery(gtins), brand=brand))


def _item(row: Any, style: Any) -> Item:
    return Item(
        pk=row.pk,
        size=row.size or (row.title or style.title if style.is_parent else ""),
        system=row.system or "",
        gtin=row.gtin or "",
        url=product_url(row.slug, row.pk),
        places_url=places_url(row.slug, row.pk),
    )


def _stands_in(style: int) -> frozenset[int]:
    categories = get_model("catalogue", "ProductCategory").objects.filter(product=style)
    return frozenset(categories.values_list("category", flat=True))


def _pictures(style: int) -> tuple[Picture, ...]:
    images = get_model("catalogue", "ProductImage").objects.filter(product=style).order_by("display_order", "pk")
    found = [read_picture(name) for name in images.values_list("original", flat=True)]
    return tuple(one for one in found if one is not None)


_styles: Final = Memory(_read)
