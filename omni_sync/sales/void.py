"""Documents that never happened: noted on the sale or return, before or after it arrives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from omni_sync import conf
from omni_sync.oscar.models import Order
from omni_sync.sales.documents import Where
from omni_sync.sales.models import FOR, Flag, Return, Sale
from omni_sync.sales.noted import take_off
from omni_sync.sales.signals import sale_voided
from omni_sync.sales.touch import untouch
from omni_sync.transactions import inside_transaction


@inside_transaction
def void_sale(*, where: Where, number: str, at: datetime) -> bool:
    """Note that the sale, and every return of it at a till, never happened; False when it is not known (yet).

    What came back at a tablet did: the sale is flagged for somebody to look at.
    """
    answering = Return.objects.filter(source=where.source, original_store=where.store_id, original_number=number)
    found = list(parts_of(where=where, number=number))
    voided = [sale for sale in found if sale.voided_at is None]
    back = set(came_back_at_tablets([sale.order_id for sale in voided]).values_list("order", flat=True))
    for sale in voided:
        flags = {Flag.VOIDED_AFTER_HAND_OVER.value} if number != sale.number else set()
        flags |= {Flag.VOIDED_AFTER_RETURN.value} if sale.order_id in back else set()
        sale.flags = sorted({*sale.flags, *flags})
        sale.voided_at = at
        sale.save(update_fields=["flags", "voided_at"])
        Order.objects.filter(pk=sale.order_id).update(status=conf.voided_status())
    untouch(sale_ids=[sale.pk for sale in found], return_ids=_void_all(answering, at))
    if voided:
        sale_voided.send(sender=Sale, sale_ids=[sale.pk for sale in voided])
    return bool(found)


@inside_transaction
def void_return(*, where: Where, number: str, at: datetime) -> bool:
    """Note that the return never happened; False when it is not known (yet)."""
    mine = Return.objects.filter(source=where.source, store=where.store_id, number=number)
    known = _void_all(mine, at)
    untouch(return_ids=known)
    return bool(known)


def parts_of(*, where: Where, number: str) -> QuerySet[Sale]:
    """The sale of a till's document, and those parts of it that handed orders over."""
    mine = Sale.objects.filter(source=where.source, store=where.store_id)
    return mine.filter(Q(number=number) | Q(number__startswith=f"{number}{FOR}"))


def came_back_at_tablets(order_ids: Collection[int]) -> QuerySet[Return]:
    """What tablets took back of these orders: no till's void says that nobody stood there with the goods."""
    return Return.objects.filter(order__in=order_ids, source=Sale.Channel.TABLET.value, voided_at=None)


def _void_all(returns: QuerySet[Return], at: datetime) -> list[int]:
    """Note of these that they never happened, and take the money they gave back off their orders; their ids."""
    known = list(returns.order_by("pk").select_for_update(no_key=True))
    returns.filter(_not_before(at)).update(voided_at=at)
    take_off([row for row in known if row.voided_at is None])
    return [row.pk for row in known]


def _not_before(at: datetime) -> Q:
    """What no void answers yet, or only a later one: of two the earlier counts, whichever came first."""
    return Q(voided_at=None) | Q(voided_at__gt=at)


def voided_documents(documents: Sequence[tuple[str, str]]) -> dict[tuple[str, str], datetime]:
    """Which of these (source, document) were voided already, and when."""
    with connection.cursor() as cursor:
        cursor.execute(_VOIDED, [[source for source, _ in documents], [document for _, document in documents]])
        return {(source, document): at for source, document, at in cursor.fetchall()}


_VOIDED = """
    SELECT source, document, occurred_at FROM omni_sync_void
     WHERE (source, document) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""
