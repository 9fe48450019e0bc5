"""Search: products first, narrowed down like a shelf, then the shop's own pages."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Page
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from wagtail.models import Locale
from wagtail.models import Page as ContentPage
from wagtail.search.models import IndexEntry

from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.filters import Filters
from omni_sync.catalogue.found import BEST, styles_found
from omni_sync.catalogue.gtin import normalise
from omni_sync.catalogue.models import Gtin
from omni_sync.catalogue.understand import WORD, Understood, understand
from omni_sync.oscar.models import Product, StockRecord
from shop.storefront.addresses import product_url
from shop.storefront.catalogue import Shelf, found, shelves, top_shelves
from shop.storefront.facets import Facets, Whole, counts_of
from shop.storefront.memory import Edition, Memory, edition_of
from shop.storefront.shelf import Card, in_this_order
from shop.storefront.wanted import Address, Asked, read_asked
from shop.storefront.words import own_words

PAGES: Final = 6
SUGGESTIONS: Final = 8
DOORS: Final = 3
LONGEST_CODE: Final = 64
NOTHING: Final = "'\u2205'"  # a tsquery that no entry's words match


@dataclass(frozen=True, slots=True)
class Reading:
    """A page of the shop's own among the results."""

    title: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A link below the search field; ``kind`` is ``category`` or ``product``."""

    title: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found; ``is_loose`` when nothing has all the words and these have some of them."""

    asked: Asked
    understood: Understood
    is_loose: bool
    facets: Facets
    cards: list[Card]
    page: Page[Any]
    readings: Sequence[Reading]
    doors: tuple[Shelf, ...]


def search_page(request: HttpRequest) -> SearchPage:
    """What ``request`` looks for; without a word in it, everything."""
    edition = edition_of(request)
    everything = shelves(edition)
    wanted = request.GET.get("category", "")
    shelf = next((known for known in everything if str(known.pk) == wanted), None)
    asked = read_asked(request, edition, category=shelf.pk if shelf else None, path=reverse("shop-search"))
    if shelf is not None:
        asked = replace(asked, address=_in_category(asked.address, shelf.pk))
    understood = _understood.get(asked.text.lower(), edition) if asked.text else Understood()
    asked, is_loose = _with_words(asked, understood, edition)
    doors = _doors(asked.address, everything, shelf)
    facets, cards, page = found(request, asked, around=doors, whole=_whole(asked.address))
    readings = _readings.get((request.get_host(), get_language() or "", asked.text.lower()), edition)
    return SearchPage(asked, understood, is_loose, facets, cards, page, readings, top_shelves(edition))


def straight_to(request: HttpRequest) -> str:
    """The address of the one product that was typed in by its number: a GTIN, a SKU or a code; empty for any other."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    return (
        _straight.get((text, get_language() or ""), edition_of(request)) if text and len(text) <= LONGEST_CODE else ""
    )


def suggestions(request: HttpRequest) -> Sequence[Suggestion]:
    """Categories and products whose words begin as typed, at most eight: no query while they are remembered."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").lower().split())[:LONGEST_CODE]
    if len(text) < 2:  # noqa: PLR2004
        return ()
    edition = edition_of(request)
    doors = [shelf for shelf in shelves(edition) if any(w.startswith(text) for w in shelf.name.lower().split())]
    products = _suggested.get((text, get_language() or ""), edition)
    return [*(Suggestion(door.name, door.url, "category") for door in doors[:DOORS]), *products][:SUGGESTIONS]


def _with_words(asked: Asked, understood: Understood, edition: Edition) -> tuple[Asked, bool]:
    """``asked`` with its words: all of them, or any where nothing has all."""
    if not asked.text:
        return asked, False
    strict = _worded(asked, understood.all_of)
    if understood.all_of == understood.any_of:
        return strict, False
    plain = Asked("", Filters(words=understood.all_of), BEST, "", asked.address)
    if counts_of(plain, edition, within=None, around=()).total:
        return strict, False
    return _worded(asked, understood.any_of), True


def _worded(asked: Asked, words: str) -> Asked:
    return replace(asked, filters=replace(asked.filters, words=words or NOTHING))


def _in_category(address: Address, pk: int) -> Address:
    return replace(address, pairs=(*address.pairs, ("category", str(pk))))


def _doors(address: Address, everything: Sequence[Shelf], shelf: Shelf | None) -> list[Shelf]:
    """The top categories and what is below the chosen one, as filters of this search."""
    rest = address.minus("category")
    top = shelf.path[: len(shelf.path) // shelf.depth] if shelf else "-"
    near = [known for known in everything if known.depth == 1 or (known.path.startswith(top) and known.depth == 2)]  # noqa: PLR2004
    if shelf is not None and shelf not in near:
        near.append(shelf)
    return [replace(known, url=str(rest.plus("category", str(known.pk)))) for known in near]


def _whole(address: Address) -> Whole:
    return Whole(gettext("Everything"), str(address.minus("category")))


def _read_straight(key: tuple[str, str]) -> str:
    text, _ = key
    if " " in text and not text.replace(" ", "").isdecimal():
        return ""
    public = Product.objects.filter(pk__in=_numbered(text), is_public=True).exclude(parent__is_public=False)
    rows = list(public.values_list("pk", "slug")[:2])
    return product_url(rows[0][1], rows[0][0]) if len(rows) == 1 else ""


def _numbered(text: str) -> QuerySet[Any]:
    """Products by each of their numbers: a query for each, together, so that each uses its own index."""
    written = {text, text.upper()}
    found = [
        Product.objects.filter(code__in=written).values_list("pk"),
        StockRecord.objects.filter(partner_sku__in=written).values_list("product"),
    ]
    with suppress(InvalidGtin):
        found.append(Gtin.objects.filter(value=normalise(text.replace(" ", ""))).values_list("product"))
    every: QuerySet[Any] = found[0].union(*found[1:])
    return every


def _read_readings(key: tuple[str, str, str]) -> Sequence[Reading]:
    """Live pages that everybody may see, in the reader's language, by Wagtail's own search."""
    _, language, text = key
    words = WORD.findall(text)
    any_of = SearchQuery(" | ".join(f"'{word}'" for word in words), search_type="raw")
    if not words or not IndexEntry.objects.filter(Q(title=any_of) | Q(body=any_of)).exists():
        return ()  # most words stand on no page, and Wagtail's search takes ten times as long to say so
    pages = (
        ContentPage.objects.live()
        .public()
        .filter(locale__in=Locale.objects.filter(language_code=language), depth__gt=1)
    )
    hits = pages.search(text, operator="or")[:PAGES]
    return tuple(Reading(hit.title, hit.search_description, hit.get_url() or "") for hit in hits if hit.get_url())


def _read_suggested(key: tuple[str, str]) -> Sequence[Suggestion]:
    text, language = key
    understood = understand(text)
    if not understood.all_of:
        return ()
    filters = Filters(words=understood.all_of)
    styles = styles_found(filters, sort=BEST, language=language, offset=0, limit=SUGGESTIONS)
    rows = in_this_order(styles).annotate(name=F("title")).values_list("pk", "slug", "name") if styles else []
    return tuple(Suggestion(own_words(name), product_url(slug, pk), "product") for pk, slug, name in rows)


_understood: Final = Memory(understand)
_straight: Final = Memory(_read_straight)
_readings: Final = Memory(_read_readings)
_suggested: Final = Memory(_read_suggested)
