"""What goods are worth that come back: what was paid for them, to the smallest coin, and never more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from omni_sync.money.allocation import allocate
from omni_sync.money.parts import part_of

ZERO: Final = Decimal(0)


def paid_for(*, total: Decimal, amounts: Sequence[Decimal], currency: str) -> list[Decimal]:
    """How much of ``total`` was paid for each line: its part of the document's discount and rounding is in it."""
    if sum(amounts, ZERO) <= ZERO:
        return [ZERO for _ in amounts]
    return allocate(total=max(total, ZERO), weights=amounts, currency=currency)


def worth_of(*, quantity: int, left: int, money: Decimal, currency: str) -> Decimal:
    """What ``quantity`` of the ``left`` pieces of a line are worth, of the ``money`` that is left of it.

    The last of them takes all that is left, so that the parts make the whole.
    """
    if not left or money <= ZERO:
        return ZERO
    return part_of(money, units=quantity, of=left, currency=currency)


def within(*, amounts: Sequence[Decimal], most: Decimal, currency: str) -> list[Decimal]:
    """``amounts``, lowered in proportion where they are together more than ``most``."""
    most = max(most, ZERO)
    if sum(amounts, ZERO) <= most:
        return list(amounts)
    return allocate(total=most, weights=amounts, currency=currency)
