"""Tills' sales take vouchers, and give back what they took where they never happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from instore.vouchers.at_tills import give_back_voided, spend_at_tills
from omni_sync.sales.models import Sale
from omni_sync.sales.signals import order_handed_over, sale_recorded, sale_voided


@receiver(sale_recorded, dispatch_uid="lintas.vouchers.sold")
def take_at_till(sender: Any, sale_ids: Sequence[int], **_: Any) -> None:
    spend_at_tills(order_ids=list(Sale.objects.filter(pk__in=sale_ids).values_list("order", flat=True)))


@receiver(order_handed_over, dispatch_uid="lintas.vouchers.handed")
def take_at_hand_over(sender: Any, order: Any, **_: Any) -> None:
    """What is paid with the second half of an order, too."""
    spend_at_tills(order_ids=[order.pk])


@receiver(sale_voided, dispatch_uid="lintas.vouchers.voided")
def give_back(sender: Any, sale_ids: Sequence[int], **_: Any) -> None:
    give_back_voided(sale_ids=sale_ids)
