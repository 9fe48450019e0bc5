"""Somebody of the shop is asked to come to the shelf; who asked reads who comes."""

from __future__ import annotations

from typing import Any, Final

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instore.requests.ask import Asked, Wanted, ask
from instore.requests.cancel import cancel
from instore.requests.exceptions import RequestGone, StoreClosed, TooManyWait
from instore.requests.find import by_token
from instore.requests.live import request_topic
from instore.requests.models import Kind, Request
from instore.stores.models import Store
from instore.tablet.once import new_nonce
from kiosk.shelf.door import for_shoppers, from_our_page
from kiosk.shelf.exceptions import UnknownGoods
from kiosk.shelf.goods import Goods, goods_of
from kiosk.shelf.once import NONCE
from kiosk.shelf.views import unknown
from kiosk.shelf.visit import Visit, visit_of
from kiosk.shelf.words import closed_words
from omni_sync.limits import Limit, caller
from omni_sync.seal import seal, unseal

#: By the request's number: its token, sealed, and the GTIN of the page that it was asked from.
ASKED: Final = "shelf_help"
MOST: Final = 5
PAUSE: Final = 10 * 60
of_browser: Final = Limit("shelf-help", most=6, seconds=PAUSE)
of_address: Final = Limit("shelf-help-address", most=60, seconds=PAUSE)  # all of a shop's guests may have one


@require_http_methods(["GET", "HEAD", "POST"])
@from_our_page
@for_shoppers
def call(request: HttpRequest, gtin: str) -> HttpResponse:
    """Ring the tablets of the shop that the address says; who waits already is shown that they do."""
    visit = visit_of(request)
    try:
        goods = goods_of(gtin, store=visit.store.code if visit.store else "")
    except UnknownGoods:
        return unknown(request, gtin, visit)
    if request.method != "POST" or not visit.is_here:
        return redirect(visit.page_of(gtin))
    waits = _waiting(request, goods, visit)
    if waits is None and _rings_too_often(request):
        messages.error(request, gettext("You have asked several times just now. Please wait a little."))
        return redirect(visit.page_of(gtin))
    try:
        number = waits.pk if waits else _ask(request, goods, visit).pk
    except StoreClosed as closed:
        assert visit.store is not None
        opens = closed.opens
        messages.error(request, closed_words(visit.store.name, opens, timezone.now().astimezone(visit.store.zone)))
    except TooManyWait:
        messages.error(request, gettext("Everybody is busy now, and many wait. Please try again in a few minutes."))
    else:
        return redirect(reverse("shelf:help", args=[number]) + visit.query)
    return redirect(visit.page_of(gtin))


@require_safe
@for_shoppers
def asked(request: HttpRequest, number: int) -> HttpResponse:
    """The number that is called out, and who comes; for the browser that asked."""
    visit = visit_of(request)
    try:
        found = by_token(_token(request, number))
    except RequestGone:
        return render(request, "kiosk/shelf/help_gone.html", {"visit": visit}, status=404)
    gtin = _kept(request)[str(number)]["gtin"]
    facts = {"asked": found, "visit": visit, "topics": [request_topic(found.pk)], "back": visit.page_of(gtin)}
    return render(request, "kiosk/shelf/help.html", facts)


@require_POST
@from_our_page
@for_shoppers
def call_off(request: HttpRequest, number: int) -> HttpResponse:
    """They need nobody any more; where it has ended already, the page says how."""
    cancel(token=_token(request, number))
    return redirect(reverse("shelf:help", args=[number]) + visit_of(request).query)


@sensitive_variables()
def _ask(request: HttpRequest, goods: Goods, visit: Visit) -> Asked:
    assert visit.store is not None
    store = Store.objects.select_related("partner__location").get(partner__code=visit.store.code)
    item = goods.named or next(iter(goods.items), None)
    nonce = request.POST.get("nonce", "")
    made = ask(
        store=store,
        kind=Kind.HELP,
        wants=[Wanted(_meant(goods))],
        place=item.shelf if item else "",
        key=nonce if NONCE.fullmatch(nonce) else new_nonce(),
    )
    kept = {**_kept(request), str(made.pk): {"sealed": seal(made.token).decode(), "gtin": goods.gtin}}
    request.session[ASKED] = dict(list(kept.items())[-MOST:])
    return made


def _meant(goods: Goods) -> int:
    return goods.named.pk if goods.named else goods.pk


def _waiting(request: HttpRequest, goods: Goods, visit: Visit) -> Request | None:
    """What this browser asked in this shop about the same, if nobody has come yet."""
    for number, said in _kept(request).items():
        if said["gtin"] != goods.gtin:
            continue
        try:
            found = by_token(_token(request, int(number)))
        except RequestGone:
            continue
        if found.is_open and visit.store is not None and found.store.partner.code == visit.store.code:
            return found
    return None


def _rings_too_often(request: HttpRequest) -> bool:
    browser = request.session.session_key
    keys = [(of_address, caller(request)), *([(of_browser, browser)] if browser else [])]
    return any(limit.refusal(key) is not None for limit, key in keys)


def _kept(request: HttpRequest) -> dict[str, Any]:
    known: dict[str, Any] = request.session.get(ASKED, {})
    return known


@sensitive_variables()
def _token(request: HttpRequest, number: int) -> str:
    """What opens it, where this browser asked; empty else, which opens nothing."""
    try:
        return unseal(_kept(request)[str(number)]["sealed"].encode())
    except (InvalidToken, KeyError):
        return ""
