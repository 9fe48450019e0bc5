"""What things cost over the counter of a place: by the shop's own strategy, for nobody in particular."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oscar.core.loading import get_class

from omni_sync.carts.models import Fulfilment
from omni_sync.oscar.models import Partner, Product


def infos_at(place: Partner, product_ids: Iterable[int]) -> dict[int, tuple[Product, Any]]:
    """Each of these articles with its PurchaseInfo at ``place``: two queries; a style itself is none.

    Offers of the web are a basket's, and not in it.
    """
    articles = Product.objects.filter(pk__in=set(product_ids)).exclude(structure=Product.PARENT)
    products = list(articles.select_related("product_class", "parent__product_class", "entry"))
    strategy: Any = get_class("partner.strategy", "Selector")().strategy()
    with strategy.answering_for(Fulfilment(mode=Fulfilment.Mode.COLLECT, partner=place)):
        strategy.fetch_records(products)
        return {product.pk: (product, strategy.fetch_for_product(product)) for product in products}
