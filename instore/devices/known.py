"""Which device a request comes from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from instore.devices.exceptions import NotEnrolled, Revoked
from instore.devices.models import Device
from instore.devices.tokens import carried, digest_of

LONGEST_VERSION: Final = 32
NOTED_EVERY: Final = timedelta(minutes=1)


def device_of(request: HttpRequest) -> Device:
    """The device, with its store, and noted as seen, at most once a minute. Raises NotEnrolled or Revoked."""
    token = carried(request)
    if not token:
        raise NotEnrolled
    known = Device.objects.select_related("store__partner__location")
    device = known.filter(digest=digest_of(token)).first()
    if device is None:
        raise NotEnrolled
    if device.revoked_at is not None:
        raise Revoked(device.name, str(device.store), device.revoked_at)
    _note(device, timezone.now())
    return device


def _note(device: Device, now: datetime) -> None:
    """One statement, and of many requests at once only one writes."""
    before = now - NOTED_EVERY
    if device.last_seen is None or device.last_seen <= before:
        stale = Device.objects.filter(Q(last_seen=None) | Q(last_seen__lte=before), pk=device.pk)
        stale.update(last_seen=now)


def note_version(*, device: Device, version: str) -> None:
    """What the device says it shows; written where it is another one."""
    said = version[:LONGEST_VERSION]
    if device.version != said:
        Device.objects.filter(pk=device.pk).update(version=said)
        device.version = said
