"""Products as a shelf shows them: picture, name, colour, price, and in how many stores they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

from omni_sync.stock.models import Level
from shop.storefront.addresses import product_url
from shop.storefront.memory import Edition
from shop.storefront.pictures import Picture, picture
from shop.storefront.words import own_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

NEWEST: Final = 12


class Facts(NamedTuple):
    """What the stock says of a product and all its sizes; ``price`` is the lowest."""

    price: Decimal | None = None
    currency: str = ""
    price_varies: bool = False
    stores: int = 0
    online: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One product on a shelf; ``facts.stores`` counts the stores that have one to sell."""

    title: str
    colour: str
    url: str
    picture: Picture | None
    facts: Facts
    pk: int = 0


def browsable() -> "QuerySet[Any]":
    """The products that may stand on a shelf, newest first."""
    products: QuerySet[Any] = get_model("catalogue", "Product").objects.browsable()
    return products.order_by("-date_created", "-pk")


def in_this_order(styles: Sequence[int]) -> "QuerySet[Any]":
    """These products, first things first."""
    products: QuerySet[Any] = get_model("catalogue", "Product").objects.filter(pk__in=styles)
    return products.order_by(RawSQL("array_position(%s::bigint[], catalogue_product.id::bigint)", [list(styles)]))


def newest(*, edition: Edition, count: int = NEWEST) -> list[Card]:
    """The newest products of the shop, newest first: two queries."""
    return cards(browsable()[:count], edition=edition)


def newest_at(partner_code: str, *, edition: Edition, count: int = NEWEST) -> list[Card]:
    """The newest products of which the place has at least one to sell: two queries."""
    there = Level.objects.filter(stockrecord__partner__code=partner_code, on_hand__gt=F("held") + F("safety"))
    styles = there.values(style=Coalesce("stockrecord__product__parent_id", "stockrecord__product_id"))
    return cards(browsable().filter(pk__in=styles)[:count], edition=edition)


def cards(products: "QuerySet[Any]", *, edition: Edition) -> list[Card]:
    """A card for each of ``products``, in their order: two queries."""
    images = get_model("catalogue", "ProductImage").objects.filter(product=OuterRef("pk"))
    first = images.order_by("display_order", "pk").values("original")[:1]
    named = products.annotate(name=F("title"), colour=F("entry__colour"), image=Subquery(first))
    rows = list(named.values_list("pk", "name", "slug", "colour", "image"))
    facts = facts_of([row[0] for row in rows])
    return [
        Card(
            title=own_words(title),
            colour=own_words(colour or ""),
            url=product_url(slug, pk),
            picture=picture(image or "", edition),
            facts=facts.get(pk, Facts()),
            pk=pk,
        )
        for pk, title, slug, colour, image in rows
    ]


def facts_of(products: Sequence[int]) -> dict[int, Facts]:
    """By product on the shelf: a style, or a product without sizes. One query; none for no products."""
    if not products:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"ids": list(products)})
        return {product: Facts(*facts) for product, *facts in cursor.fetchall()}


_FACTS: Final = """
    SELECT coalesce(child.parent_id, child.id) AS product, min(sr.price),
           (array_agg(sr.price_currency ORDER BY sr.price))[1], min(sr.price) < max(sr.price),
           count(DISTINCT sr.partner_id) FILTER (
               WHERE store.is_open_to_public AND level.on_hand - level.held - level.safety > 0),
           coalesce(max(greatest(level.on_hand - level.held - level.safety, 0)) FILTER (WHERE loc.sells_online), 0)
      FROM catalogue_product child
      JOIN partner_stockrecord sr ON sr.product_id = child.id
      LEFT JOIN omni_sync_level level ON level.stockrecord_id = sr.id
      LEFT JOIN omni_sync_location loc ON loc.partner_id = sr.partner_id
      LEFT JOIN instore_store store ON store.partner_id = sr.partner_id
     WHERE (child.id = ANY(%(ids)s) OR child.parent_id = ANY(%(ids)s)) AND child.is_public
     GROUP BY 1
"""
