"""Who is signed in on a device: one key of the browser's session, and nothing beside it.

Whatever a tablet's pages remember of an associate or a customer belongs under that key: locking takes it away whole.
"""

from __future__ import annotations

import time
from typing import Any, Final

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from instore.devices.models import Device
from instore.staff.models import Associate

KEY: Final = "lintas_staff"
STILL_FOR: Final = 5 * 60  # seconds without a tap, then the tablet locks itself
NOTED_EVERY: Final = 10  # seconds: not each tap writes the session
FORGETS_AFTER: Final = 90  # seconds without a tap, then a shopper who was served is forgotten (DOMAIN, carts)
OF_STAFF: Final = frozenset({"associate", "device", "pin", "tap"})  # all else that is kept is a shopper's


def begin(request: HttpRequest, *, associate: Associate, device: Device) -> None:
    """``associate`` is signed in on ``device``, in a session with a new key; older forms are worth nothing."""
    end(request)
    rotate_token(request)
    request.session[KEY] = {
        "associate": associate.pk,
        "device": device.pk,
        "pin": _stamp(associate),
        "tap": int(time.time()),
    }


def end(request: HttpRequest) -> None:
    """Nobody is signed in, and what the session knew under its old key is out of reach."""
    request.session.pop(KEY, None)
    request.session.cycle_key()


def signed_in(request: HttpRequest, device: Device) -> int | None:
    """The number of who is signed in on this very device; None for nobody. Idle or not, see is_idle."""
    kept = _kept(request)
    return kept["associate"] if kept and kept["device"] == device.pk else None


def is_idle(request: HttpRequest) -> bool:
    """Nobody has tapped for too long."""
    kept = _kept(request)
    return kept is None or time.time() - kept["tap"] >= STILL_FOR


def is_current(request: HttpRequest, associate: Associate) -> bool:
    """They signed in by the PIN that is theirs now."""
    kept = _kept(request)
    return kept is not None and kept["pin"] == _stamp(associate)


def serves(request: HttpRequest) -> bool:
    """Whether something of a shopper is kept."""
    return any(fact is not None for name, fact in (_kept(request) or {}).items() if name not in OF_STAFF)


def is_still(request: HttpRequest) -> bool:
    """Nobody has tapped for as long as a shopper's things may lie open."""
    kept = _kept(request)
    return kept is not None and time.time() - kept["tap"] >= FORGETS_AFTER


def forget_shopper(request: HttpRequest) -> None:
    """What was kept of a shopper is gone; who is signed in stays."""
    if kept := _kept(request):
        request.session[KEY] = {name: fact for name, fact in kept.items() if name in OF_STAFF}


def tap(request: HttpRequest) -> None:
    """Somebody is there; to the second while a shopper is served."""
    kept = _kept(request)
    now = int(time.time())
    if kept and now - kept["tap"] >= (1 if serves(request) else NOTED_EVERY):
        request.session[KEY] = {**kept, "tap": now}


def remember(request: HttpRequest, name: str, fact: Any) -> None:
    """Keep ``fact`` until somebody locks the tablet, or it locks itself."""
    if kept := _kept(request):
        request.session[KEY] = {**kept, name: fact}


def remembered(request: HttpRequest, name: str) -> Any:
    """What was kept under this name; None for nothing."""
    return (_kept(request) or {}).get(name)


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(KEY)
    return kept


def _stamp(associate: Associate) -> str:
    return associate.pin_set_at.isoformat() if associate.pin_set_at else ""
