"""Oscar's signals that our ledger answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from oscar.apps.order.signals import order_line_status_changed, order_status_changed

from omni_sync.oscar import allocations


@receiver(order_status_changed, dispatch_uid="lintas.order_status")
def let_go_of_order(order: Any, new_status: str, **_: Any) -> None:
    """A cancelled order lets go of what it still held, whoever cancelled it and by what path."""
    if _is_cancelled(new_status):
        with transaction.atomic():
            allocations.cancel_all(order)


@receiver(order_line_status_changed, dispatch_uid="lintas.order_line_status")
def let_go_of_line(line: Any, new_status: str, **_: Any) -> None:
    """So does a cancelled line."""
    if _is_cancelled(new_status):
        with transaction.atomic():
            allocations.cancel(line.order, allocations.parts([line]))


def _is_cancelled(status: str) -> bool:
    statuses = getattr(settings, "LINTAS_CANCELLED_STATUSES", ("cancelled", "canceled"))
    return status.casefold() in {name.casefold() for name in statuses}
