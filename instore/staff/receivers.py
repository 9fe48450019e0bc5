"""What happens to devices goes into the staff's log."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from instore.devices import signals
from instore.devices.models import Device, EnrolmentCode
from instore.staff.events import note
from instore.staff.models import StaffEvent

Kind = StaffEvent.Kind


@receiver(signals.code_made, dispatch_uid="instore.staff.code_made")
def note_code(*, code: EnrolmentCode, by: Any, **_: object) -> None:
    note(Kind.CODE_MADE, store=code.store, by=by, detail=code.name)


@receiver(signals.device_enrolled, dispatch_uid="instore.staff.device_enrolled")
def note_enrolment(*, device: Device, by: Any, **_: object) -> None:
    note(Kind.ENROLLED, device=device, by=by)


@receiver(signals.enrolment_refused, dispatch_uid="instore.staff.enrolment_refused")
def note_refusal(*, code: EnrolmentCode | None, why: str, **_: object) -> None:
    said = ", ".join(part for part in (code.name if code else "", why) if part)
    note(Kind.NOT_ENROLLED, store=code.store if code else None, detail=said)


@receiver(signals.device_revoked, dispatch_uid="instore.staff.device_revoked")
def note_revocation(*, device: Device, by: Any, **_: object) -> None:
    note(Kind.REVOKED, device=device, by=by)
