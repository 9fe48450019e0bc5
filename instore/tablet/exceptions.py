from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from omni_sync.oscar.models import Product


@dataclass
class ManagersOnly(PermissionError):
    """The bag is ready: only a manager cancels it."""


@dataclass
class MoneyDue(Exception):
    """``amount`` is still to be paid, and nobody has said that it was taken."""

    amount: Decimal
    currency: str


@dataclass
class NonceSpent(Exception):
    """This nonce was sent with something else before: whatever it is now, it was not done."""


@dataclass
class NotOnTheList(LookupError):
    """This is no article of the pickup; ``product`` is what it is, None where we don't know."""

    product: Product | None


@dataclass
class SomebodyElses(PermissionError):
    """The tap was made by another associate, or on another tablet: it was not done."""


class Whose(enum.Enum):
    """Whose tries are spent."""

    DEVICE = "device"
    STORE = "store"


@dataclass
class TriesSpent(PermissionError):
    """Too many wrong codes: no code is looked at until then, unless a manager opens it."""

    whose: Whose
    until: datetime
