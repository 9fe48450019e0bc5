"""Oscar's signals that our ledger answers."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from oscar.apps.order.signals import order_line_status_changed, order_status_changed

from omni_sync.conf import means_cancelled
from omni_sync.oscar import allocations
from omni_sync.oscar.signals import order_let_go


@receiver(order_status_changed, dispatch_uid="lintas.order_status")
def let_go_of_order(order: Any, new_status: str, **_: Any) -> None:
    """A cancelled order lets go of what it still held, whoever cancelled it and by what path."""
    if means_cancelled(new_status):
        with transaction.atomic():
            allocations.cancel_all(order)
            order_let_go.send(sender=type(order), order=order)


@receiver(order_line_status_changed, dispatch_uid="lintas.order_line_status")
def let_go_of_line(line: Any, new_status: str, **_: Any) -> None:
    """So does a cancelled line."""
    if means_cancelled(new_status):
        with transaction.atomic():
            allocations.cancel(line.order, allocations.parts([line]))
