"""A basket goes from one device to another. A link or a QR only shows it; taking it is a POST."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omni_sync.carts.exceptions import BasketClosed, DifferentCurrencies
from omni_sync.carts.handoff.answers import by_link, gone, private, to_basket, too_often, why_not
from omni_sync.carts.handoff.exceptions import HandOffGone, NothingToHandOver, SameBasket, TooLateToUndo
from omni_sync.carts.handoff.find import by_code, by_id, by_token
from omni_sync.carts.handoff.live import hand_off_topic
from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.handoff.offer import offer
from omni_sync.carts.handoff.preview import preview
from omni_sync.carts.handoff.shown import sealed, what_opens_it
from omni_sync.carts.handoff.take import take
from omni_sync.carts.handoff.undo import undo
from omni_sync.limits import Limit, caller

#: What this session has shown to another device (sealed), opened from one, and taken.
GIVEN: Final = "hand_off_given"
OPENED: Final = "hand_off_opened"
TAKEN: Final = "hand_off_taken"
guesses: Final = Limit("hand-off", most=20, seconds=60)


@require_POST
@private
def give(request: HttpRequest) -> HttpResponse:
    """Let another device take this basket.

    The basket of somebody who is signed in is on all their devices: what another one takes is a copy.
    """
    try:
        offered = offer(basket=_basket(request), stays=request.user.is_authenticated)
    except NothingToHandOver:
        return to_basket(request, gettext("There is nothing in your basket yet."))
    except BasketClosed as refused:
        return to_basket(request, why_not(refused))
    request.session[GIVEN] = {"pk": offered.pk, "sealed": sealed(offered)}
    return redirect("hand-off:given")


@require_safe
@private
def given(request: HttpRequest) -> HttpResponse:
    """The QR and the code for as long as they are good, and how far it is; for the device that gives only."""
    kept = request.session.get(GIVEN)
    if kept is None:
        return redirect("basket:summary")
    found = HandOff.objects.filter(pk=kept["pk"]).first()
    facts: dict[str, Any] = {"given": found, "topics": [hand_off_topic(kept["pk"])]}
    if found is not None and found.is_open:
        facts |= what_opens_it(request, kept["sealed"])
    return render(request, "omni_sync/handoff/given.html", facts)


@require_safe
@private
@by_link(guesses)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Remember what the link opens and go where the address says nothing."""
    try:
        request.session[OPENED] = by_token(token).pk
    except HandOffGone as over:
        return gone(request, over.why)
    return redirect("hand-off:look")


@require_http_methods(["GET", "HEAD", "POST"])
@private
def type_code(request: HttpRequest) -> HttpResponse:
    """For a device without a camera."""
    said, wrong = request.POST.get("code", "")[:40], ""
    if request.method == "POST":
        wait = guesses.refusal(caller(request))
        if wait is not None:
            return too_often(request, wait)
        try:
            request.session[OPENED] = by_code(said).pk
        except HandOffGone:
            wrong = gettext("No basket has this code. Look at the other device: a code is good for ten minutes, once.")
        else:
            return redirect("hand-off:look")
    facts = {"said": said, "wrong": wrong}
    return render(request, "omni_sync/handoff/type.html", facts, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def look(request: HttpRequest) -> HttpResponse:
    """Both baskets, and the choice; posted, it is done, all of it or nothing."""
    pk = request.session.get(OPENED)
    if pk is None:
        return redirect("hand-off:type")
    try:
        return _take(request, pk) if request.method == "POST" else _look(request, pk)
    except HandOffGone as over:
        return _done(request) if _took(request, pk) else gone(request, over.why)
    except SameBasket:
        return render(request, "omni_sync/handoff/same.html")
    except (BasketClosed, DifferentCurrencies) as refused:
        return to_basket(request, why_not(refused))


@require_POST
@private
def take_back(request: HttpRequest) -> HttpResponse:
    """Both baskets are what they were."""
    pk = request.session.pop(TAKEN, None)
    try:
        undo(hand_off_id=pk or 0, basket=_basket(request))
    except TooLateToUndo:
        words = gettext("It is too late to undo this: one of the baskets was changed since. Nothing was lost.")
        return to_basket(request, words)
    return to_basket(request, gettext("Your basket is what it was before."))


def _look(request: HttpRequest, pk: int) -> HttpResponse:
    hand_off, basket = by_id(pk), _basket(request)
    if hand_off.basket_id == basket.pk:
        raise SameBasket
    facts = {"page": preview(hand_off, basket), "choices": HandOff.Choice}
    return render(request, "omni_sync/handoff/look.html", facts)


def _take(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        choice = HandOff.Choice(request.POST.get("choice", ""))
    except ValueError:
        return _look(request, pk)
    take(hand_off_id=pk, basket=_basket(request), choice=choice)
    request.session[TAKEN] = pk
    return redirect("hand-off:look")


def _took(request: HttpRequest, pk: int) -> bool:
    return bool(request.session.get(TAKEN) == pk)


def _done(request: HttpRequest) -> HttpResponse:
    hand_off = HandOff.objects.filter(pk=request.session[TAKEN]).first()
    if hand_off is None:  # it went with its time, or with the basket that was given; what came is here
        return redirect("basket:summary")
    facts = {"hand_off": hand_off, "units": _basket(request).num_items, "kept": hand_off.choice == HandOff.Choice.MINE}
    return render(request, "omni_sync/handoff/done.html", facts)


def _basket(request: HttpRequest) -> Any:
    return request.basket  # type: ignore[attr-defined]  # set by the middleware
