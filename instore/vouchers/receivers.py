"""Tills' sales take vouchers and their returns fill them, and neither counts where it never happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from instore.vouchers.at_tills import give_back_voided, spend_at_tills
from instore.vouchers.back_at_tills import put_back_at_tills, take_off_again
from omni_sync.sales.models import Return, Sale
from omni_sync.sales.signals import (
    order_handed_over,
    return_recorded,
    return_undone,
    sale_recorded,
    sale_replaced,
    sale_voided,
)


@receiver(sale_recorded, dispatch_uid="lintas.vouchers.sold")
def take_at_till(sender: Any, sale_ids: Sequence[int], **_: Any) -> None:
    """Of sales that were voided before they came, nothing."""
    told = dict(Sale.objects.filter(pk__in=sale_ids).values_list("order", "voided_at"))
    spend_at_tills(order_ids=told, never_happened=[order for order, voided_at in told.items() if voided_at])


@receiver(order_handed_over, dispatch_uid="lintas.vouchers.handed")
def take_at_hand_over(sender: Any, order: Any, **_: Any) -> None:
    """What is paid with the second half of an order, too."""
    spend_at_tills(order_ids=[order.pk])


@receiver(sale_voided, dispatch_uid="lintas.vouchers.voided")
@receiver(sale_replaced, dispatch_uid="lintas.vouchers.replaced")
def give_back(sender: Any, sale_ids: Sequence[int], **_: Any) -> None:
    """Another document that takes the place of the sale spends it anew."""
    give_back_voided(sale_ids=sale_ids)


@receiver(return_recorded, dispatch_uid="lintas.vouchers.returned")
def put_back(sender: Any, returns: Sequence[Return], **_: Any) -> None:
    put_back_at_tills(returns=returns)


@receiver(return_undone, dispatch_uid="lintas.vouchers.undone")
def take_off(sender: Any, returns: Sequence[Return], **_: Any) -> None:
    take_off_again(returns=returns)
