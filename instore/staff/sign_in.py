from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from instore.devices.models import Device
from instore.staff.events import note
from instore.staff.exceptions import NoPinYet, NotStaffHere, Paused, WrongPin
from instore.staff.models import MOST_TRIES, PAUSE, Associate, StaffEvent
from instore.staff.pins import is_pin

Kind = StaffEvent.Kind


def sign_in(*, device: Device, associate_id: int, pin: str) -> Associate:
    """Whoever typed their PIN on a device of their store: they are signed in there. Raises what ``prove`` does."""
    return prove(device=device, associate_id=associate_id, pin=pin, as_what=Kind.SIGNED_IN)


def prove(*, device: Device, associate_id: int, pin: str, as_what: Kind | None) -> Associate:
    """Whoever typed their PIN on a device of their store; written down ``as_what``, if the caller does not do that.

    The try is counted for good before the PIN is looked at, and looking takes as long for nobody's as for somebody's.
    Raises NotStaffHere, NoPinYet, Paused(until) or WrongPin(left).
    """
    here = Associate.objects.working().filter(assignments__store=device.store_id)
    associate = here.filter(pk=associate_id).first()
    if associate is None or not associate.pin:
        is_pin(pin, "")
        raise NotStaffHere if associate is None else NoPinYet
    tries = _take_try(associate)
    if is_pin(pin, associate.pin):
        with transaction.atomic(durable=True):
            Associate.objects.filter(pk=associate.pk).forget_tries()
            if as_what is not None:
                note(as_what, device=device, associate=associate)
        return associate
    left = MOST_TRIES - tries
    with transaction.atomic(durable=True):
        note(Kind.WRONG_PIN, device=device, associate=associate)
        if not left:
            note(Kind.PAUSED, device=device, associate=associate)
    if not left:
        raise Paused(timezone.now() + PAUSE)
    raise WrongPin(left)


def _take_try(associate: Associate) -> int:
    """How many tries have been made with this one. Raises Paused when there is none to make."""
    mine = Associate.objects.filter(pk=associate.pk)
    now = timezone.now()
    with transaction.atomic(durable=True):
        taken = mine.take_try(now=now)
        tries, until = mine.values_list("failed_tries", "paused_until").get()
    if not taken:
        raise Paused(until or now)  # none: somebody has ended the pause between the two statements
    return tries
