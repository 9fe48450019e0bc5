"""A kiosk's list arrives at a phone. A link or a QR only shows it; keeping it is a POST, once."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from instore.lists.keeping import keep_here
from instore.lists.shown import nobodys_lines, things
from instore.stores.chosen import chosen
from kiosk.station.exceptions import Gone, PassGone
from kiosk.station.passes import by_code, by_id, by_token, take
from kiosk.station.taken import touch_list
from omni_sync.carts.handoff.answers import by_link, private, too_often
from omni_sync.limits import Limit, caller
from omni_sync.lists.anonymous import take_over
from omni_sync.oscar.models import WishList

#: What this browser has opened.
OPENED: Final = "kiosk_list_opened"
guesses: Final = Limit("kiosk-list", most=20, seconds=60)


@require_safe
@private
@by_link(guesses)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Remember what the QR opens and go where the address says nothing: from there a form can be sent."""
    try:
        request.session[OPENED] = by_token(token).pk
    except PassGone as over:
        return _gone(request, over.why)
    return redirect("kiosk-list:look")


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@private
def look(request: HttpRequest) -> HttpResponse:
    """The list; where none was opened, a field for its code. Posted, the list is this phone's."""
    if request.method == "POST" and "code" in request.POST:
        return _typed(request)
    opened = request.session.get(OPENED)
    if opened is None:
        return _asking(request)
    try:
        if request.method == "POST":
            return _keep(request, opened)
        number = by_id(opened).anonymous_list_id
    except PassGone as over:
        request.session.pop(OPENED, None)
        return _gone(request, over.why)
    assert number is not None
    return render(request, "kiosk/phone.html", {"things": things(nobodys_lines(number), mine=chosen(request))})


def _keep(request: HttpRequest, opened: int) -> HttpResponse:
    """With who is signed in it goes onto their own list; else this browser keeps it."""
    with transaction.atomic():
        wants = take(pass_id=opened)
        if request.user.is_authenticated:
            user_id: Any = request.user.pk
            take_over(user_id=user_id, wants=wants)
            touch_list(user_id=user_id, pass_id=opened, wants=wants)
            own = WishList.objects.filter(owner=user_id).order_by("date_created", "pk")[0]
            answer = redirect("customer:wishlists-detail", key=own.key)
        else:
            keep_here(request, wants)
            answer = redirect("lists:kept")
    request.session.pop(OPENED, None)
    messages.success(request, gettext("The list is on your phone now. The kiosk has forgotten it."))
    return answer


def _typed(request: HttpRequest) -> HttpResponse:
    wait = guesses.refusal(caller(request))
    if wait is not None:
        return too_often(request, wait)
    try:
        request.session[OPENED] = by_code(request.POST["code"][:40]).pk
    except PassGone:
        return _asking(
            request, wrong=gettext("No list has this code. Look at the kiosk: a code is good for ten minutes, once.")
        )
    return redirect("kiosk-list:look")


def _asking(request: HttpRequest, *, wrong: str = "") -> HttpResponse:
    said = request.POST.get("code", "")[:40]
    return render(request, "kiosk/phone_code.html", {"said": said, "wrong": wrong}, status=422 if wrong else 200)


def _gone(request: HttpRequest, why: Gone) -> HttpResponse:
    status = 404 if why == Gone.UNKNOWN else 410
    return render(request, "kiosk/phone_gone.html", {"why": why.value}, status=status)
