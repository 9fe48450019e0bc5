"""Bring it to me, to the fitting room, to the till; or just come: a request to the staff, with a number to wait for."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instore.requests.ask import Asked, Wanted
from instore.requests.ask import ask as ask_staff
from instore.requests.cancel import cancel as cancel_request
from instore.requests.exceptions import NothingAsked, RequestGone, TooManyWait
from instore.requests.find import by_token
from instore.requests.live import request_topic
from instore.requests.models import Kind, To
from kiosk.station import my_list, visit
from kiosk.station.door import Here, in_visit
from kiosk.station.goods import product_at
from kiosk.station.nonces import is_nonce, new_nonce
from kiosk.station.views import page
from omni_sync.catalogue.worded import product_worded
from omni_sync.limits import Limit
from omni_sync.seal import seal, unseal

LONGEST_KEY: Final = 9  # digits
asks: Final = Limit("kiosk-asks", most=30, seconds=600)  # of a kiosk


@require_http_methods(["GET", "HEAD", "POST"])
@in_visit
def ask(request: HttpRequest, here: Here) -> HttpResponse:
    """Where it is to be brought; posted, the tablets ring. With ``product`` that alone, else the list."""
    if request.method != "POST":
        return _asking(request, here)
    to, nonce = request.POST.get("to", ""), request.POST.get("nonce", "")
    if to not in To.values or not is_nonce(nonce):
        return _asking(request, here, status=422)
    if asks.refusal(str(here.device.pk)) is not None:
        return _asking(
            request, here, status=429, wrong=gettext("Too many have asked from here. Please ask at the till.")
        )
    try:
        asked = _ring(here, request, to=To(to), nonce=nonce)
    except NothingAsked:
        return redirect("kiosk:list")
    except TooManyWait:
        return _asking(request, here, status=409, wrong=gettext("Everybody is busy just now. Please ask at the till."))
    visit.remember(request, visit.ASKED, seal(asked.token).decode())
    return redirect("kiosk:asked")


@require_safe
@in_visit
def asked(request: HttpRequest, here: Here) -> HttpResponse:
    """The number, and whether somebody comes."""
    try:
        found = by_token(_token(request))
    except RequestGone:
        return redirect("kiosk:start")
    words = [(product_worded(line.product), line.quantity) for line in found.lines.all()]
    lines = [(said.title, said.facts, quantity) for said, quantity in words]
    facts = {"asked": found, "lines": lines, "topics": [request_topic(found.pk)]}
    return page(request, here, "kiosk/asked.html", facts)


@require_POST
@in_visit
def cancel(request: HttpRequest, here: Here) -> HttpResponse:
    """Nobody needs to come."""
    cancel_request(token=_token(request))
    return redirect("kiosk:asked")


def _ring(here: Here, request: HttpRequest, *, to: To, nonce: str) -> Asked:
    is_help = request.POST.get("kind") == Kind.HELP
    only = _product(request.POST.get("product", ""))
    wants = (
        [Wanted(only.pk)] if only else [Wanted(each.product_id, each.quantity) for each in my_list.wants_at(request)]
    )
    return ask_staff(
        store=here.store,
        kind=Kind.HELP if is_help else Kind.BRING,
        wants=wants,
        to=To.HERE if is_help else to,
        place=here.device.place or here.device.name,
        device=here.device,
        key=nonce,
    )


def _asking(request: HttpRequest, here: Here, *, status: int = 200, wrong: str = "") -> HttpResponse:
    said = request.POST if request.method == "POST" else request.GET
    only = _product(said.get("product", ""))
    facts: dict[str, Any] = {"only": only, "wrong": wrong, "nonce": new_nonce(), "ways": _ways()}
    facts["only_words"] = product_worded(only) if only else None
    facts["wants"] = [] if only else my_list.wants_at(request)
    return page(request, here, "kiosk/ask.html", facts, status=status)


def _ways() -> list[tuple[str, str]]:
    return [
        (To.HERE.value, gettext("Here, to this kiosk")),
        (To.FITTING_ROOM.value, gettext("To the fitting room")),
        (To.TILL.value, gettext("To the till")),
    ]


def _product(said: str) -> Any:
    fine = said.isascii() and said.isdigit() and len(said) <= LONGEST_KEY
    return product_at(pk=int(said)) if fine else None


def _token(request: HttpRequest) -> str:
    kept: str | None = visit.remembered(request, visit.ASKED)
    return unseal(kept.encode()) if kept else ""
