"""The number of goods as scanners read it: every one becomes 14 digits."""

from __future__ import annotations

from typing import Final

from biip import ParseError
from biip.checksums import gs1_standard_check_digit
from biip.upc import Upc, UpcFormat

_LENGTHS: Final = frozenset({8, 12, 13, 14})
_UPC_E: Final = 8


def as_14_digits(digits: str) -> str:
    """A GTIN of 8, 12, 13 or 14 digits, or a UPC-E with its check digit, as a GTIN of 14; empty for what is none.

    Eight digits that are right both ways are a GTIN-8.
    """
    if len(digits) not in _LENGTHS or not (digits.isascii() and digits.isdecimal()) or not digits.strip("0"):
        return ""
    if gs1_standard_check_digit(digits[:-1]) == int(digits[-1]):
        return digits.zfill(14)
    return _expanded(digits) if len(digits) == _UPC_E else ""


def _expanded(digits: str) -> str:
    try:
        upc = Upc.parse(digits)
    except ParseError:
        return ""
    return str(upc.as_upc_a()).zfill(14) if upc.format == UpcFormat.UPC_E else ""
