"""The basket of a phone, shown on the kiosk: its goods come onto the list, and the phone keeps its basket."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kiosk.station import my_list, visit
from kiosk.station.door import Here, in_visit
from kiosk.station.views import page
from omni_sync.carts.exceptions import BasketClosed, DifferentCurrencies
from omni_sync.carts.handoff.exceptions import Gone, HandOffGone
from omni_sync.carts.handoff.find import by_id
from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.handoff.preview import preview
from omni_sync.carts.handoff.take import take
from omni_sync.lists.anonymous import Want
from omni_sync.oscar.models import BasketLine
from omni_sync.oscar.visitor import visitors_basket


@require_http_methods(["GET", "HEAD", "POST"])
@in_visit
def receive(request: HttpRequest, here: Here) -> HttpResponse:
    """What comes, and the choice; posted, it is done, and the code of the phone is good no more."""
    opened = visit.remembered(request, visit.OPENED)
    if opened is None:
        return redirect("kiosk:list")
    choice = request.POST.get("choice", "")
    try:
        if request.method == "POST" and choice in {"both", "theirs"}:
            return _take(request, opened, instead=choice == "theirs")
        facts = {"page": preview(by_id(opened), visitors_basket(None)), "mine": my_list.length(request)}
    except HandOffGone as over:
        return _gone(request, here, over.why)
    except (BasketClosed, DifferentCurrencies):
        return _gone(request, here, Gone.TAKEN)
    return page(request, here, "kiosk/receive.html", facts)


def _take(request: HttpRequest, opened: int, *, instead: bool) -> HttpResponse:
    with visit.in_turn(request):
        wants = copy_of(hand_off_id=opened)
        visit.remember(request, visit.OPENED, None)
        if instead:
            my_list.forget(request)
        my_list.put(request, wants)
    return redirect("kiosk:list")


def copy_of(*, hand_off_id: int) -> list[Want]:
    """What the phone's basket holds; its hand-off is used up, and the basket stays where it is.

    A kiosk forgets within minutes: what it alone had would be lost. Raises HandOffGone and BasketClosed.
    """
    with transaction.atomic():
        basket: Any = visitors_basket(None)
        taken = take(hand_off_id=hand_off_id, basket=basket, choice=HandOff.Choice.MINE)
        lines = BasketLine.objects.filter(basket=taken.basket_id).order_by("pk")
        wants = [Want(product, quantity) for product, quantity in lines.values_list("product", "quantity")]
        basket.delete()
    return wants


def _gone(request: HttpRequest, here: Here, why: Gone) -> HttpResponse:
    visit.remember(request, visit.OPENED, None)
    return page(request, here, "kiosk/basket_gone.html", {"why": why.value}, status=410)
