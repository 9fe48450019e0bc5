"""The pages a tablet shows instead of what was asked for: each says what to do now."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from instore.devices.exceptions import Revoked
from instore.devices.models import Device
from instore.staff.queries import at_store

#: What a 401 asks for, so that a script can tell the two apart.
DEVICE: Final = 'Lintas-Device realm="staff"'
PIN: Final = 'Lintas-PIN realm="staff"'
SAFE: Final = frozenset({"GET", "HEAD"})


def without_device(request: HttpRequest) -> HttpResponse:
    """To the page that enrols this device; something that was sent is answered 401, for it was not done."""
    if request.method in SAFE and not request.headers.get("HX-Request"):
        return redirect("staff:enrol")
    return _asking(render(request, "instore/staff/not_enrolled.html", status=401), DEVICE)


def revoked(request: HttpRequest, refusal: Revoked) -> HttpResponse:
    """The same, and the page says that the device was enrolled once."""
    if request.method in SAFE and not request.headers.get("HX-Request"):
        return redirect("staff:enrol")
    return _asking(render(request, "instore/staff/not_enrolled.html", {"revoked": refusal}, status=401), DEVICE)


def of_another_kind(request: HttpRequest, device: Device) -> HttpResponse:
    """A kiosk or a screen is no place for staff's work."""
    return render(request, "instore/staff/not_a_tablet.html", {"device": device}, status=403)


def locked(request: HttpRequest, device: Device, *, is_idle: bool = False) -> HttpResponse:
    """The names to choose from, at the very address that was asked for: 401."""
    answer = choose_name(request, device, after=after(request), is_idle=is_idle, status=401)
    return _asking(answer, PIN)


def choose_name(
    request: HttpRequest, device: Device, *, after: str, is_idle: bool = False, status: int = 200
) -> HttpResponse:
    """Everybody who works at the device's store."""
    facts = {"device": device, "associates": at_store(device.store_id), "after": after, "is_idle": is_idle}
    return render(request, "instore/staff/choose.html", facts, status=status)


def not_theirs(request: HttpRequest, facts: dict[str, Any]) -> HttpResponse:
    """Signed in, but not for this: 403, and who could do it."""
    return render(request, "instore/staff/forbidden.html", facts, status=403)


def after(request: HttpRequest) -> str:
    """Where to go on after signing in: what was being read, or what a form of ours says; empty for anywhere else."""
    asked = request.POST.get("after") or request.GET.get("after") or ""
    if not asked and request.method in SAFE and not request.headers.get("HX-Request"):
        asked = request.get_full_path()
    fine = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/staff/")
    return asked if fine else ""


def _asking(response: HttpResponse, challenge: str) -> HttpResponse:
    response.headers["WWW-Authenticate"] = challenge
    return response
