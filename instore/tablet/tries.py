"""Codes can't be guessed at the counter: wrong ones are counted before they are looked at, for device and store."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from instore.devices.models import Device
from instore.staff.events import note
from instore.staff.models import Associate, StaffEvent
from instore.tablet.exceptions import TriesSpent, Whose
from instore.tablet.models import CodeTry, CodeWatch

MOST: Final = {Whose.DEVICE: 5, Whose.STORE: 20}
SPAN: Final = {Whose.DEVICE: timedelta(minutes=1), Whose.STORE: timedelta(hours=1)}
Kind = StaffEvent.Kind


def take_try(*, device: Device) -> CodeTry:
    """The right to look at one code, counted for good unless it is given back. Raises TriesSpent.

    One after the other at a store: of many who guess at once no more than ``MOST`` are heard.
    """
    with transaction.atomic(durable=True):
        watch = _watch(device.store_id)
        now = timezone.now()
        for whose in Whose:
            since = max(now - SPAN[whose], watch.opened_at or now - SPAN[whose])
            made = _tries(device, whose, since)
            if len(made) >= MOST[whose]:
                raise TriesSpent(whose, made[-MOST[whose]] + SPAN[whose])
        return CodeTry.objects.create(store_id=device.store_id, device=device, at=now)


def give_back(tried: CodeTry) -> None:
    """The code was right: this one does not count."""
    CodeTry.objects.filter(pk=tried.pk).delete()


def note_wrong(*, tried: CodeTry, device: Device, associate: Associate, why: str) -> None:
    """The code was wrong; whoever made the last try there was has locked the codes, which is written down too."""
    with transaction.atomic(durable=True):
        watch = _watch(device.store_id)
        note(Kind.WRONG_CODE, device=device, associate=associate, detail=why)
        for whose in Whose:
            since = max(tried.at - SPAN[whose], watch.opened_at or tried.at - SPAN[whose])
            if sum(at <= tried.at for at in _tries(device, whose, since)) == MOST[whose]:
                note(Kind.CODES_LOCKED, device=device, associate=associate, detail=whose.value)


def open_again(*, device: Device, manager: Associate) -> None:
    """A manager has seen what was tried: from now on the tries are counted anew, on all tablets of the store."""
    with transaction.atomic(durable=True):
        watch = _watch(device.store_id)
        watch.opened_at = timezone.now()
        watch.save(update_fields=["opened_at"])
        note(Kind.CODES_OPENED, device=device, associate=manager)


def _watch(store_id: int) -> CodeWatch:
    """The store's watch, which nobody else has until the end of the transaction."""
    CodeWatch.objects.bulk_create([CodeWatch(store_id=store_id)], ignore_conflicts=True)
    return CodeWatch.objects.select_for_update(no_key=True).get(pk=store_id)


def _tries(device: Device, whose: Whose, since: datetime) -> list[datetime]:
    rows = CodeTry.objects.filter(store=device.store_id, at__gt=since)
    if whose is Whose.DEVICE:
        rows = rows.filter(device=device)
    return list(rows.order_by("at", "pk").values_list("at", flat=True))
