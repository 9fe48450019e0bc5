"""What a kiosk knows of whoever stands before it: one key of the browser's session, gone with the visit.

Pages of one visit are asked for at once: each change is made to what is kept by then, one after the other, and written
at once, so that the middleware, which would write back what a request read at its start, has nothing to write.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction
from django.http import HttpRequest

from instore.devices.models import Device
from omni_sync.lists.models import AnonymousList

KEY: Final = "lintas_kiosk"
STILL_FOR: Final = 90  # seconds without a touch, then the visit is over
NOTED_EVERY: Final = 3  # seconds: not each touch writes the session

#: What a visit may know.
TAP: Final = "tap"  # when it was touched last
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
        request.session[KEY] = {"device": device.pk, TAP: time.time()}
    if language:
        remember(request, LANGUAGE, language)


def goes_on(request: HttpRequest, device: Device) -> bool:
    """Whether somebody is at this very device, and touched it less than ninety seconds ago."""
    kept = _kept(request)
    return kept is not None and kept["device"] == device.pk and time.time() - kept[TAP] < STILL_FOR


def is_known(request: HttpRequest) -> bool:
    """Whether anything is kept of a visit, be it over or not."""
    return _kept(request) is not None


def is_stale(request: HttpRequest, device: Device) -> bool:
    """Whether something is kept of a visit that is over."""
    return is_known(request) and not goes_on(request, device)


def tap(request: HttpRequest) -> None:
    """Somebody is there."""
    kept, now = _kept(request), time.time()
    if kept and now - kept[TAP] >= NOTED_EVERY:
        remember(request, TAP, now)


def end(request: HttpRequest) -> None:
    """Whoever comes next finds nothing: the list is deleted, and the session with all that was in it."""
    with in_turn(request):
        number = remembered(request, LIST)
        if number:
            AnonymousList.objects.filter(pk=number).delete()
        request.session.flush()


def remember(request: HttpRequest, name: str, fact: Any) -> None:
    """Keep ``fact`` until the visit is over."""
    with in_turn(request):
        if kept := _kept(request):
            request.session[KEY] = {**kept, name: fact}


def remembered(request: HttpRequest, name: str) -> Any:
    """What was kept under this name; None for nothing."""
    return (_kept(request) or {}).get(name)


@contextmanager
def in_turn(request: HttpRequest) -> Iterator[None]:
    """Of the requests of one visit this one alone, with what is kept by now; what it remembers is then written.

    All in one transaction. Where the visit has ended meanwhile, nothing is remembered.
    """
    key = request.session.session_key
    if key is None or getattr(request, "_has_turn", False):  # a session that is new is known to this request alone
        yield
        return
    with transaction.atomic():
        _wait_for(key)
        request.session = type(request.session)(key)
        request._has_turn = True  # type: ignore[attr-defined]
        try:
            yield
        finally:
            request._has_turn = False  # type: ignore[attr-defined]
        _write(request.session)


def _wait_for(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kiosk-visit-{key}"])


def _write(session: SessionBase) -> None:
    key = session.session_key
    if key is None or not session.modified:
        return
    session.save()
    session.modified = session.session_key != key  # an engine that keeps all in the cookie has yet to send it


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(KEY)
    return kept
