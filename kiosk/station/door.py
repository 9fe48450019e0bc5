"""The door of every kiosk page: an enrolled kiosk, and somebody who has touched it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property

from instore.devices.exceptions import NotEnrolled, Revoked
from instore.devices.known import device_of
from instore.devices.models import Device, Kind
from instore.devices.tokens import COOKIE, carried
from instore.stores.known import KnownStore, as_known
from instore.stores.models import Store
from kiosk.station import visit
from kiosk.station.models import Pass
from omni_sync.design.languages import reader_language

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
KioskView = Callable[Concatenate[HttpRequest, "Here", P], HttpResponse]

#: A part of a page that reads itself again says so in this header: nobody touched anything.
UNTAPPED: Final = "Lintas-Untapped"
SAFE: Final = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Here:
    """The kiosk that is asked, and the store it stands in."""

    device: Device

    @property
    def store(self) -> Store:
        """The only one whose stock its pages call "here"."""
        return self.device.store

    @cached_property
    def known(self) -> KnownStore:
        """The same as lists of stores say it."""
        return as_known(self.store)


def at_kiosk(view: KioskView[P]) -> View[P]:
    """A page of an enrolled kiosk, in the visitor's language, kept by no cache; a visit that is over is wiped first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            device = device_of(request)
        except (NotEnrolled, Revoked):
            return _not_enrolled(request)
        if device.kind != Kind.KIOSK:
            return _of_another_kind(request, device)
        is_touched = UNTAPPED not in request.headers
        if visit.is_stale(request, device) or (is_touched and _went_along(request)):
            visit.end(request)
        elif is_touched:
            visit.tap(request)
        with timezone.override(_zone(device.store)):
            return view(request, Here(device), *args, **kwargs)

    return _spoken(guarded)


def in_visit(view: KioskView[P]) -> View[P]:
    """The same while somebody is there; else the page that waits for the next: what came before is nobody's to see."""

    @wraps(view)
    def guarded(request: HttpRequest, here: Here, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not visit.goes_on(request, here.device):
            return to("kiosk:attract", request)
        return view(request, here, *args, **kwargs)

    return at_kiosk(guarded)


def to(name: str, request: HttpRequest) -> HttpResponse:
    """Go there with the whole page, also where only a part of it was asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse(name)})
    return redirect(name)


def wiped(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """End the visit; the browser keeps nothing but whose kiosk it is."""
    visit.end(request)
    for name in request.COOKIES:
        if name != COOKIE:
            response.delete_cookie(name, samesite="Lax")
    return response


def _spoken(view: View[P]) -> View[P]:
    @wraps(view)
    def spoken(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with translation.override(language_of(request)):
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        add_never_cache_headers(response)
        return response

    return transaction.non_atomic_requests(spoken)


def language_of(request: HttpRequest) -> str:
    """What the visitor chose, else what the device speaks."""
    chosen: str | None = visit.remembered(request, visit.LANGUAGE)
    return chosen if chosen in dict(settings.LANGUAGES) else reader_language(request)


def _went_along(request: HttpRequest) -> bool:
    """Whether a phone has the list by now, and another page than the one that says so is asked for."""
    given = visit.remembered(request, visit.GIVEN)
    if not given or request.path == reverse("kiosk:given"):
        return False
    return Pass.objects.filter(pk=given["pk"], taken_at__isnull=False).exists()


def _not_enrolled(request: HttpRequest) -> HttpResponse:
    """To the page that enrols this device; something that was sent is answered 401, for it was not done.

    What was a kiosk is wiped. A browser that never was one keeps who is signed in there, and their basket.
    """
    reads = request.method in SAFE
    answer = to("staff:enrol", request) if reads else render(request, "kiosk/not_enrolled.html", status=401)
    return wiped(request, answer) if carried(request) else answer


def _of_another_kind(request: HttpRequest, device: Device) -> HttpResponse:
    """A staff tablet is no place for a stranger."""
    return render(request, "kiosk/not_a_kiosk.html", {"device": device}, status=403)


def _zone(store: Store) -> ZoneInfo | None:
    location = getattr(store.partner, "location", None)
    return ZoneInfo(location.timezone) if location else None
