"""A list that was shown to somebody by its link, and the one that a browser keeps. A link only shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instore.lists.keeping import forget_here, keep_here, kept_list, kept_token, note_opened, opened_here
from instore.lists.shown import Thing, member_lines, nobodys_lines, things
from instore.stores.chosen import chosen
from omni_sync.carts.handoff.answers import private, too_often
from omni_sync.design.qr import qr_svg
from omni_sync.limits import Limit, caller
from omni_sync.lists.anonymous import Want, take_off, take_over, wants_of
from omni_sync.lists.exceptions import Gone, ListGone
from omni_sync.lists.find import Opened, by_id, by_token
from omni_sync.lists.live import list_topic
from omni_sync.oscar.models import WishLine, WishList

#: Only what opens nothing is counted: a link that many like is opened from one address by a whole café.
misses: Final = Limit("list-link", most=20, seconds=60)


@require_safe
@private
@sensitive_variables("token")
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Remember what the link opens and go where the address says nothing: from there a form can be sent."""
    try:
        name = by_token(token).name
    except ListGone as over:
        answer = _gone(request, over.why)
    else:
        note_opened(request, name)
        answer = redirect("lists:look", name=name)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@private
def look(request: HttpRequest, name: str) -> HttpResponse:
    """What is on it, for who opened its link in this browser; nothing of it changes."""
    try:
        opened = opened_here(request, name)
    except ListGone as over:
        return _reload() if "HX-Request" in request.headers else _gone(request, over.why)
    facts: dict[str, Any] = {"things": _things(request, opened), "here": name}
    shared = opened.shared
    if shared is not None:
        facts |= {"name": shared.name, "owner": shared.owner.first_name, "topics": [list_topic(shared.pk)]}
        facts["is_own"] = shared.owner_id == request.user.pk
    return render(request, "instore/lists/shared.html", facts)


@require_POST
@private
def take(request: HttpRequest, name: str) -> HttpResponse:
    """Put all of it, or one thing, on one's own list; without an account this browser keeps it."""
    try:
        wants = _wants(opened_here(request, name))
    except ListGone as over:
        return _gone(request, over.why)
    only = request.POST.get("product", "")
    wants = [want for want in wants if not only or str(want.product_id) == only]
    if request.user.is_authenticated:
        return _to_own_list(request, wants)
    _say_came(request, keep_here(request, wants))
    return redirect("lists:kept")


@require_http_methods(["GET", "HEAD", "POST"])
@private
def kept(request: HttpRequest) -> HttpResponse:
    """The list that this browser keeps, and the code that carries it to another device.

    Posted with ``off``, that product is taken off it; posted without, it goes onto the list of who is signed in.
    """
    known = kept_list(request)
    if known is None:
        return render(request, "instore/lists/kept.html")
    if request.method == "POST":
        return _change(request, known)
    token = kept_token(request)
    link = request.build_absolute_uri(reverse("lists:open", args=[token])) if token else ""
    things_here = things(nobodys_lines(known), mine=chosen(request))
    facts = {"things": things_here, "link": link, "qr": qr_svg(link) if link else ""}
    return render(request, "instore/lists/kept.html", facts)


def _change(request: HttpRequest, known: int) -> HttpResponse:
    off = request.POST.get("off", "")
    if off.isdecimal():
        take_off(list_id=known, product_id=int(off[:18]))
    elif request.user.is_authenticated:
        answer = _to_own_list(request, wants_of(by_id(known)))
        forget_here(request)
        return answer
    return redirect("lists:kept")


def _to_own_list(request: HttpRequest, wants: Sequence[Want]) -> HttpResponse:
    user_id: Any = request.user.pk
    _say_came(request, take_over(user_id=user_id, wants=wants))
    own = WishList.objects.filter(owner=user_id).order_by("date_created", "pk")[0]
    return redirect("customer:wishlists-detail", key=own.key)


def _say_came(request: HttpRequest, came: int) -> None:
    if not came:
        messages.info(request, gettext("All of it is on your list already."))
        return
    words = ngettext("%(number)d thing is on your list now.", "%(number)d things are on your list now.", came)
    messages.success(request, words % {"number": came})


def _things(request: HttpRequest, opened: Opened) -> list[Thing]:
    mine = chosen(request)
    if opened.nobodys is not None:
        return things(nobodys_lines(opened.nobodys.pk), mine=mine)
    lines = member_lines(opened.shared).filter(product__isnull=False)
    return things(lines, mine=mine)


def _wants(opened: Opened) -> list[Want]:
    """What another may take; what was said to its owner stays theirs."""
    if opened.nobodys is not None:
        return wants_of(opened.nobodys)
    rows = WishLine.objects.filter(wishlist=opened.shared, product__isnull=False).order_by("pk")
    return [Want(*row) for row in rows.values_list("product", "quantity")]


def _gone(request: HttpRequest, why: Gone) -> HttpResponse:
    wait = misses.refusal(caller(request))
    if wait is not None:
        return too_often(request, wait)
    return render(request, "instore/lists/gone.html", {"why": why.value}, status=404 if why == Gone.UNKNOWN else 410)


def _reload() -> HttpResponse:
    """A page that follows the list looks as a whole at what became of it."""
    return HttpResponse(headers={"HX-Refresh": "true"})
