from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from instore.devices.models import Device
from instore.devices.signals import device_revoked


def revoke(*, device: Device, by: Any) -> bool:
    """End the device's token, from its next request on; False when somebody has done so already."""
    with transaction.atomic(durable=True):
        if not Device.objects.enrolled().filter(pk=device.pk).update(revoked_at=timezone.now()):
            return False
        device_revoked.send(Device, device=device, by=by)
    return True
