"""The kiosk waits, somebody comes, somebody leaves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.views.decorators.http import require_POST, require_safe

from instore.devices.known import note_version
from instore.devices.tokens import carried, carry
from kiosk.station import looking, my_list, visit
from kiosk.station.door import Here, at_kiosk, in_visit, wiped
from kiosk.station.shell import version


@require_safe
@at_kiosk
def attract(request: HttpRequest, here: Here) -> HttpResponse:
    """What is seen from afar: scan or touch. Somebody who is in the middle of it goes on where they can."""
    if visit.goes_on(request, here.device):
        return redirect("kiosk:start")
    facts = {"languages": _languages(), "cards": looking.new_here(here), "is_waiting": True}
    return page(request, here, "kiosk/attract.html", facts)


@require_POST
@at_kiosk
def begin(request: HttpRequest, here: Here) -> HttpResponse:
    """Somebody touched it, in the language of the button; in the middle of a visit it only speaks another."""
    said = request.POST.get("language", "")
    visit.begin(request, device=here.device, language=said if said in dict(settings.LANGUAGES) else "")
    response = redirect("kiosk:start")
    carry(request, response, carried(request))  # a browser forgets a cookie that is never renewed
    return response


@require_safe
@in_visit
def start(request: HttpRequest, here: Here) -> HttpResponse:
    """Scan, search, or look around."""
    return page(request, here, "kiosk/start.html", {"kinds": looking.kinds(), "cards": looking.new_here(here)})


@require_POST
@at_kiosk
def done(request: HttpRequest, here: Here) -> HttpResponse:
    """Whoever was there has gone, or says so: nothing of them is left."""
    return wiped(request, redirect("kiosk:attract"))


@require_POST
@at_kiosk
def touched(request: HttpRequest, here: Here) -> HttpResponse:
    """Somebody reads, and touches nothing that asks for a page. Told too late, the visit is over: 409."""
    if not visit.goes_on(request, here.device):
        return HttpResponse(status=409)
    visit.tap(request)
    return HttpResponse(status=204)


@require_POST
@at_kiosk
def alive(request: HttpRequest, here: Here) -> HttpResponse:
    """Once a minute, with the version of the page that it shows; the answer says which there is now."""
    note_version(device=here.device, version=request.POST.get("version", "").replace("\x00", ""))
    return HttpResponse(status=204, headers={"Lintas-Version": version()})


def page(
    request: HttpRequest, here: Here, template: str, facts: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of the kiosk: every one knows where it stands, how long the list is, and its own version."""
    common = {"here": here, "version": version(), "listed": my_list.length(request), "still_for": visit.STILL_FOR}
    return render(request, template, {"others": _languages(), **common, **(facts or {})}, status=status)


def _languages() -> list[dict[str, str]]:
    return [{"code": code, "name": get_language_info(code)["name_local"]} for code, _ in settings.LANGUAGES]
