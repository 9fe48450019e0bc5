"""What a person at a desk says of the stock: a count of the shelf, or a change and why."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from omni_sync.oscar.models import StockRecord
from omni_sync.stock.models import Level, Movement
from omni_sync.stock.post import lock, post
from omni_sync.stock.posting import Posting
from omni_sync.transactions import inside_transaction

SOURCE: Final = "dashboard"
LONGEST_REASON: Final = 100
_WHO: Final = "user/"


class MovedMeanwhile(Exception):
    """The books say another figure than the one that was counted against."""

    def __init__(self, on_hand: int) -> None:
        super().__init__(on_hand)
        self.on_hand = on_hand


def count_by_hand(
    *, stockrecord: StockRecord, quantity: int, shown: int, number: UUID, by: AbstractBaseUser, reason: str = ""
) -> bool:
    """As ``count_against``, durable when it returns."""
    with transaction.atomic(durable=True):
        return count_against(
            stockrecord=stockrecord, quantity=quantity, shown=shown, number=number, by=by, reason=reason
        )


@inside_transaction
def count_against(
    *, stockrecord: StockRecord, quantity: int, shown: int, number: UUID, by: AbstractBaseUser, reason: str = ""
) -> bool:
    """Count ``quantity`` units now, by somebody who was shown ``shown`` on hand; False when ``number`` was used before.

    Raises MovedMeanwhile when another figure is on hand by now: what was sold since may be in the count or not.
    """
    posting = _posting(stockrecord, Movement.Kind.COUNTED, quantity, number, by, reason)
    lock(postings=[posting])
    if Movement.objects.filter(source=posting.source, document=posting.document, line=posting.line).exists():
        return False
    on_hand = Level.objects.values_list("on_hand", flat=True).get(pk=stockrecord.pk)
    if on_hand != shown:
        raise MovedMeanwhile(on_hand)
    return bool(post(postings=[posting]))


def adjust_by_hand(*, stockrecord: StockRecord, quantity: int, number: UUID, by: AbstractBaseUser, reason: str) -> bool:
    """Add ``quantity`` units (fewer, when negative) now, for ``reason``; False when ``number`` was used before."""
    posting = _posting(stockrecord, Movement.Kind.ADJUSTED, quantity, number, by, reason)
    with transaction.atomic(durable=True):
        return bool(post(postings=[posting]))


def who_and_why(reference: str) -> tuple[int | None, str]:
    """Who made a movement by hand, by the key of their account, and the reason they gave."""
    who, _, why = reference.removeprefix(_WHO).partition(" ")
    return (int(who), why) if reference.startswith(_WHO) and who.isascii() and who.isdecimal() else (None, "")


def _posting(
    stockrecord: StockRecord, kind: Movement.Kind, quantity: int, number: UUID, by: AbstractBaseUser, reason: str
) -> Posting:
    word = "count" if kind == Movement.Kind.COUNTED else "adjustment"
    return Posting(
        stockrecord.pk,
        kind,
        quantity,
        timezone.now(),
        SOURCE,
        f"{word}/{number.hex}",
        "1",
        event_id=number.hex,
        reference=f"{_WHO}{by.pk} {reason[:LONGEST_REASON]}".strip(),
    )
