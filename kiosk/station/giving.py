"""The list goes to the visitor's phone, and the kiosk forgets it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kiosk.station import my_list, visit
from kiosk.station.door import Here, in_visit
from kiosk.station.exceptions import NothingListed
from kiosk.station.listing import list_page
from kiosk.station.models import Pass
from kiosk.station.passes import give as give_pass
from kiosk.station.passes import pass_topic
from kiosk.station.views import page
from omni_sync.design.qr import qr_svg
from omni_sync.seal import seal, unseal


@require_POST
@in_visit
def give(request: HttpRequest, here: Here) -> HttpResponse:
    """Show a code that a phone takes the list by."""
    try:
        given = give_pass(wants=my_list.wants_at(request))
    except NothingListed:
        return list_page(request, here, status=409, wrong=gettext("There is nothing on your list yet."))
    sealed = seal(f"{given.token} {given.code}").decode()
    visit.remember(request, visit.GIVEN, {"pk": given.pk, "sealed": sealed})
    return redirect("kiosk:given")


@require_safe
@in_visit
def given(request: HttpRequest, here: Here) -> HttpResponse:
    """The QR and the code for as long as they are good; once a phone has it, nothing is left here."""
    kept = visit.remembered(request, visit.GIVEN)
    found = Pass.objects.filter(pk=kept["pk"]).first() if kept else None
    if found is None:
        return redirect("kiosk:list")
    facts: dict[str, Any] = {"given": found, "topics": [pass_topic(found.pk)]}
    if found.is_open:
        facts |= _what_opens_it(request, kept["sealed"])
    if found.taken_at is not None:
        visit.end(request)
    return page(request, here, "kiosk/given.html", facts)


def _what_opens_it(request: HttpRequest, sealed: str) -> dict[str, str]:
    token, code = unseal(sealed.encode()).split()
    return {
        "code": f"{code[:3]} {code[3:]}",
        "qr": qr_svg(request.build_absolute_uri(reverse("kiosk-list:open", args=[token]))),
        "where": request.build_absolute_uri(reverse("kiosk-list:look")).partition("://")[2],
    }
