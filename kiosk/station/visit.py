"""What a kiosk knows of whoever stands before it: one key of the browser's session, gone with the visit."""

from __future__ import annotations

import time
from typing import Any, Final

from django.http import HttpRequest

from instore.devices.models import Device
from omni_sync.lists.models import AnonymousList

KEY: Final = "lintas_kiosk"
STILL_FOR: Final = 90  # seconds without a touch, then the visit is over
NOTED_EVERY: Final = 3  # seconds: not each touch writes the session

#: What a visit may know beside its last touch.
LIST: Final = "list"  # the number of its list
LANGUAGE: Final = "language"
SIZES: Final = "sizes"  # those that were chosen, by size system
GIVEN: Final = "given"  # what was shown to a phone, sealed
OPENED: Final = "opened"  # the basket of a phone that was scanned
ASKED: Final = "asked"  # what opens the request to the staff, sealed
SCANNED: Final = "scanned"  # the last article, and when


def begin(request: HttpRequest, *, device: Device, language: str = "") -> None:
    """Somebody touched the screen: a new visit, unless one goes on; ``language`` is what they chose."""
    if not goes_on(request, device):
        end(request)
        request.session[KEY] = {"device": device.pk, "tap": time.time()}
    if language:
        remember(request, LANGUAGE, language)


def goes_on(request: HttpRequest, device: Device) -> bool:
    """Whether somebody is at this very device, and touched it less than ninety seconds ago."""
    kept = _kept(request)
    return kept is not None and kept["device"] == device.pk and time.time() - kept["tap"] < STILL_FOR


def is_stale(request: HttpRequest, device: Device) -> bool:
    """Whether something is kept of a visit that is over."""
    return _kept(request) is not None and not goes_on(request, device)


def tap(request: HttpRequest) -> None:
    """Somebody is there."""
    kept, now = _kept(request), time.time()
    if kept and now - kept["tap"] >= NOTED_EVERY:
        request.session[KEY] = {**kept, "tap": now}


def end(request: HttpRequest) -> None:
    """Whoever comes next finds nothing: the list is deleted, and the session with all that was in it."""
    number = remembered(request, LIST)
    if number:
        AnonymousList.objects.filter(pk=number).delete()
    request.session.flush()


def remember(request: HttpRequest, name: str, fact: Any) -> None:
    """Keep ``fact`` until the visit is over."""
    if kept := _kept(request):
        request.session[KEY] = {**kept, name: fact}


def remembered(request: HttpRequest, name: str) -> Any:
    """What was kept under this name; None for nothing."""
    return (_kept(request) or {}).get(name)


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(KEY)
    return kept
