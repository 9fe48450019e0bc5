from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass
class NothingTaken(Exception):
    """Nothing goes out: that is a return."""


@dataclass
class NotForSale(Exception):
    """This store has no price for ``title`` in the money that was paid; or there is no such article any more."""

    title: str


@dataclass
class NoneLeft(Exception):
    """Of ``title`` only ``left`` can be promised here."""

    title: str
    left: int


@dataclass
class OtherDifference(Exception):
    """Prices or what came back changed meanwhile: ``difference`` is to pay, below nothing to give back."""

    difference: Decimal
    currency: str
