"""What happens to devices, told in the transaction in which it happens. Whoever keeps the log listens."""

from django.dispatch import Signal

code_made = Signal()  # code: EnrolmentCode, by
device_enrolled = Signal()  # device: Device, by
enrolment_refused = Signal()  # code: EnrolmentCode | None, why: str
device_revoked = Signal()  # device: Device, by
