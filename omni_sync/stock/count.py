"""Statements and changes that people make themselves, outside a till."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from omni_sync.oscar.models import StockRecord
from omni_sync.stock.hold import Line
from omni_sync.stock.models import Movement
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting


def count(
    *,
    stockrecord: StockRecord,
    quantity: int,
    by: AbstractBaseUser | None = None,
    at: datetime | None = None,
    source: str = "dashboard",
) -> None:
    """State that ``quantity`` units are on the premises, goods set aside for pickups included, at ``at`` or now."""
    number = uuid4().hex
    who = f"user/{by.pk}" if by is not None and by.pk else ""
    posting = Posting(
        stockrecord.pk,
        Movement.Kind.COUNTED,
        quantity,
        at or timezone.now(),
        source,
        f"count/{number}",
        "1",
        event_id=number,
        reference=who,
    )
    with transaction.atomic():
        post(postings=[posting])


def receive(*, lines: Sequence[Line], source: str, document: str, occurred_at: datetime | None = None) -> None:
    """Take goods in; said again under the same ``document``, it has no effect."""
    at = occurred_at or timezone.now()
    postings = [
        Posting(line.stockrecord_id, Movement.Kind.RECEIVED, line.quantity, at, source, f"received/{document}", str(n))
        for n, line in enumerate(lines, 1)
    ]
    with transaction.atomic():
        post(postings=postings)
