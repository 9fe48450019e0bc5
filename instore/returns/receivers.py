"""Nobody waits on a tablet for goods that came back at a till, or were never sold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from instore.returns.models import Announced
from omni_sync.sales.models import Return
from omni_sync.sales.signals import return_recorded, sale_replaced, sale_voided


@receiver(return_recorded, dispatch_uid="lintas.returns.came_back")
def end_returned(sender: Any, returns: Sequence[Return], **_: Any) -> None:
    """As at a tablet: what somebody announced ends with the first return of its order."""
    orders = {row.order_id for row in returns if row.order_id and row.voided_at is None}
    if orders:
        Announced.objects.filter(order__in=orders, ended_at=None).update(ended_at=timezone.now())


@receiver(sale_voided, dispatch_uid="lintas.returns.voided")
@receiver(sale_replaced, dispatch_uid="lintas.returns.replaced")
def end_voided(sender: Any, sale_ids: Sequence[int], **_: Any) -> None:
    Announced.objects.filter(order__sale__in=sale_ids, ended_at=None).update(ended_at=timezone.now())
