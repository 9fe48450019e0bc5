"""What search engines are told of a product (schema.org Product and Offer)."""

import json
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from omni_sync.money.amounts import write
from shop.storefront.product import ProductPage

#: As Django's json_script: nothing inside the element can end it.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
WHERE = {"in": "InStock", "low": "LimitedAvailability", "out": "OutOfStock"}


def product_json_ld(page: ProductPage, request: HttpRequest) -> SafeString:
    """The JSON of the page's product, safe to stand in a ``<script type="application/ld+json">``."""
    return _written(page, f"{request.scheme}://{request.get_host()}")


@lru_cache(maxsize=500)
def _written(page: ProductPage, origin: str) -> SafeString:
    """The same page says the same: written once for the same figures."""
    style, item = page.style, page.chosen
    picture = style.pictures[0].src if style.pictures else ""
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": style.title,
        "description": strip_tags(style.text),
        "color": style.colour,
        "size": item.size if item else "",
        "sku": page.sku,
        "gtin": item.gtin if item else "",
        "image": picture and urljoin(origin, picture),
        "url": urljoin(origin, style.url),
        "offers": _offer(page),
    }
    text = json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def _offer(page: ProductPage) -> dict[str, str]:
    if page.price is None:
        return {}
    level = page.level
    only_stores = level != "out" and not page.online
    price = {"price" if page.chosen else "lowPrice": write(page.price, page.currency)}
    return {
        "@type": "Offer" if page.chosen else "AggregateOffer",
        **price,
        "priceCurrency": page.currency,
        "availability": f"https://schema.org/{'InStoreOnly' if only_stores else WHERE[level]}",
    }
