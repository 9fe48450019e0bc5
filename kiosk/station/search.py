"""Search and browse at the kiosk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kiosk.station import visit
from kiosk.station.door import Here, in_visit
from kiosk.station.looking import asked, look
from kiosk.station.views import page


@require_safe
@in_visit
def search(request: HttpRequest, here: Here) -> HttpResponse:
    """What was typed or touched, found while it is typed."""
    wish = asked(request.GET)
    sizes: dict[str, str] = visit.remembered(request, visit.SIZES) or {}
    found = look(wish, here=here, my_sizes=[f"{system}-{size}" for system, size in sizes.items()])
    facts = {"wish": wish, "found": found, "my_sizes": list(dict.fromkeys(sizes.values()))}
    return page(request, here, "kiosk/search.html", facts)
