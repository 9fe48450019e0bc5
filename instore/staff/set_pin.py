from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from instore.staff.events import note
from instore.staff.models import Associate, StaffEvent
from instore.staff.pins import check_pin, hash_pin


def set_pin(*, associate: Associate, pin: str, by: Any) -> None:
    """Give the associate this PIN; it ends their pause, and every tablet where they are signed in asks for it.

    Raises WeakPin.
    """
    check_pin(pin)
    kept = hash_pin(pin)
    with transaction.atomic(durable=True):
        mine = Associate.objects.filter(pk=associate.pk)
        mine.update(pin=kept, pin_set_at=timezone.now(), failed_tries=0, paused_until=None)
        note(StaffEvent.Kind.PIN_SET, associate=associate, by=by)
