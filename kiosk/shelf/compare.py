"""Goods side by side: up to four, kept in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from instore.stores.queries import Place, level_of, places
from kiosk.shelf.goods import Goods, Item, all_goods
from kiosk.shelf.opinions import NONE, Opinions, opinions_of
from kiosk.shelf.visit import LANGUAGE, STORE, Visit
from omni_sync.catalogue.dimensions import Dimension, dimensions_of
from omni_sync.catalogue.models import Gtin
from omni_sync.catalogue.wording import own_words
from omni_sync.oscar.models import Product, ProductImage

MOST: Final = 4
SUGGESTED: Final = 6
GTIN: Final = "gtin"


@dataclass(frozen=True, slots=True)
class Column:
    """One of them: what it costs in this shop (``is_here``), else where it is cheapest.

    ``here`` is None without a shop; ``sizes`` are those that are there, with their level. ``without`` is the address of
    the others alone.
    """

    goods: Goods
    url: str
    without: str
    price: Decimal | None
    currency: str
    is_here: bool
    here: int | None
    sizes: tuple[tuple[str, str], ...]
    opinions: Opinions
    dimensions: tuple[Dimension, ...]

    @property
    def level(self) -> str:
        return level_of(self.here or 0)


@dataclass(frozen=True, slots=True)
class Suggested:
    """Something like it, and the address that has it beside the others."""

    title: str
    image: str
    url: str


def compare_url(gtins: Sequence[str], visit: Visit) -> str:
    """Where these are side by side."""
    keys = [(STORE, visit.said), (LANGUAGE, visit.language)]
    pairs = [*((GTIN, gtin) for gtin in gtins[:MOST]), *((key, value) for key, value in keys if value)]
    return f"{reverse('shelf:compare')}?{urlencode(pairs)}"


def columns_of(gtins: Sequence[str], visit: Visit) -> list[Column]:
    """Those of ``gtins`` that are known, in this order: four queries, however many they are."""
    known = all_goods(gtins[:MOST]) if gtins else {}
    if not known:
        return []
    found = places(products=sorted({item.pk for goods in known.values() for item in goods.items}))
    opinions = opinions_of({goods.pk for goods in known.values() if goods.is_rated})
    meant = {(goods.named.pk if goods.named else goods.pk): goods.pk for goods in known.values()}
    sizes = dimensions_of({pk: style if pk != style else None for pk, style in meant.items()})
    return [
        _column(
            goods, found, visit, list(known), opinions.get(goods.pk, NONE),
            sizes[goods.named.pk if goods.named else goods.pk],
        )
        for goods in known.values()
    ]  # fmt: skip


def suggested(columns: Sequence[Column], visit: Visit) -> list[Suggested]:
    """The newest of the same shelves that are not beside them already: one query, none where four are."""
    if not columns or len(columns) >= MOST:
        return []
    gtins = [column.goods.gtin for column in columns]
    numbers = Gtin.objects.filter(
        Q(product=OuterRef("pk")) | Q(product__parent=OuterRef("pk")), is_primary=True, product__is_public=True
    )
    images = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk").values("original")
    alike: Any = Product.objects.filter(
        is_public=True, parent=None, productcategory__category__in=columns[0].goods.stands_in
    ).exclude(pk__in=[column.goods.pk for column in columns])
    rows = alike.annotate(
        gtin=Subquery(numbers.order_by("product_id").values("value")[:1]), image=Subquery(images[:1])
    ).filter(gtin__isnull=False)
    return [
        Suggested(own_words(row.title), row.image or "", compare_url([*gtins, row.gtin], visit))
        for row in rows.distinct().order_by("-date_created", "-pk")[:SUGGESTED]
    ]


def _column(
    goods: Goods,
    found: Sequence[Place],
    visit: Visit,
    gtins: Sequence[str],
    opinions: Opinions,
    dimensions: tuple[Dimension, ...],
) -> Column:
    own = next((place for place in found if visit.store is not None and place.code == visit.store.code), None)
    shown = [goods.named] if goods.named else list(goods.items)
    here, anywhere = _prices([own] if own else [], shown), _prices(found, shown)
    price, currency = min(here or anywhere, default=(None, ""))
    others = [gtin for gtin in gtins if gtin != goods.gtin]
    return Column(
        goods=goods,
        url=visit.with_beside(*others).page_of(goods.gtin),
        without=compare_url(others, visit),
        price=price,
        currency=currency,
        is_here=bool(here),
        here=max((own.available(item.pk) for item in shown), default=0) if own else None,
        sizes=_sizes(goods, own),
        opinions=opinions,
        dimensions=dimensions,
    )


def _prices(some: Sequence[Place], shown: Sequence[Item]) -> list[tuple[Decimal, str]]:
    offers = [place.offers[item.pk] for place in some for item in shown if item.pk in place.offers]
    return [(offer.price, offer.currency) for offer in offers if offer.price is not None]


def _sizes(goods: Goods, own: Place | None) -> tuple[tuple[str, str], ...]:
    """All that are made, where no shop is known."""
    if own is None:
        return tuple((item.size, "in") for item in goods.items if item.size)
    had = [(item.size, own.available(item.pk)) for item in goods.items if item.size]
    return tuple((size, level_of(count)) for size, count in had if count)
