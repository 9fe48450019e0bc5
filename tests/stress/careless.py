"""Holds without their guard, as other shops take them: for the controls, which must lose."""

from collections.abc import Callable

from django.db import connection
from django.db.models import F

from omni_sync.stock.models import Hold, Level
from tests.stress.crowd import Meeting


def check_then_write(meeting: Meeting) -> Callable:
    """In place of ``hold._take``: read what is available, and when everybody has read, write."""

    def take(change, wanted, holder, until):
        room = {level.pk: level.on_hand - level.held - level.safety for level in Level.objects.filter(pk__in=wanted)}
        meeting.wait()
        short = [(record, room[record]) for record in sorted(wanted) if room[record] < change[record]]
        if not short:
            for record in sorted(wanted):
                _write(record, change[record], wanted[record], holder, until)
        return short

    return take


def in_any_order(meeting: Meeting) -> Callable:
    """In place of ``hold._take``: guarded, but row after row in the order the lines were named."""

    def take(change, wanted, holder, until):
        for record in wanted:
            assert Level.objects.filter(pk=record).take(change[record])
            Hold.objects.create(
                stockrecord_id=record, quantity=wanted[record], holder_kind=holder.kind, holder=holder.key, until=until
            )
            meeting.wait()
        return []

    return take


def _write(record: int, change: int, quantity: int, holder, until) -> None:
    Level.objects.filter(pk=record).update(held=F("held") + change)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE partner_stockrecord SET num_allocated = num_allocated + %s WHERE id = %s", [change, record]
        )
    Hold.objects.create(
        stockrecord_id=record, quantity=quantity, holder_kind=holder.kind, holder=holder.key, until=until
    )
