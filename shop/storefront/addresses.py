"""Addresses that stand on a page by the dozen: Django works each shape out once a language, not once a link."""

from functools import lru_cache
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override

SLUG: Final = "a-slug"
NUMBER: Final = 999_999_999


def product_url(slug: str, pk: int) -> str:
    """Where the product is, in the reader's language."""
    return _filled("catalogue:detail", "product_slug", slug, pk)


def product_urls(slug: str, pk: int) -> tuple[tuple[str, str], ...]:
    """Each language of the shop, and where the product is in it."""
    found = []
    for language, _ in settings.LANGUAGES:
        with override(language):
            found.append((language, product_url(slug, pk)))
    return tuple(found)


def places_url(slug: str, pk: int) -> str:
    """Where the part of its page that follows the stock is answered alone."""
    return _filled("shop-places", "product_slug", slug, pk)


def _filled(view: str, slug_is: str, slug: str, pk: int) -> str:
    before, between, after = _shape(view, slug_is, get_language() or "", get_script_prefix())
    return f"{before}{quote(slug)}{between}{pk}{after}"


@lru_cache(maxsize=64)
def _shape(view: str, slug_is: str, language: str, prefix: str) -> tuple[str, str, str]:
    before, rest = reverse(view, kwargs={slug_is: SLUG, "pk": NUMBER}).split(SLUG, 1)
    between, after = rest.split(str(NUMBER), 1)
    return before, between, after
