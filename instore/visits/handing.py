"""The visit's basket goes to the shopper's phone, or comes from it."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instore.staff import session
from instore.staff.guard import OnDuty, for_staff
from instore.visits.views import CONFLICT, WRONG, closed, visit_page
from instore.visits.visit import GIVEN, OPENED, TAKEN, basket_at, keep_basket
from omni_sync.carts.exceptions import BasketClosed, DifferentCurrencies
from omni_sync.carts.handoff.answers import why_not
from omni_sync.carts.handoff.exceptions import HandOffGone, NothingToHandOver, SameBasket, TooLateToUndo
from omni_sync.carts.handoff.find import by_code, by_id, by_token
from omni_sync.carts.handoff.live import hand_off_topic
from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.handoff.offer import offer
from omni_sync.carts.handoff.preview import preview
from omni_sync.carts.handoff.shown import sealed, what_opens_it
from omni_sync.carts.handoff.take import take
from omni_sync.carts.handoff.undo import undo
from omni_sync.limits import Limit

LINK: Final = re.compile(r"/h/(?P<token>[A-Za-z0-9_-]{43})(?:[/?#]|$)", re.ASCII)
#: What a camera may take for one: what else it sees is passed over.
WANTED: Final = r"/h/[A-Za-z0-9_-]{43}(?:[/?#]|$)"
LONGEST: Final = 500
guesses: Final = Limit("visit-hand-off", most=20, seconds=60)  # of a device


@require_POST
@for_staff()
def give(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Let the shopper's phone take the basket; this tablet forgets it then."""
    try:
        offered = offer(basket=basket_at(request), stays=False)
    except NothingToHandOver:
        return visit_page(request, duty, status=CONFLICT, wrong=gettext("There is nothing in the basket yet."))
    except BasketClosed:
        return visit_page(request, duty, status=CONFLICT, wrong=closed())
    session.remember(request, GIVEN, {"pk": offered.pk, "sealed": sealed(offered)})
    return redirect("staff:visit-given")


@require_safe
@for_staff()
def given(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """The QR and the code for the phone, for as long as they are good."""
    kept = session.remembered(request, GIVEN)
    found = HandOff.objects.filter(pk=kept["pk"]).first() if kept else None
    if found is None:
        return redirect("staff:visit")
    facts: dict[str, Any] = {"duty": duty, "given": found, "topics": [hand_off_topic(found.pk)]}
    if found.is_open:
        facts |= what_opens_it(request, kept["sealed"])
    return render(request, "instore/visits/given.html", facts)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def receive(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Scan or type what the phone shows."""
    if request.method != "POST":
        return _asking(request, duty)
    if guesses.refusal(str(duty.device.pk)) is not None:
        words = gettext("Too many tries. Wait a minute, and compare the code letter by letter.")
        return _asking(request, duty, status=429, wrong=words)
    try:
        session.remember(request, OPENED, _opened(request.POST.get("code", "")[:LONGEST]).pk)
    except HandOffGone:
        words = gettext("No basket has this code. A code is good for ten minutes, once.")
        return _asking(request, duty, status=WRONG, wrong=words)
    return redirect("staff:visit-look")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def look(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Both baskets, and the choice; posted, it is done, all of it or nothing."""
    opened = session.remembered(request, OPENED)
    if opened is None:
        return redirect("staff:visit-receive")
    try:
        return _take(request, opened) if request.method == "POST" else _choosing(request, duty, by_id(opened))
    except HandOffGone:
        if session.remembered(request, TAKEN) == opened:  # the same tap, sent again
            return redirect("staff:visit")
        words = gettext("This basket was taken already, or its code is too old. Nothing was changed.")
        return _asking(request, duty, status=410, wrong=words)
    except SameBasket:
        return visit_page(request, duty, status=CONFLICT, wrong=gettext("That is the basket of this tablet."))
    except (BasketClosed, DifferentCurrencies) as refused:
        return visit_page(request, duty, status=CONFLICT, wrong=why_not(refused))


@require_POST
@for_staff()
def give_back(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Both baskets are what they were before."""
    taken = session.remembered(request, TAKEN)
    session.remember(request, TAKEN, None)
    try:
        undo(hand_off_id=taken or 0, basket=basket_at(request))
    except TooLateToUndo:
        words = gettext("It is too late to undo this: one of the baskets was changed since. Nothing was lost.")
        return visit_page(request, duty, status=CONFLICT, wrong=words)
    return redirect("staff:visit")


def _take(request: HttpRequest, opened: int) -> HttpResponse:
    try:
        choice = HandOff.Choice(request.POST.get("choice", ""))
    except ValueError:
        return redirect("staff:visit-look")
    basket = basket_at(request)
    take(hand_off_id=opened, basket=basket, choice=choice)
    keep_basket(request, basket)
    session.remember(request, TAKEN, opened)
    return redirect("staff:visit")


def _choosing(request: HttpRequest, duty: OnDuty, hand_off: HandOff) -> HttpResponse:
    basket = basket_at(request)
    if hand_off.basket_id == basket.pk:
        raise SameBasket
    facts = {"duty": duty, "page": preview(hand_off, basket), "stays": hand_off.stays}
    return render(request, "instore/visits/look.html", facts)


def _opened(said: str) -> HandOff:
    link = LINK.search(said)
    return by_token(link["token"]) if link else by_code(said)


def _asking(request: HttpRequest, duty: OnDuty, *, status: int = 200, wrong: str = "") -> HttpResponse:
    facts = {"duty": duty, "wanted": WANTED, "wrong": wrong}
    return render(request, "instore/visits/receive.html", facts, status=status)
