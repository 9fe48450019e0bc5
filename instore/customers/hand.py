"""What was put together for somebody without an account goes to their phone."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from instore.customers.models import LookUp
from instore.customers.views import nobody, opened_here
from instore.staff import session
from instore.staff.guard import OnDuty, for_staff
from omni_sync.carts.exceptions import BasketClosed
from omni_sync.carts.handoff.exceptions import NothingToHandOver
from omni_sync.carts.handoff.live import hand_off_topic
from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.handoff.offer import offer
from omni_sync.carts.handoff.shown import sealed, what_opens_it

#: What the session keeps: what this tablet has offered, sealed.
HANDS: Final = "hands"


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def hand_page(request: HttpRequest, duty: OnDuty, key: str) -> HttpResponse:
    """Posted, the basket is offered; the page shows its code until a phone has it."""
    opened = opened_here(request, duty, key)
    if opened is None:
        return nobody(request, duty)
    if request.method == "POST":
        _offer(request, opened)
        return redirect("staff:customer-hand", key=key)
    return _shown(request, duty, opened)


def _offer(request: HttpRequest, opened: LookUp) -> None:
    if opened.basket is None:
        return
    try:
        offered = offer(basket=opened.basket, stays=False)
    except (NothingToHandOver, BasketClosed):
        return
    session.remember(request, HANDS, {"pk": offered.pk, "look_up": opened.pk, "sealed": sealed(offered)})


def _shown(request: HttpRequest, duty: OnDuty, opened: LookUp) -> HttpResponse:
    kept = session.remembered(request, HANDS)
    mine = kept if kept and kept["look_up"] == opened.pk else None
    given = HandOff.objects.filter(pk=mine["pk"]).first() if mine else None
    facts: dict[str, Any] = {"duty": duty, "look_up": opened, "given": given}
    if mine and given is not None:
        facts["topics"] = [hand_off_topic(given.pk)]
        if given.is_open:
            facts |= what_opens_it(request, mine["sealed"])
    return render(request, "instore/customers/hand.html", facts)
