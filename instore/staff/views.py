"""The tablet's own pages: enrol, sign in, lock."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from instore.devices.enrol import enrol
from instore.devices.exceptions import CodeExpired, CodeUsed, NotEnrolled, Revoked, UnknownCode
from instore.devices.home import HOMES
from instore.devices.known import device_of
from instore.devices.models import Device
from instore.devices.tokens import carried, carry
from instore.staff import refusals, session
from instore.staff.exceptions import NoPinYet, NotStaffHere, Paused, WrongPin
from instore.staff.guard import OnDuty, for_staff, for_tablets, lock_now, on_device
from instore.staff.models import Associate
from instore.staff.queries import at_store
from instore.staff.sign_in import sign_in
from omni_sync.limits import Limit, caller

QUARTER: Final = 15 * 60
ENROLMENTS: Final = Limit("staff-enrol", most=10, seconds=QUARTER)
SIGN_INS: Final = Limit("staff-sign-in", most=60, seconds=QUARTER)  # of a device: one PIN tried under every name
LONGEST_KEY: Final = 18  # digits, so that it is a bigint


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_tablets
def enrol_page(request: HttpRequest) -> HttpResponse:
    """Make this device one of a store's, by the code of a manager."""
    if request.method != "POST":
        return render(request, "instore/staff/enrol.html", _standing(request))
    standing = _standing(request)
    wait = ENROLMENTS.refusal(caller(request))
    if wait is not None:
        return _too_often(request, "instore/staff/enrol.html", wait, standing)
    try:
        device, token = enrol(typed=request.POST.get("code", ""), before=standing.get("device"))
    except (UnknownCode, CodeUsed, CodeExpired) as refusal:
        facts = {**standing, "wrong": type(refusal).__name__, "at": getattr(refusal, "at", None)}
        return render(request, "instore/staff/enrol.html", facts, status=422)
    session.end(request)
    response = redirect(HOMES[device.kind])
    carry(request, response, token)
    return response


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
@on_device
def sign_in_page(request: HttpRequest, device: Device) -> HttpResponse:
    """Choose your name, then type your PIN."""
    if request.method == "POST":
        return _signing_in(request, device)
    if session.signed_in(request, device) is not None and not session.is_idle(request):
        return redirect("staff:today")
    after = _asked_for(request)
    who = _chosen(device, request.GET.get("who", ""))
    if who is None:
        return refusals.choose_name(request, device, after=after)
    return _pin_page(request, device, who, after=after)


@require_POST
@on_device
def lock_page(request: HttpRequest, device: Device) -> HttpResponse:
    """Lock the tablet; twice is as good as once."""
    number = session.signed_in(request, device)
    if number is not None:
        lock_now(request, device, Associate.objects.filter(pk=number).first())
    return redirect("staff:sign-in")


@require_POST
@for_staff()
def still_page(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Somebody is there; or nobody is, and what lies open of a shopper is forgotten."""
    if "forget" in request.POST:
        session.forget_shopper(request)
        return redirect("staff:today")
    return HttpResponse(status=204 if duty.serves else 205)


def _signing_in(request: HttpRequest, device: Device) -> HttpResponse:
    after = _asked_for(request)
    who = _chosen(device, request.POST.get("who", ""))
    wait = SIGN_INS.refusal(str(device.pk))
    if wait is not None:
        return _too_often(request, "instore/staff/choose.html", wait, {"device": device, "after": after})
    try:
        associate = sign_in(device=device, associate_id=who.pk if who else 0, pin=request.POST.get("pin", ""))
    except NotStaffHere:
        return refusals.choose_name(request, device, after=after, status=422)
    except NoPinYet:
        return _pin_page(request, device, who, after=after, status=422)
    except WrongPin as refusal:
        return _pin_page(request, device, who, after=after, left=refusal.left, status=422)
    except Paused as refusal:
        return _pin_page(request, device, who, after=after, paused_until=refusal.until, status=429)
    session.begin(request, associate=associate, device=device)
    response = redirect(after or "staff:today")
    carry(request, response, carried(request))  # a browser forgets a cookie that is never renewed
    return response


def _pin_page(
    request: HttpRequest, device: Device, who: Associate | None, *, status: int = 200, **facts: Any
) -> HttpResponse:
    now = timezone.now()
    if who is not None and who.is_paused(now=now):
        facts.setdefault("paused_until", who.paused_until)
    said = {"device": device, "who": who, "digits": "123456789", **facts}
    return render(request, "instore/staff/pin.html", said, status=status)


def _too_often(request: HttpRequest, template: str, wait: int, facts: dict[str, Any]) -> HttpResponse:
    response = render(request, template, {**facts, "wait": -(-wait // 60)}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _chosen(device: Device, number: str) -> Associate | None:
    fine = number.isascii() and number.isdigit() and len(number) <= LONGEST_KEY
    found: Associate | None = at_store(device.store_id).defer(None).filter(pk=int(number)).first() if fine else None
    return found


def _asked_for(request: HttpRequest) -> str:
    """Where to go on, as the link or the form says; never this page again."""
    asked = refusals.after(request)
    return "" if asked.partition("?")[0] == request.path else asked


def _standing(request: HttpRequest) -> dict[str, Any]:
    """What this browser is to us before it types a code."""
    try:
        return {"device": device_of(request)}
    except NotEnrolled:
        return {}
    except Revoked as refusal:
        return {"revoked": refusal}
