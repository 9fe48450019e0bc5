"""What stands beside what was scanned: on the same shelf, and side by side with it to compare."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from instore.stores.known import stores_for
from instore.stores.shelves import LONGEST
from kiosk.shelf.compare import GTIN, MOST, columns_of, compare_url, suggested
from kiosk.shelf.door import for_shoppers
from kiosk.shelf.standing import standing_at
from kiosk.shelf.visit import numbers, visit_of
from omni_sync.columns import could_be


@require_safe
@for_shoppers
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four, as the address names them; one that nobody knows is said."""
    visit = visit_of(request)
    said = [one.strip() for one in request.GET.getlist(GTIN) if one.strip()][: 2 * MOST]
    gtins = numbers(said)[:MOST]
    columns = columns_of(gtins, visit)
    known = {column.goods.gtin for column in columns}
    missing = [one[:14] for one in said if not known & set(numbers([one]))]
    facts = {
        "visit": visit,
        "columns": columns,
        "missing": missing[:1],
        "suggested": suggested(columns, visit),
        "may_add": len(columns) < MOST,
        "shows_sizes": any(column.sizes for column in columns),
        "shows_dimensions": any(column.dimensions for column in columns),
        "shows_opinions": any(column.opinions.count for column in columns),
    }
    return render(request, "kiosk/shelf/compare.html", facts)


@require_safe
@for_shoppers
def store(request: HttpRequest, store: str, place: str = "") -> HttpResponse:
    """What stands in a shop, or at one place of it."""
    visit, shop = visit_of(request), stores_for(request).get(store)
    is_place = could_be(place, LONGEST)
    page = standing_at(store, place=place, number=request.GET.get("page", "")) if shop and is_place else None
    if shop is None or page is None or (place and not page.object_list):
        place = place.replace("\x00", "")[:LONGEST]
        return render(request, "kiosk/shelf/no_place.html", {"visit": visit, "shop": shop, "place": place}, status=404)
    visit = replace(visit, said=shop.code, store=shop, is_here=True, unknown="", closed="")
    numbered = [thing.gtin for thing in page.object_list if thing.gtin][:MOST]
    facts = {"visit": visit, "shop": shop, "place": place, "page": page}
    facts["compare"] = compare_url(numbered, visit) if len(numbered) > 1 else ""
    return render(request, "kiosk/shelf/place.html", facts)
