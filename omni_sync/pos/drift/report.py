"""What a till says it has, by itself: never a count (R9). A person may make it one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection as database
from django.db import transaction
from django.utils import timezone

from omni_sync.oscar.keyset import key_of
from omni_sync.oscar.models import StockRecord
from omni_sync.pos.adapters.port import LevelTold
from omni_sync.pos.connections import places_of
from omni_sync.pos.drift.models import ReportedLevel
from omni_sync.pos.models import Connection
from omni_sync.stock.byhand import count_against
from omni_sync.stock.models import Level
from omni_sync.transactions import inside_transaction

#: For so long a value that we told comes back as an echo.
ECHO: Final = timedelta(minutes=5)


class Verdict(StrEnum):
    """What a reported level is."""

    ECHO = "echo"  # our own word, come back
    AGREES = "agrees"
    DRIFT = "drift"
    UNKNOWN = "unknown"  # no such store or goods
    OUTDATED = "outdated"  # the till said something later before


@dataclass(frozen=True, slots=True)
class _Books:
    record_id: int
    told: int


@inside_transaction
def report_level(
    *, connection: Connection, store: str, sku: str, quantity: int, at: datetime | None = None, key: str = ""
) -> Verdict:
    """Note that the till has ``quantity`` units to sell at the place it calls ``store``; what that turns out to be.

    An echo is known by the ``key`` we sent it under (the id of what we told), or by its value: one that we told of
    these goods in the last five minutes. What differs goes to the drift report; what agrees ends what differed before.
    """
    at = at or timezone.now()
    place = places_of(connection, [store]).get(store)
    books = _books(place.store_id, sku) if place else None
    if place is None or books is None:
        return Verdict.UNKNOWN
    before = ReportedLevel.objects.filter(connection=connection, stockrecord=books.record_id, ended_at=None)
    if before.filter(at__gt=at).exists():
        return Verdict.OUTDATED
    if quantity == books.told:
        before.update(ended_at=timezone.now(), outcome=ReportedLevel.Outcome.AGREED)
        return Verdict.AGREES
    if _is_echo(place.store_id, sku, quantity, key):
        return Verdict.ECHO
    with database.cursor() as cursor:
        cursor.execute(_KEEP, [connection.pk, books.record_id, quantity, books.told, at])
    return Verdict.DRIFT


@inside_transaction
def report_levels(*, connection: Connection, levels: Iterable[LevelTold]) -> int:
    """Note all of them, in one order for everybody; how many were of goods and places we know."""
    told = sorted(levels, key=lambda level: (level.store, level.sku))
    verdicts = [
        report_level(connection=connection, store=v.store, sku=v.sku, quantity=v.quantity, at=v.at, key=v.key)
        for v in told
    ]
    return sum(verdict != Verdict.UNKNOWN for verdict in verdicts)


def take_as_count(*, reported: ReportedLevel, on_hand: int, by: AbstractBaseUser) -> int | None:
    """Count, now and by this person, what the till says; how many are on hand then. None when it is answered already.

    The till says what may be sold; what is promised is on the premises too, and what moved since has moved: the
    difference that was found is added to ``on_hand``, the figure this person was shown. Raises MovedMeanwhile.
    """
    with transaction.atomic(durable=True):
        mine = _mine(reported)
        if mine is None:
            return None
        counted = max(on_hand + mine.difference, 0)
        record = StockRecord.objects.get(pk=mine.stockrecord_id)
        reason = f"{mine.connection.name}: {mine.quantity}"
        count_against(stockrecord=record, quantity=counted, shown=on_hand, number=uuid4(), by=by, reason=reason)
        _end(mine, ReportedLevel.Outcome.COUNTED, by)
    return counted


def set_aside(*, reported: ReportedLevel, by: AbstractBaseUser) -> bool:
    """Leave the books as they are; False when it is answered already. The till may say it again."""
    with transaction.atomic(durable=True):
        mine = _mine(reported)
        if mine is not None:
            _end(mine, ReportedLevel.Outcome.IGNORED, by)
    return mine is not None


def _books(store_id: int, sku: str) -> _Books | None:
    """What our books would tell the till now."""
    record = Level.objects.filter(stockrecord__partner=store_id, stockrecord__partner_sku=sku)
    row = record.values_list("pk", "on_hand", "held").first()
    return _Books(row[0], row[1] - row[2]) if row else None


def _is_echo(store_id: int, sku: str, quantity: int, key: str) -> bool:
    number = key_of(key.removeprefix("evt_")) or 0
    with database.cursor() as cursor:
        cursor.execute(_ECHO, [number, store_id, sku, ECHO.total_seconds(), store_id, sku, quantity])
        return bool(cursor.fetchone()[0])


def _mine(reported: ReportedLevel) -> ReportedLevel | None:
    still_open = ReportedLevel.objects.differing().filter(pk=reported.pk)
    return still_open.select_related("connection").select_for_update(of=("self",)).first()


def _end(reported: ReportedLevel, outcome: ReportedLevel.Outcome, by: AbstractBaseUser) -> None:
    ReportedLevel.objects.filter(pk=reported.pk).update(ended_at=timezone.now(), outcome=outcome, ended_by=by.pk)


_ECHO = """
    SELECT EXISTS (SELECT 1 FROM omni_sync_outboxevent o
                    WHERE o.id = %s AND o.store_id = %s AND o.type = 'stock.changed' AND o.data ->> 'sku' = %s)
        OR EXISTS (SELECT 1 FROM omni_sync_outboxevent o
                    WHERE o.at > now() - %s * interval '1 second' AND o.store_id = %s AND o.type = 'stock.changed'
                      AND o.data ->> 'sku' = %s
                      AND (o.data ->> 'on_hand')::bigint - (o.data ->> 'held')::bigint = %s)
"""

_KEEP = """
    INSERT INTO omni_sync_reportedlevel AS r (connection_id, stockrecord_id, quantity, told, at, times)
    VALUES (%s, %s, %s, %s, %s, 1)
        ON CONFLICT (connection_id, stockrecord_id) WHERE ended_at IS NULL
        DO UPDATE SET quantity = excluded.quantity, told = excluded.told, times = r.times + 1, at = excluded.at
         WHERE r.at <= excluded.at
"""
