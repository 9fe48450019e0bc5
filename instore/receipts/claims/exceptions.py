from dataclasses import dataclass
from datetime import datetime


class AlreadyClaimed(Exception):
    """It is in somebody else's account; whose is nobody's business."""


@dataclass
class SaleTakenBack(Exception):
    """The shop took the sale back: nothing of it is anybody's."""

    number: str


@dataclass
class AllReturned(Exception):
    """Everything that was bought came back."""

    number: str


@dataclass
class TooOldToClaim(Exception):
    """It was bought ``at``, longer ago than ``days``."""

    at: datetime
    days: int


@dataclass
class TooManyWaiting(Exception):
    """The account waits for so many receipts already; ``most`` is as many as it may."""

    most: int


class NotAToken(ValueError):
    """Nothing that opens a receipt looks like this."""
