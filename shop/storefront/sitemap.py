"""What there is to find, for search engines: an index, and pages of addresses in every language of the shop."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from oscar.core.loading import get_model
from wagtail.models import Page

from instore.stores.known import known_stores
from shop.storefront.addresses import product_urls
from shop.storefront.catalogue import shelves
from shop.storefront.memory import edition_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: A sitemap may hold 50,000 addresses and 50 MB; every thing has one address for each language.
PER_PAGE: Final = 5000
XML: Final = "application/xml"
Urls = Sequence[tuple[str, str]]  # language and path


class Found(NamedTuple):
    """One thing there is to find."""

    urls: Urls
    changed: datetime | None = None


class Section(NamedTuple):
    """One kind of things: all of them in a fixed order, how a row of them is found, and when the last one changed."""

    rows: Any
    found: Callable[[Any], Found]
    changed: datetime | None = None

    @property
    def pages(self) -> "Paginator[Any]":
        return Paginator(self.rows, PER_PAGE)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml``: the pages of every section that has something."""
    listed = []
    for name, make in SECTIONS.items():
        section = make(request)
        pages = section.pages
        for number in pages.page_range if pages.count else ():
            path = reverse("sitemap-section", kwargs={"section": name, "number": number})
            listed.append({"location": urljoin(settings.BASE_URL, path), "last_mod": section.changed})
    return render(request, "sitemap_index.xml", {"sitemaps": listed}, content_type=XML)


@require_safe
def section(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """``/sitemap-products-1.xml``: one page of a section."""
    make = SECTIONS.get(section)
    asked = make(request) if make else None
    pages = asked.pages if asked else None
    if asked is None or pages is None or number not in pages.page_range:
        raise Http404
    found = map(asked.found, pages.page(number).object_list)
    return render(request, "sitemap.xml", {"urlset": list(_entries(found))}, content_type=XML)


def _entries(found: Iterable[Found]) -> Iterable[dict[str, Any]]:
    """Each address of each thing, with all of its addresses beside it."""
    for thing in found:
        whole = {language: urljoin(settings.BASE_URL, path) for language, path in thing.urls}
        alternates = [{"lang_code": language, "location": location} for language, location in whole.items()]
        if settings.LANGUAGE_CODE in whole:
            alternates.append({"lang_code": "x-default", "location": whole[settings.LANGUAGE_CODE]})
        for location in whole.values():
            yield {"location": location, "lastmod": thing.changed, "alternates": alternates}


def _products(_: HttpRequest) -> Section:
    products: QuerySet[Any] = get_model("catalogue", "Product").objects.browsable()
    return Section(
        rows=products.order_by("pk").values_list("slug", "pk", "date_updated"),
        found=lambda row: Found(product_urls(row[0], row[1]), row[2]),
        changed=products.aggregate(last=Max("date_updated"))["last"],
    )


def _categories(request: HttpRequest) -> Section:
    by_language = []
    for language, _ in settings.LANGUAGES:
        with override(language):
            everything = ("shop-shelf", reverse("shop-shelf"))
            by_language.append([everything, *((shelf.pk, shelf.url) for shelf in shelves(edition_of(request)))])
    languages = [language for language, _ in settings.LANGUAGES]
    rows = [list(zip(languages, (url for _, url in same), strict=True)) for same in zip(*by_language, strict=True)]
    return Section(rows=rows, found=Found)


def _stores(_: HttpRequest) -> Section:
    rows: list[Urls] = [_in_every_language("shop-stores")]
    rows += [_in_every_language("shop-store", code=code) for code in known_stores()]
    return Section(rows=rows, found=Found)


def _in_every_language(view: str, **named: str) -> Urls:
    found = []
    for language, _ in settings.LANGUAGES:
        with override(language):
            found.append((language, reverse(view, kwargs=named)))
    return found


def _pages(request: HttpRequest) -> Section:
    """Wagtail's pages that everybody may read, with their translations."""
    public: QuerySet[Any] = Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")
    same: dict[Any, list[Page]] = {}
    for page in public:
        same.setdefault(page.translation_key, []).append(page)
    rows = [_page(pages, request) for pages in same.values()]
    changed = max((row.changed for row in rows if row.changed), default=None)
    return Section(rows=[row for row in rows if row.urls], found=lambda row: row, changed=changed)


def _page(pages: Sequence[Page], request: HttpRequest) -> Found:
    urls = [(page.locale.language_code, page.get_url(request)) for page in pages]
    changed = max((page.last_published_at for page in pages if page.last_published_at), default=None)
    return Found([(language, urlsplit(url).path) for language, url in urls if url], changed)


SECTIONS: Final[dict[str, Callable[[HttpRequest], Section]]] = {
    "pages": _pages,
    "categories": _categories,
    "stores": _stores,
    "products": _products,
}
