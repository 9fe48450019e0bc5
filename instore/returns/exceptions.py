from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from omni_sync.oscar.models import Order


@dataclass
class OrderUnknown(LookupError):
    """No order, sale or receipt has this number, or is opened by this token."""


@dataclass
class SeveralOrders(LookupError):
    """They all bear this number, each with its ``sale`` where a till sold it; somebody has to say which."""

    orders: Sequence[Order]


@dataclass
class NeverHappened(Exception):
    """The sale was voided or the order cancelled: there is nothing to bring back."""


@dataclass
class StillHere(Exception):
    """The goods are not handed over or paid yet: an order is cancelled then, and nothing comes back."""


@dataclass
class AllBack(Exception):
    """All of it came back before."""


@dataclass
class OtherCurrency(Exception):
    """It was paid in ``currency``, which this store's money is not."""

    currency: str


@dataclass
class TooOld(PermissionError):
    """It was bought more than ``days`` days ago, at ``at``: a manager decides."""

    at: datetime
    days: int


@dataclass
class TooMany(Exception):
    """Of this line only ``left`` can still come back."""

    line: int
    left: int


@dataclass
class UnknownLine(LookupError):
    """The order has no such line, or it is named twice."""

    line: int


@dataclass
class NothingChosen(Exception):
    """Nothing is to come back."""


@dataclass
class CashByManager(PermissionError):
    """Only ``most`` was paid in cash: more goes back in cash by a manager's hand alone."""

    most: Decimal
    currency: str


@dataclass
class NotTakenYet(Exception):
    """``missing`` can't go back the way it was paid: the card's money is not with us yet, or it was no money."""

    missing: Decimal
    currency: str


@dataclass
class KeySpent(Exception):
    """This key was sent with something else before: whatever it is now, it was not done."""


@dataclass
class OtherSum(Exception):
    """``amount`` is due, which is not what was shown: something else is chosen now, or came back meanwhile."""

    amount: Decimal
    currency: str


@dataclass
class OtherWay(Exception):
    """The money would go back otherwise than was shown: another way is chosen now, or is left."""


@dataclass
class ManagerDecides(PermissionError):
    """Without a receipt only a manager takes goods back."""


@dataclass
class NotSaidWhy(ValueError):
    """Goods come back without a receipt and without a word why."""


@dataclass
class AboveThePrice(Exception):
    """More would be given than it costs today: at most ``most``; None where it is not for sale and has no price."""

    most: Decimal | None
    currency: str
