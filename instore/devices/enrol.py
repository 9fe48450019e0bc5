from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from instore.devices import codes, tokens
from instore.devices.exceptions import CodeExpired, CodeUsed, UnknownCode
from instore.devices.models import Device, EnrolmentCode
from instore.devices.signals import device_enrolled, device_revoked, enrolment_refused

Refusal = UnknownCode | CodeUsed | CodeExpired


def enrol(*, typed: str, before: Device | None = None) -> tuple[Device, str]:
    """Enrol a device by the code that was typed on it; the device and its token, which nobody sees again.

    What the same browser was ``before`` it is no longer. Raises UnknownCode, CodeUsed (also for the slower of two who
    typed it at once) or CodeExpired; each is told to whoever keeps the log.
    """
    code = EnrolmentCode.objects.filter(digest=codes.digest_of(codes.read(typed))).first()
    now = timezone.now()
    try:
        if code is None:
            raise UnknownCode
        with transaction.atomic(durable=True):
            return _with(code, before, now)
    except (UnknownCode, CodeUsed, CodeExpired) as refusal:
        with transaction.atomic(durable=True):
            enrolment_refused.send(EnrolmentCode, code=code, why=type(refusal).__name__)
        raise


def _with(code: EnrolmentCode, before: Device | None, now: datetime) -> tuple[Device, str]:
    token = tokens.new_token()
    device = Device.objects.create(
        kind=code.kind,
        name=code.name,
        place=code.place,
        store_id=code.store_id,
        digest=tokens.digest_of(token),
        enrolled_at=now,
        enrolled_by_id=code.made_by_id,
        last_seen=now,
    )
    fresh = EnrolmentCode.objects.filter(pk=code.pk, used_at=None, expires_at__gt=now)
    if not fresh.update(used_at=now, device=device):
        raise _why_not(code)  # and the device goes with the transaction
    device_enrolled.send(Device, device=device, by=code.made_by)
    if before is not None and Device.objects.enrolled().filter(pk=before.pk).update(revoked_at=now):
        device_revoked.send(Device, device=before, by=code.made_by)
    return device, token


def _why_not(code: EnrolmentCode) -> Refusal:
    used_at = EnrolmentCode.objects.filter(pk=code.pk).values_list("used_at", flat=True).first()
    return CodeUsed(used_at) if used_at else CodeExpired(code.expires_at)
