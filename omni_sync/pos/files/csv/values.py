"""Cells as values. Raises ValueError, in words for whoever made the file."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from omni_sync.money.amounts import write
from omni_sync.money.exceptions import InvalidAmount, UnsupportedCurrency

PLAIN: Final = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?", re.ASCII)
GROUPED: Final = {
    ".": re.compile(r"[+-]?\d{1,3}([,' \u00a0\u202f]\d{3})+(\.\d{1,10})?", re.ASCII),
    ",": re.compile(r"[+-]?\d{1,3}([.' \u00a0\u202f]\d{3})+(,\d{1,10})?", re.ASCII),
}
YES: Final = frozenset(["true", "1", "yes", "y"])
NO: Final = frozenset(["false", "0", "no", "n"])


@lru_cache(maxsize=4096)
def number(said: str, decimal: str) -> Decimal:
    """The number written in ``said``. Which of "," and "." is the decimal sign is never guessed: "" allows only "."."""
    if decimal == "," and re.fullmatch(r"[+-]?\d{1,15}(,\d{1,10})?", said, re.ASCII):
        return Decimal(said.replace(",", "."))
    if decimal != "," and PLAIN.fullmatch(said):
        return Decimal(said)
    if decimal and GROUPED[decimal].fullmatch(said):
        digits = re.sub(r"[^\d+,.-]", "", said)
        return Decimal(digits.replace(".", "").replace(",", ".") if decimal == "," else digits.replace(",", ""))
    if "," in said and not decimal:
        raise ValueError(f"{said!r}: say whether its comma is a decimal comma or groups thousands")
    raise ValueError(f"{said!r} is no number")


def money(value: Decimal, currency: str) -> str:
    """``value`` as it goes on the wire; decimals that are not 0 are never dropped."""
    try:
        return write(value, currency)
    except UnsupportedCurrency:
        raise ValueError(f"the currency {currency!r} is not one we can count in") from None
    except (InvalidAmount, ArithmeticError):
        raise ValueError(f"{value} has more decimals than {currency}") from None


def truth(said: str) -> bool:
    """Yes or no, as spreadsheets write it."""
    if said.lower() in YES or said.lower() in NO:
        return said.lower() in YES
    raise ValueError(f"{said!r} is neither true nor false")


def instant(said: str, pattern: str) -> str:
    """A time as native events write it: with its zone if the file says one, else in the store's.

    A day alone is no time, unless ``pattern`` says that there is no more.
    """
    try:
        at = _as_written(said, pattern) if pattern else datetime.fromisoformat(said if ":" in said else "")
    except ValueError:
        raise ValueError(f"{said!r} is no time as {pattern or 'ISO 8601'} has it") from None
    return at.isoformat()


def _as_written(said: str, pattern: str) -> datetime:
    return datetime.strptime(said, pattern)  # noqa: DTZ007  without a zone it is in the store's


def barcode(said: str) -> str:
    """A GTIN's digits; a spreadsheet that saw a number in it has rounded them away."""
    if not (said.isascii() and said.isdecimal()):
        raise ValueError(f"{said!r} has other characters than digits, which a GTIN has not")
    return said
