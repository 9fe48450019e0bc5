"""The shopper's pickup page. Whoever has its address may do what is on it: it cannot be guessed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instore.pickup.ask import answer
from instore.pickup.cancel import cancel
from instore.pickup.exceptions import LineSettled, QuestionOver, TokenUnknown, UnknownLine, WrongState
from instore.pickup.expect import name_friend, say_here
from instore.pickup.find import by_token
from instore.pickup.live import pickup_topic
from instore.pickup.models import FRIEND, Answer, Pickup
from instore.pickup.moves import By
from instore.pickup.page import page_of, zone_of
from instore.pickup.place import WEB
from omni_sync.design.languages import reader_language
from omni_sync.design.private import told_to_nobody
from omni_sync.design.qr import qr_svg
from omni_sync.limits import Limit, caller

Page = Callable[[HttpRequest, Pickup, str], HttpResponse]
LONGEST_KEY: Final = 18  # digits: a database's integer has more
looks: Final = Limit("pickup-page", most=120, seconds=60)


def for_bearer(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """Find the pickup of the address, and speak its shopper's language by its store's clock.

    Nothing is said of an address that opens nothing. Browsers are told to keep the address to themselves; they then
    don't say where a form comes from either, so it is the address that proves it: nobody else can know it.
    """

    @csrf_exempt
    @sensitive_variables("token")
    @wraps(page)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        wait = looks.refusal(caller(request))
        if wait is not None:
            return _refusal(request, "instore/pickup/too_often.html", status=429, wait=wait)
        try:
            pickup = by_token(token=token)
        except TokenUnknown:
            return _refusal(request, "instore/pickup/nothing.html", status=404)
        with translation.override(_language(request, pickup)), _clock(pickup):
            return told_to_nobody(page(request, pickup, token))

    return opened


@require_safe
@for_bearer
def pickup_page(request: HttpRequest, pickup: Pickup, token: str) -> HttpResponse:
    """Where it stands, what to show at the counter, and what happens next."""
    address = request.build_absolute_uri(_page(token))
    facts: dict[str, Any] = {
        "page": page_of(pickup),
        "pickup": pickup,
        "token": token,
        "topics": [pickup_topic(pickup.pk)],
        "qr": qr_svg(address) if pickup.is_open else "",
    }
    return render(request, "instore/pickup/page.html", facts)


@require_POST
@for_bearer
def here(request: HttpRequest, pickup: Pickup, token: str) -> HttpResponse:
    """The shopper has come; of a pickup that is over the page says so by itself."""
    with suppress(WrongState):
        say_here(pickup_id=pickup.pk)
    return redirect(_page(token))


@require_POST
@for_bearer
def answer_asked(request: HttpRequest, pickup: Pickup, token: str) -> HttpResponse:
    """They wait for what is missing, or don't; of a question that is over the page says what has become of it."""
    line, said = request.POST.get("line", ""), request.POST.get("answer", "")
    if line.isascii() and line.isdigit() and len(line) <= LONGEST_KEY and said in Answer.values:
        with suppress(WrongState, UnknownLine, LineSettled, QuestionOver):
            answer(pickup_id=pickup.pk, line=int(line), said=Answer(said), by=_by(request))
    return redirect(_page(token))


@require_http_methods(["GET", "HEAD", "POST"])
@for_bearer
def friend(request: HttpRequest, pickup: Pickup, token: str) -> HttpResponse:
    """Somebody else may collect it; their name helps the one at the counter, and may be left out."""
    if request.method != "POST" and pickup.is_open:
        return render(request, "instore/pickup/friend.html", {"pickup": pickup, "token": token, "longest": FRIEND})
    if request.method == "POST":
        with suppress(WrongState):
            name_friend(pickup_id=pickup.pk, name=request.POST.get("name", ""))
    return redirect(_page(token))


@require_http_methods(["GET", "HEAD", "POST"])
@for_bearer
def call_off(request: HttpRequest, pickup: Pickup, token: str) -> HttpResponse:
    """Ask once more, then cancel. Whoever was faster, the page tells what it has become."""
    if request.method != "POST" and pickup.is_open:
        return render(
            request, "instore/pickup/cancel.html", {"page": page_of(pickup), "pickup": pickup, "token": token}
        )
    if request.method == "POST":
        with suppress(WrongState):
            cancel(pickup_id=pickup.pk, by=_by(request))
    return redirect(_page(token))


def _by(request: HttpRequest) -> By:
    """Whoever has the address; by name where they are signed in."""
    reader: Any = request.user
    return By(place=WEB, user=reader if reader.is_authenticated else None)


def _page(token: str) -> str:
    return reverse("collect:page", args=[token])


def _language(request: HttpRequest, pickup: Pickup) -> str:
    """What was spoken when they ordered."""
    known = {code for code, _ in settings.LANGUAGES}
    return pickup.language if pickup.language in known else reader_language(request)


def _clock(pickup: Pickup) -> AbstractContextManager[None]:
    return timezone.override(zone_of(pickup))


def _refusal(request: HttpRequest, template: str, *, status: int, wait: int = 0) -> HttpResponse:
    with translation.override(reader_language(request)):
        answer = told_to_nobody(render(request, template, status=status))
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer
