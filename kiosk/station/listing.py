"""The visitor's list on the kiosk."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from instore.lists.shown import nobodys_lines, things
from kiosk.station import my_list
from kiosk.station.door import Here, in_visit
from kiosk.station.views import page
from omni_sync.live.topics import stock_topic

LONGEST_KEY: Final = 18  # digits, so that it is a bigint


@require_safe
@in_visit
def show(request: HttpRequest, here: Here) -> HttpResponse:
    """What is on it, what is here of it now, and the ways to take it along."""
    return list_page(request, here)


@require_POST
@in_visit
def change(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """So many of it, or none."""
    said = request.POST.get("quantity", "")
    if said.isascii() and said.isdigit() and len(said) <= LONGEST_KEY:
        my_list.set_quantity(request, product_id=pk, quantity=int(said))
    return redirect("kiosk:list")


def list_page(request: HttpRequest, here: Here, *, status: int = 200, **facts: Any) -> HttpResponse:
    """The list, and what was wrong."""
    number = my_list.list_at(request)
    rows = things(nobodys_lines(number), mine=here.known, stands_there=True) if number else []
    topics = [stock_topic(row.product) for row in rows if row.product]
    return page(request, here, "kiosk/list.html", {"things": rows, "topics": topics, **facts}, status=status)
