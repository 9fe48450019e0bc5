"""A product at the kiosk, and what becomes of it: onto the list."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kiosk.station import my_list, visit
from kiosk.station.door import Here, in_visit
from kiosk.station.goods import Shown, product_at, shown
from kiosk.station.views import page
from omni_sync.lists.anonymous import Want

GTIN: Final = 14  # digits
MOST_SIZES: Final = 8  # systems that one visitor's sizes are known in


@require_safe
@in_visit
def product(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """By its GTIN of fourteen digits, or by the number that the shop gave it."""
    facts = _facts(request, here, number)
    if facts is None:
        return page(request, here, "kiosk/nothing.html", status=404)
    if facts.chosen is not None and facts.chosen.name:
        _remember_size(request, facts.chosen.system, facts.chosen.name)
    return page(request, here, "kiosk/product.html", _told(request, facts, number))


@require_POST
@in_visit
def put_on_list(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """The size that is chosen; said again, it is on the list once."""
    facts = _facts(request, here, number)
    if facts is None:
        return page(request, here, "kiosk/nothing.html", status=404)
    if facts.chosen is None:
        return page(request, here, "kiosk/product.html", {**_told(request, facts, number), "wanting": True}, status=422)
    my_list.put(request, [Want(facts.chosen.product_id)])
    return redirect(f"{reverse('kiosk:product', args=[facts.chosen.product_id])}?put=1")


def _facts(request: HttpRequest, here: Here, number: str) -> Shown | None:
    found = product_at(gtin=number) if len(number) == GTIN else product_at(pk=int(number))
    return shown(found, here=here, sizes=visit.remembered(request, visit.SIZES) or {}) if found else None


def _told(request: HttpRequest, facts: Shown, number: str) -> dict[str, Any]:
    chosen = facts.chosen
    on_list = chosen is not None and any(want.product_id == chosen.product_id for want in my_list.wants_at(request))
    return {"shown": facts, "number": number, "is_listed": on_list, "has_put": bool(request.GET.get("put"))}


def _remember_size(request: HttpRequest, system: str, size: str) -> None:
    if (visit.remembered(request, visit.SIZES) or {}).get(system) == size:
        return
    with visit.in_turn(request):
        known: dict[str, str] = visit.remembered(request, visit.SIZES) or {}
        kept = {name: value for name, value in known.items() if name != system}
        visit.remember(request, visit.SIZES, dict([*kept.items(), (system, size)][-MOST_SIZES:]))
