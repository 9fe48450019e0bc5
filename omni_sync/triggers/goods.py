"""Goods as letters name them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import lazy
from django.utils.translation import get_language

from omni_sync import conf
from omni_sync.catalogue.worded import product_worded
from omni_sync.money.formatting import format_money
from omni_sync.oscar.models import Product


def named(products: Iterable[int]) -> dict[int, dict[str, Any]]:
    """By product its title, facts and page, in the language that is active: one query. What is hidden is left out."""
    wanted = Product.objects.filter(pk__in=set(products), is_public=True).exclude(parent__is_public=False)
    found = wanted.select_related("parent", "entry")
    return {product.pk: _named(product) for product in found}


def _named(product: Any) -> dict[str, Any]:
    words = product_worded(product)
    return {"title": words.title, "facts": ", ".join(words.facts), "link": conf.base_url() + product.get_absolute_url()}


def written(price: Decimal | None, currency: str) -> str:
    """A price in the language that is active; nothing for none."""
    return "" if price is None else format_money(price, currency, get_language() or "en")


#: A price as it could be, in the language that is active when it is read.
EXAMPLE_PRICE: Final = lazy(lambda: written(Decimal(349_000), "IDR"), str)()
