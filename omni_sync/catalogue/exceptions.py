from dataclasses import dataclass
from typing import Literal


@dataclass
class InvalidGtin(ValueError):
    """``value`` is not a trade item number; ``reason`` is what is wrong with it."""

    value: object
    reason: Literal["form", "length", "check digit", "empty"]


@dataclass
class GtinTaken(Exception):
    """``value`` already names another product."""

    value: str
    product_id: int
