"""The owner of an order says beforehand what they will bring back: nobody asks them again when they walk in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from instore.returns.allowed import assert_may_come_back
from instore.returns.form import QUANTITY, REASON
from instore.returns.left import left_of
from instore.returns.models import Announced, AnnouncedLine
from instore.returns.take_back import Back, worth_of_all
from instore.stores.models import Store
from omni_sync.oscar.models import Order
from omni_sync.sales.turn import take_turn
from omni_sync.transactions import inside_transaction

WAITS: Final = timedelta(days=30)
ON_A_PAGE: Final = 50


def announce(*, order: Order, store: Store, lines: Sequence[Back]) -> Announced:
    """Let ``lines`` of ``order`` wait on the tablets of ``store`` for 30 days, in place of what was announced before.

    Raises what keeps an order from coming back at all, NothingChosen, UnknownLine and TooMany.
    """
    with transaction.atomic(durable=True):
        take_turn(order=order)
        left = left_of(Order.objects.get(pk=order.pk))
        assert_may_come_back(left, store=store, is_manager=False)
        worth = worth_of_all(left, lines)
        end_announced(order=order)
        row = Announced.objects.create(order=order, store=store, until=timezone.now() + WAITS)
        AnnouncedLine.objects.bulk_create(
            AnnouncedLine(announced=row, order_line_id=one.line.pk, quantity=one.back.quantity, reason=one.back.reason)
            for one in worth
        )
    return row


@inside_transaction
def end_announced(*, order: Order) -> bool:
    """Nothing of the order waits any more: it came back, or its owner thought better of it; whether something did."""
    return bool(Announced.objects.filter(order=order, ended_at=None).update(ended_at=timezone.now()))


def announced_of(order: Order) -> Announced | None:
    """What waits of this order, with its lines: two queries."""
    waiting = Announced.objects.waiting().select_related("store__partner").prefetch_related("lines__order_line")
    return waiting.filter(order=order).first()


def waiting_at(store: Store) -> QuerySet[Announced]:
    """What waits at a store, with its order and how many ``pieces``, who announced first first."""
    waiting = Announced.objects.waiting().filter(store=store).select_related("order")
    return waiting.annotate(pieces=Sum("lines__quantity")).order_by("made_at", "pk")[:ON_A_PAGE]


def number_waiting(store: Store) -> int:
    """How many of them: one query."""
    return Announced.objects.waiting().filter(store=store).count()


def choice_of(order: Order) -> str:
    """The part of a return page's address that chooses what was announced; empty for nothing. One query."""
    rows = AnnouncedLine.objects.filter(announced__in=Announced.objects.waiting().filter(order=order))
    chosen: dict[str, str] = {}
    for line, quantity, reason in rows.order_by("pk").values_list("order_line", "quantity", "reason"):
        chosen |= {f"{QUANTITY}{line}": str(quantity), f"{REASON}{line}": reason}
    return f"?{urlencode(chosen)}" if chosen else ""
