"""Products as a shelf shows them: picture, name, price, and in how many stores they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection
from oscar.core.loading import get_model

if TYPE_CHECKING:
    from django.db.models import QuerySet

NEWEST: Final = 12


class Facts(NamedTuple):
    """What the stock says of a product and all its sizes; ``price`` is the lowest."""

    price: Decimal | None = None
    currency: str = ""
    stores: int = 0
    online: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One product on a shelf; ``facts.stores`` counts the stores that have one to sell."""

    title: str
    url: str
    picture: str
    facts: Facts


def newest(count: int = NEWEST) -> list[Card]:
    """The newest products of the shop, newest first: three queries."""
    products: QuerySet[Any] = get_model("catalogue", "Product").objects.browsable()
    return cards(products.order_by("-date_created", "-pk").prefetch_related("images")[:count])


def cards(products: Iterable[Any]) -> list[Card]:
    """A card for each of ``products`` (their images prefetched), in their order: one query of its own."""
    found = list(products)
    facts = facts_of([product.pk for product in found])
    return [
        Card(product.get_title(), product.get_absolute_url(), picture_of(product), facts.get(product.pk, Facts()))
        for product in found
    ]


def picture_of(product: Any) -> str:
    """The address of the first picture of ``product``, or nothing."""
    images = sorted(product.images.all(), key=lambda image: image.display_order)
    return images[0].original.url if images else ""


def facts_of(products: Sequence[int]) -> dict[int, Facts]:
    """By product on the shelf: a style, or a product without sizes."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [list(products)])
        return {product: Facts(*facts) for product, *facts in cursor.fetchall()}


_FACTS: Final = """
    SELECT coalesce(child.parent_id, child.id) AS product, min(sr.price),
           (array_agg(sr.price_currency ORDER BY sr.price))[1],
           count(DISTINCT sr.partner_id) FILTER (
               WHERE store.is_open_to_public AND level.on_hand - level.held - level.safety > 0),
           coalesce(max(greatest(level.on_hand - level.held - level.safety, 0)) FILTER (WHERE loc.sells_online), 0)
      FROM catalogue_product child
      JOIN partner_stockrecord sr ON sr.product_id = child.id
      LEFT JOIN omni_sync_level level ON level.stockrecord_id = sr.id
      LEFT JOIN omni_sync_location loc ON loc.partner_id = sr.partner_id
      LEFT JOIN instore_store store ON store.partner_id = sr.partner_id
     WHERE coalesce(child.parent_id, child.id) = ANY(%s) AND child.is_public
     GROUP BY 1
"""
