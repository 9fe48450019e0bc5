"""A sale or a return whose content was wrong: another document takes its place."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from omni_sync import conf
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.sales.documents import Where
from omni_sync.sales.models import Return, Sale
from omni_sync.sales.noted import noted_for, take_off
from omni_sync.sales.refund import move
from omni_sync.sales.signals import sale_replaced
from omni_sync.sales.touch import untouch
from omni_sync.transactions import inside_transaction


@inside_transaction
def replace_sale(*, source: str, store_id: int, number: str, at: datetime) -> None:
    """Note that the sale was not as told; returns of it did happen, and stay."""
    mine = Sale.objects.filter(source=source, store=store_id, number=number, voided_at=None)
    Order.objects.filter(sale__in=mine).update(status=conf.voided_status())
    ids = list(mine.values_list("pk", flat=True))
    untouch(sale_ids=ids)
    mine.update(voided_at=at)
    if ids:
        sale_replaced.send(sender=Sale, sale_ids=ids)


@inside_transaction
def stand_in(*, where: Where, numbers: Collection[str], order_id: int) -> None:
    """What came back of the sales of these numbers, which were not as told, came back of the order in their place."""
    if Sale.objects.exclude(voided_at=None).filter(order=order_id).exists():
        return
    old = Sale.objects.filter(source=where.source, store=where.store_id, number__in=numbers).exclude(voided_at=None)
    mine = Return.objects.filter(order__in=old.values("order"), voided_at=None).order_by("pk")
    for row in mine.select_for_update(no_key=True):
        PaymentSource.objects.filter(pk__in=[one.pk for one in noted_for(row)]).update(order=order_id)
        move(row, order_id)


@inside_transaction
def replace_return(*, source: str, store_id: int, number: str, at: datetime) -> None:
    """Note that the return was not as told, and take what it refunded off its order again."""
    mine = Return.objects.filter(source=source, store=store_id, number=number, voided_at=None)
    rows = list(mine)
    untouch(return_ids=[row.pk for row in rows])
    mine.update(voided_at=at)
    take_off(rows)
