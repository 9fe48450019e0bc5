"""Holds without their guard, as other shops take them: for the controls, which must lose."""

from collections.abc import Callable

from django.db import connection
from django.db.models import F

from omni_sync.oscar.models import StockRecord
from omni_sync.stock.hold import Took
from omni_sync.stock.models import Hold, Level
from tests.stress.crowd import Meeting


def check_then_write(meeting: Meeting) -> Callable:
    """In place of ``hold._take``: read what is available, and when everybody has read, write."""

    def take(wanted, holder, until):
        room = {level.pk: level.on_hand - level.held - level.safety for level in Level.objects.filter(pk__in=wanted)}
        meeting.wait()
        all_fit = all(room[record] >= wanted[record] for record in wanted)
        for record in sorted(wanted) if all_fit else ():
            _write(record, wanted[record], holder, until)
        fits = {record: room[record] >= wanted[record] for record in wanted}
        return [Took(record, room[record], fits[record], wanted[record], _product(record)) for record in sorted(wanted)]

    return take


def in_any_order(meeting: Meeting) -> Callable:
    """In place of ``hold._take``: guarded, but row after row in the order the lines were named."""

    def take(wanted, holder, until):
        for record in wanted:
            assert Level.objects.filter(pk=record).take(wanted[record])
            Hold.objects.create(
                stockrecord_id=record, quantity=wanted[record], holder_kind=holder.kind, holder=holder.key, until=until
            )
            meeting.wait()
        return [Took(record, wanted[record], True, wanted[record], _product(record)) for record in sorted(wanted)]

    return take


def _product(record: int) -> int:
    return StockRecord.objects.values_list("product_id", flat=True).get(pk=record)


def _write(record: int, quantity: int, holder, until) -> None:
    Level.objects.filter(pk=record).update(held=F("held") + quantity)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE partner_stockrecord SET num_allocated = num_allocated + %s WHERE id = %s", [quantity, record]
        )
    Hold.objects.create(
        stockrecord_id=record, quantity=quantity, holder_kind=holder.kind, holder=holder.key, until=until
    )
