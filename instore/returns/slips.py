"""The vouchers of a return, to be handed over where it was taken, and soon: whoever sees one may spend it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from instore.devices.models import Device
from instore.returns.models import TakenBack
from instore.vouchers.models import CreditVoucher
from instore.vouchers.slip import Slip, slip_of
from omni_sync.sales.documents import VOUCHER
from omni_sync.sales.models import Return

SHOWN_FOR: Final = timedelta(minutes=30)


def slips_of(row: Return, *, device: Device) -> list[Slip]:
    """What went back as vouchers, for the tablet that took it, for half an hour; nothing anywhere else."""
    numbers = [one["reference"] for one in row.refunds if one["method"] == VOUCHER]
    if not numbers or row.recorded_at < timezone.now() - SHOWN_FOR:
        return []
    if not TakenBack.objects.filter(sale_return=row, device=device).exists():
        return []
    known = CreditVoucher.objects.select_related("store__partner__location").filter(number__in=numbers)
    return [slip_of(voucher) for voucher in known.order_by("pk")]
