"""The catalogue as plain shelves: everything, or one category, newest first."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import Http404
from oscar.core.loading import get_model

from shop.storefront.shelf import Card, cards

PER_PAGE: Final = 24


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """One page of a shelf; ``category`` is None for everything."""

    category: Any
    categories: list[Any]
    cards: list[Card]
    page: Page[Any]


def shelf_page(*, number: str | None, category: int | None = None) -> ShelfPage:
    """Page ``number`` (the nearest one there is) of everything or of one category and those below it: five queries.

    Raises Http404 for a category that is not there or not public.
    """
    categories = get_model("catalogue", "Category").objects.browsable()
    chosen = None
    products = get_model("catalogue", "Product").objects.browsable()
    if category is not None:
        chosen = categories.filter(pk=category).first()
        if chosen is None:
            raise Http404
        below = get_model("catalogue", "Category").objects.filter(path__startswith=chosen.path)
        products = products.filter(categories__in=below).distinct()
    pages: Paginator[Any] = Paginator(products.order_by("-date_created", "-pk").prefetch_related("images"), PER_PAGE)
    page = pages.get_page(number)
    top = list(categories.filter(depth=1).order_by("path"))
    return ShelfPage(chosen, top, cards(page.object_list), page)
