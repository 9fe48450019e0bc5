"""Trade item numbers: every one is kept and compared as 14 digits (GS1 General Specifications, 2.1 and 7.9)."""

from functools import lru_cache

from biip import ParseError
from biip import gtin as biip_gtin
from biip.checksums import gs1_standard_check_digit
from biip.rcn import Rcn

from omni_sync.catalogue.exceptions import InvalidGtin

LENGTHS = (8, 12, 13, 14)


def check_digit(payload: str) -> int:
    """The digit that follows ``payload``, the 7, 11, 12 or 13 digits before it. Raises InvalidGtin."""
    if not (payload.isascii() and payload.isdecimal()):
        raise InvalidGtin(payload, "form")
    if len(payload) + 1 not in LENGTHS:
        raise InvalidGtin(payload, "length")
    return gs1_standard_check_digit(payload)


@lru_cache(maxsize=8192)
def normalise(value: str) -> str:
    """``value``, a GTIN of 8, 12, 13 or 14 digits, as 14 digits. Blanks around it are forgiven.

    Raises InvalidGtin for other characters or lengths, for a wrong check digit and for a number of zeros only.
    """
    return _parse(value).as_gtin_14()


def is_gtin(value: str) -> bool:
    """True when ``normalise`` would take it."""
    try:
        normalise(value)
    except InvalidGtin:
        return False
    return True


def is_restricted(value: str) -> bool:
    """True for a number that means something else in the next shop, and so must never be published.

    Those are the restricted circulation numbers: prefixes 02, 04 and 20 to 29, 0 and 2 in GTIN-8, and a case (GTIN-14)
    of such an item. Raises InvalidGtin.
    """
    parsed = _parse(value)
    if parsed.format == biip_gtin.GtinFormat.GTIN_14:
        item = parsed.payload[1:]
        parsed = biip_gtin.Gtin.parse(f"{item}{gs1_standard_check_digit(item)}")
    return isinstance(parsed, Rcn)


@lru_cache(maxsize=8192)
def is_published(value: str) -> bool:
    """True for a sound number that means the same everywhere, so that the world may read it."""
    return is_gtin(value) and not is_restricted(value)


def _parse(value: str) -> biip_gtin.Gtin:
    digits = value.strip(" ")
    if not (digits.isascii() and digits.isdecimal()):
        raise InvalidGtin(value, "form")
    if len(digits) not in LENGTHS:
        raise InvalidGtin(value, "length")
    if not digits.strip("0"):
        raise InvalidGtin(value, "empty")
    try:
        return biip_gtin.Gtin.parse(digits)
    except ParseError as error:
        raise InvalidGtin(value, "check digit") from error
