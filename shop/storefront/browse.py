"""The pages that narrow down what there is."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from oscar.core.loading import get_model

from shop.storefront.catalogue import PER_PAGE, shelf_page, shelves
from shop.storefront.looked_for import note_looked_for
from shop.storefront.memory import edition_of
from shop.storefront.search import search_page, straight_to, suggestions
from shop.storefront.shelf import cards, in_this_order


@require_safe
def shelf(request: HttpRequest, category_slug: str = "", pk: str | None = None) -> HttpResponse:
    """The whole catalogue, or one category; the slug is for people, the number finds it."""
    asked_for = request.GET.get("category", "")
    if pk is None and asked_for.isascii() and asked_for.isdecimal():
        known = next((one for one in shelves(edition_of(request)) if str(one.pk) == asked_for), None)
        if known is not None:
            rest = request.GET.copy()
            del rest["category"]
            return redirect(f"{known.url}?{rest.urlencode()}" if rest else known.url)
    page = shelf_page(request, category=int(pk) if pk else None)
    note_looked_for(request, page.asked.filters.sizes)
    return _narrowed(request, "shop/storefront/shelf.html", {"shelf": page})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found for ``q``; a product's number leads straight to it."""
    if straight := straight_to(request):
        return redirect(straight)
    page = search_page(request)
    note_looked_for(request, page.asked.filters.sizes)
    return _narrowed(request, "shop/storefront/search.html", {"search": page})


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Links for what is being typed, to stand below the search field."""
    response = render(request, "shop/parts/suggestions.html", {"suggestions": suggestions(request)})
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


@require_safe
def product_range(request: HttpRequest, slug: str) -> HttpResponse:
    """A range that a merchant made for an offer, as a shelf of its own."""
    found = get_object_or_404(get_model("offer", "Range"), slug=slug, is_public=True)
    products = found.all_products().browsable().order_by("-date_created", "-pk").distinct()
    page = Paginator(products, PER_PAGE).get_page(request.GET.get("page"))
    shown = cards(in_this_order([product.pk for product in page.object_list]), edition=edition_of(request))
    return render(request, "shop/storefront/range.html", {"range": found, "page": page, "cards": shown})


def _narrowed(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with facets, or of it what a choice changes, for a page that is open."""
    htmx = request.htmx  # type: ignore[attr-defined]
    is_part = bool(htmx) and not htmx.history_restore_request
    response = render(
        request, template, {**context, "base": "shop/parts/narrowed.html" if is_part else "shop/base.html"}
    )
    patch_vary_headers(response, ["HX-Request"])
    return response
