"""The catalogue as plain shelves: everything, or one category, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from oscar.core.loading import get_model

from shop.storefront.memory import Edition, Memory
from shop.storefront.pictures import Picture, read_picture
from shop.storefront.shelf import Card, browsable, cards
from shop.storefront.words import own_words

PER_PAGE: Final = 24


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """One public category in the reader's language; ``path`` is treebeard's, ``picture`` its own or a product's."""

    pk: int
    name: str
    words: str
    url: str
    path: str
    depth: int
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """One page of a shelf; ``shelf`` is None for everything. ``around`` are the doors beside and below it."""

    shelf: Shelf | None
    above: list[Shelf]
    around: list[Shelf]
    cards: list[Card]
    page: Page[Any]


def shelves(edition: Edition) -> tuple[Shelf, ...]:
    """Every public category in the order of the tree: no query while they are remembered, else one."""
    return _shelves.get(get_language() or "", edition)


def top_shelves(edition: Edition) -> tuple[Shelf, ...]:
    """The categories that stand in the header and are doors on the front page."""
    return tuple(shelf for shelf in shelves(edition) if shelf.depth == 1)


def shelf_of(categories: frozenset[int], edition: Edition) -> Shelf | None:
    """The deepest public one of ``categories``."""
    stands = [shelf for shelf in shelves(edition) if shelf.pk in categories]
    return max(stands, key=lambda shelf: shelf.depth, default=None)


def shelf_page(*, number: str | None, edition: Edition, category: int | None = None) -> ShelfPage:
    """Page ``number`` (the nearest one there is) of everything or of one category and those below it.

    Three queries beside the shelves'. Raises Http404 for a category that is not there or not public.
    """
    everything = shelves(edition)
    shelf = next((known for known in everything if known.pk == category), None)
    if category is not None and shelf is None:
        raise Http404
    products = browsable()
    if shelf is not None:
        stands = get_model("catalogue", "ProductCategory").objects.filter(category__path__startswith=shelf.path)
        products = products.filter(pk__in=stands.values("product"))
    pages: Paginator[Any] = Paginator(products, PER_PAGE)
    page = pages.get_page(number)
    return ShelfPage(
        shelf=shelf,
        above=[
            known for known in everything if shelf and shelf.path != known.path and shelf.path.startswith(known.path)
        ],
        around=_around(everything, shelf),
        cards=cards(page.object_list, edition=edition) if pages.count else [],  # type: ignore[arg-type]
        page=page,
    )


def _around(everything: Sequence[Shelf], shelf: Shelf | None) -> list[Shelf]:
    """What is below the shelf; beside it where nothing is."""
    if shelf is None:
        return [known for known in everything if known.depth == 1]
    step = len(shelf.path) // shelf.depth
    below = [known for known in everything if known.path.startswith(shelf.path) and known.depth == shelf.depth + 1]
    parent = shelf.path[:-step]
    return below or [known for known in everything if known.depth == shelf.depth and known.path.startswith(parent)]


def _read(language: str) -> tuple[Shelf, ...]:
    categories = get_model("catalogue", "Category").objects.browsable()
    images = get_model("catalogue", "ProductImage").objects.filter(
        product__is_public=True, product__categories__path__startswith=OuterRef("path")
    )
    newest = images.order_by("-product__date_created", "-product", "display_order").values("original")[:1]
    found = list(categories.order_by("path").annotate(newest=Subquery(newest)))
    slugs = _slugs(found)
    return tuple(
        Shelf(
            pk=category.pk,
            name=own_words(category.name),
            words=own_words(category.description),
            url=reverse("catalogue:category", kwargs={"category_slug": slugs[category.path], "pk": category.pk}),
            path=category.path,
            depth=category.depth,
            picture=read_picture(category.image.name if category.image else category.newest or ""),
        )
        for category in found
    )


def _slugs(categories: Sequence[Any]) -> dict[str, str]:
    """The slug of each with those above it, by its path. Oscar would ask the cache, which may be away."""
    full: dict[str, str] = {}
    for category in categories:
        above = full.get(category.path[: -category.steplen])
        full[category.path] = f"{above}{category._slug_separator}{category.slug}" if above else category.slug
    return full


_shelves: Final = Memory(_read)
