"""The catalogue as shelves: everything, or one category, narrowed down by facets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from oscar.core.loading import get_model

from instore.stores.chosen import chosen
from shop.storefront.facets import Facets, Ways, Whole, category_options, counts_of, facets_of, page_of
from shop.storefront.memory import Edition, Memory, edition_of
from shop.storefront.pictures import Picture, read_picture
from shop.storefront.shelf import Card, cards, in_this_order
from shop.storefront.wanted import Asked, read_asked
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
    """One page of a shelf; ``shelf`` is None for everything. ``asked`` is what its address means."""

    shelf: Shelf | None
    above: list[Shelf]
    asked: Asked
    facets: Facets
    cards: list[Card]
    page: Page[Any]

    @property
    def is_plain(self) -> bool:
        """A shelf as it is, which search engines may keep: nothing chosen, in the usual order."""
        return not self.asked.address.pairs


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


def shelf_page(request: HttpRequest, *, category: int | None = None) -> ShelfPage:
    """What ``request`` asks of everything or of one category and those below it; the nearest page there is.

    Raises Http404 for a category that is not there or not public.
    """
    edition = edition_of(request)
    everything = shelves(edition)
    shelf = next((known for known in everything if known.pk == category), None)
    if category is not None and shelf is None:
        raise Http404
    asked = read_asked(request, edition, category=category, path=shelf.url if shelf else reverse("shop-shelf"))
    above = [known for known in everything if shelf and shelf.path != known.path and shelf.path.startswith(known.path)]
    around = _around(everything, shelf)
    whole = _whole(shelf, above, around)
    facets, cards_found, page = found(
        request,
        asked,
        around=[replace(door, url=str(asked.address.at(door.url))) for door in around],
        whole=replace(whole, url=str(asked.address.at(whole.url))),
    )
    return ShelfPage(shelf=shelf, above=above, asked=asked, facets=facets, cards=cards_found, page=page)


def found(
    request: HttpRequest, asked: Asked, *, around: Sequence[Shelf], whole: Whole
) -> tuple[Facets, list[Card], Page[Any]]:
    """The facets, the cards and the page that ``asked`` comes to; ``around`` are doors, parts of the ``whole``."""
    edition = edition_of(request)
    named = [shelf.pk for shelf in around] + [pk for pk in [whole.pk] if pk is not None]
    counts = counts_of(asked, edition, within=whole.pk, around=named)
    pages: Paginator[Any] = Paginator(range(counts.total), PER_PAGE)
    page = pages.get_page(asked.page)
    styles = page_of(asked, edition, offset=max(page.start_index() - 1, 0), limit=PER_PAGE) if counts.total else []
    facets = facets_of(
        asked,
        counts,
        edition,
        doors=tuple(category_options(asked, counts, around, whole)),
        store=chosen(request),
        ways=Ways(stores=reverse("shop-stores"), sizes=reverse("shop-guest-sizes")),
    )
    return facets, cards(in_this_order(styles), edition=edition) if styles else [], page


def _whole(shelf: Shelf | None, above: Sequence[Shelf], around: Sequence[Shelf]) -> Whole:
    """What the doors around a shelf are parts of: itself where it has parts, else what is above it; else everything."""
    if shelf is not None and all(door.depth > shelf.depth for door in around):
        return Whole(gettext("All of it"), shelf.url, shelf.pk)
    if above:
        return Whole(above[-1].name, above[-1].url, above[-1].pk)
    return Whole(gettext("Everything"), reverse("shop-shelf"))


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
