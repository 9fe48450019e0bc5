from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass
class VoucherUnknown(LookupError):
    """No voucher has this code, or is opened by this token."""


@dataclass
class VoucherVoided(Exception):
    """Somebody voided it."""


@dataclass
class VoucherEnded(Exception):
    """It was good until ``at``."""

    at: datetime


@dataclass
class NotEnough(Exception):
    """Only ``balance`` is left of it."""

    balance: Decimal
    currency: str


@dataclass
class VoucherCurrency(Exception):
    """It is of ``currency``, and what is to be paid is not."""

    currency: str


@dataclass
class VoucherKeySpent(Exception):
    """This key was used for something else before: whatever it is now, it was not done."""
