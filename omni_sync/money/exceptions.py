from dataclasses import dataclass
from decimal import Decimal


@dataclass
class InvalidAmount(ValueError):
    """``value`` is not an amount of ``currency``; ``reason`` says which promise it broke."""

    value: object
    currency: str
    reason: str  # "type", "form", "sign", "nothing", "decimals" or "size"


@dataclass
class UnsupportedCurrency(ValueError):
    """``currency`` is unknown, or has more decimals than Oscar's columns can hold."""

    currency: str


@dataclass
class NothingToShare(ValueError):
    """``total`` cannot be shared out: there is no positive weight to carry it."""

    total: Decimal
