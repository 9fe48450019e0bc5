from __future__ import annotations

from django.db import transaction

from instore.devices.models import Device
from instore.staff.events import note
from instore.staff.models import Associate, StaffEvent


def lock(*, device: Device, associate: Associate | None, is_idle: bool = False) -> None:
    """Write down that the tablet was locked: by a tap, or by itself after nobody tapped."""
    kind = StaffEvent.Kind.IDLE if is_idle else StaffEvent.Kind.LOCKED
    with transaction.atomic(durable=True):
        note(kind, device=device, associate=associate)
