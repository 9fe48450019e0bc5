"""What search engines are told of a product (schema.org): a group of variants or one of them, and the way to it."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urljoin

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from omni_sync.catalogue.gtin import is_published
from omni_sync.money.amounts import write
from shop.storefront.catalogue import Shelf
from shop.storefront.opinions import Opinion, Opinions
from shop.storefront.product import ProductPage, Size
from shop.storefront.style import Item

CONTEXT: Final = "https://schema.org"
#: As Django's json_script: nothing inside the element can end it.
ESCAPES: Final = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
WHERE: Final = {"in": "InStock", "low": "LimitedAvailability", "out": "OutOfStock"}


def product_json_ld(
    page: ProductPage, request: HttpRequest, *, opinions: Opinions, way: tuple[Shelf, ...] = ()
) -> SafeString:
    """The JSON of the page's product, safe to stand in a ``<script type="application/ld+json">``.

    A style with sizes is a ProductGroup; one of its sizes, or what has none, is a Product. ``way`` are the shelves
    that lead to it, the outermost first.
    """
    return _written(page, opinions, way, f"{request.scheme}://{request.get_host()}")


@lru_cache(maxsize=500)
def _written(page: ProductPage, opinions: Opinions, way: tuple[Shelf, ...], origin: str) -> SafeString:
    """The same page says the same: written once for the same figures."""
    is_group = page.style.has_sizes and (page.chosen is None or page.is_preselected)
    product = _group(page, origin) if is_group else _one(page, origin)
    graph = [product | _said(opinions), _way(page, way, origin)]
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def _group(page: ProductPage, origin: str) -> dict[str, Any]:
    variants = [_variant(page, size, origin) for size in page.sizes]
    return _common(page, origin) | _kept(
        {
            "@type": "ProductGroup",
            "productGroupID": str(page.style.pk),
            "variesBy": [f"{CONTEXT}/size"],
            "hasVariant": variants,
        }
    )


def _one(page: ProductPage, origin: str) -> dict[str, Any]:
    item = page.chosen
    known: dict[str, Any] = {"@type": "Product", "sku": page.sku, "offers": _offer_of_page(page, origin)}
    if item is not None:
        known |= _numbers(item)
    if page.style.has_sizes:
        known["isVariantOf"] = {
            "@type": "ProductGroup",
            "name": page.style.title,
            "productGroupID": str(page.style.pk),
            "variesBy": [f"{CONTEXT}/size"],
            "url": urljoin(origin, page.style.url),
        }
    return _common(page, origin) | _kept(known)


def _common(page: ProductPage, origin: str) -> dict[str, Any]:
    style = page.style
    return _kept(
        {
            "name": style.title,
            "description": strip_tags(style.text),
            "color": style.colour,
            "image": [urljoin(origin, picture.src) for picture in style.pictures],
            "url": urljoin(origin, style.url),
        }
    )


def _variant(page: ProductPage, size: Size, origin: str) -> dict[str, Any]:
    offer = _offer(size.price, page.currency, size.level, size.online, urljoin(origin, size.item.url))
    return _kept(
        {
            "@type": "Product",
            "name": f"{page.style.title}, {size.item.size}",
            "color": page.style.colour,
            "sku": size.sku,
            "offers": offer,
            **_numbers(size.item),
        }
    )


def _numbers(item: Item) -> dict[str, str]:
    """A number for restricted circulation is not said: in other shops it is something else."""
    return {"size": item.size, "gtin": item.gtin if is_published(item.gtin) else ""}


def _offer_of_page(page: ProductPage, origin: str) -> dict[str, str]:
    return _offer(page.price, page.currency, page.level, page.online, urljoin(origin, page.url))


def _offer(price: Decimal | None, currency: str, level: str, online: int, url: str) -> dict[str, str]:
    """Nothing for what has no price."""
    if price is None:
        return {}
    only_stores = level != "out" and not online
    return {
        "@type": "Offer",
        "price": write(price, currency),
        "priceCurrency": currency,
        "availability": f"{CONTEXT}/{'InStoreOnly' if only_stores else WHERE[level]}",
        "itemCondition": f"{CONTEXT}/NewCondition",
        "url": url,
    }


def _said(opinions: Opinions) -> dict[str, Any]:
    if not opinions.count:
        return {}
    rating = {
        "@type": "AggregateRating",
        "ratingValue": opinions.average,
        "reviewCount": opinions.count,
        "bestRating": 5,
        "worstRating": 1,
    }
    return {"aggregateRating": rating, "review": [_review(one) for one in opinions.first]}


def _review(opinion: Opinion) -> dict[str, Any]:
    return {
        "@type": "Review",
        "name": opinion.title,
        "reviewBody": opinion.body,
        "datePublished": opinion.on.date().isoformat(),
        "author": {"@type": "Person", "name": opinion.by or "?"},
        "reviewRating": {"@type": "Rating", "ratingValue": opinion.score, "bestRating": 5, "worstRating": 1},
    }


def _way(page: ProductPage, way: tuple[Shelf, ...], origin: str) -> dict[str, Any]:
    steps = [*((shelf.name, shelf.url) for shelf in way), (page.style.title, page.style.url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": urljoin(origin, url)}
            for place, (name, url) in enumerate(steps, 1)
        ],
    }


def _kept(known: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in known.items() if value}
