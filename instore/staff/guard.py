"""The door of every staff page: an enrolled tablet, somebody signed in, their role at its store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from instore.devices.exceptions import NotEnrolled, Revoked
from instore.devices.known import device_of
from instore.devices.models import Device, Kind
from instore.staff import refusals, session
from instore.staff.events import note
from instore.staff.lock import lock
from instore.staff.models import Associate, Role, StaffEvent
from instore.stores.models import Store
from omni_sync.design.languages import reader_language

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
DeviceView = Callable[Concatenate[HttpRequest, Device, P], HttpResponse]
StaffView = Callable[Concatenate[HttpRequest, "OnDuty", P], HttpResponse]

#: A part of a page that reads itself again says so in this header: it is nobody's tap.
UNTAPPED: Final = "Lintas-Untapped"


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is at a tablet, and where."""

    associate: Associate
    role: Role
    device: Device
    serves: bool = False  # something of a shopper lies open here

    @property
    def store(self) -> Store:
        """The store of the tablet, and for its pages the only one."""
        return self.device.store


def for_tablets(view: View[P]) -> View[P]:
    """A page in the reader's language that no cache keeps: the back button shows nothing."""

    @wraps(view)
    def spoken(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with translation.override(reader_language(request)):
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        add_never_cache_headers(response)
        return response

    return transaction.non_atomic_requests(spoken)


def on_device(view: DeviceView[P]) -> View[P]:
    """A page of an enrolled tablet: the view is given the device."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            device = device_of(request)
        except NotEnrolled:
            return refusals.without_device(request)
        except Revoked as refusal:
            return refusals.revoked(request, refusal)
        if device.kind != Kind.TABLET:
            return refusals.of_another_kind(request, device)
        with timezone.override(_zone(device.store)):
            return view(request, device, *args, **kwargs)

    return for_tablets(guarded)


def for_staff(*, role: Role = Role.ASSOCIATE) -> Callable[[StaffView[P]], View[P]]:
    """A page for who has ``role`` at the tablet's store: the view is given who is on duty.

    Anybody else gets the page that says what to do: enrol the device, sign in, ask a manager.
    """

    def door(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, device: Device, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            associate = _signed_in(request, device)
            if associate is None:
                return refusals.locked(request, device)
            if session.is_idle(request):
                lock_now(request, device, associate, is_idle=True)
                return refusals.locked(request, device, is_idle=True)
            if session.serves(request) and session.is_still(request):
                session.forget_shopper(request)
            if UNTAPPED not in request.headers:
                session.tap(request)
            here = Role(associate.role_here) if associate.role_here else None
            if here is None or not here.includes(role):
                return _refused(request, device, associate, here, role)
            return view(request, OnDuty(associate, here, device, session.serves(request)), *args, **kwargs)

        return on_device(guarded)

    return door


def lock_now(request: HttpRequest, device: Device, associate: Associate | None, *, is_idle: bool = False) -> None:
    """Take who is signed in out of the session, and write that down."""
    session.end(request)
    lock(device=device, associate=associate, is_idle=is_idle)


def _zone(store: Store) -> ZoneInfo | None:
    """The store's own clock (R8); None, which is the project's, for a place without one."""
    location = getattr(store.partner, "location", None)
    return ZoneInfo(location.timezone) if location else None


def _signed_in(request: HttpRequest, device: Device) -> Associate | None:
    """Who signed in here, if they still work for us and their PIN is still the one they signed in by."""
    number = session.signed_in(request, device)
    if number is None:
        return None
    known = Associate.objects.working().with_role_at(device.store_id)
    associate = known.filter(pk=number).first()
    if associate is None or not session.is_current(request, associate):
        lock_now(request, device, associate)
        return None
    return associate


def _refused(request: HttpRequest, device: Device, associate: Associate, here: Role | None, role: Role) -> HttpResponse:
    with transaction.atomic():
        note(StaffEvent.Kind.REFUSED, device=device, associate=associate, detail=request.path)
    facts = {"device": device, "associate": associate, "works_here": here is not None, "role": role}
    return refusals.not_theirs(request, facts)
