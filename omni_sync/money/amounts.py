"""Amounts as they travel: strings in major units."""

import re
from decimal import Decimal
from typing import Final

from omni_sync.money.exceptions import InvalidAmount
from omni_sync.money.exponents import exponent, unit

FORM: Final = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+)(?:\.(?P<decimals>[0-9]+))?", re.ASCII)
WHOLE_DIGITS: Final = 10  # Oscar's columns are decimal(12, 2)


def parse(value: object, currency: str, *, signed: bool = False) -> Decimal:
    """The amount written in ``value``, a string such as ``"149000"`` or ``"12.50"``.

    Only digits and one point: no float, exponent, grouping, blank, plus sign or NaN; a minus only when ``signed``; no
    more decimals than the currency has. Raises InvalidAmount, and UnsupportedCurrency for the currency itself.
    """
    places = exponent(currency)
    if not isinstance(value, str):
        raise InvalidAmount(value, currency, "type")
    found = FORM.fullmatch(value)
    if found is None:
        raise InvalidAmount(value, currency, "form")
    if found["sign"] and not signed:
        raise InvalidAmount(value, currency, "sign")
    if len(found["decimals"] or "") > places:
        raise InvalidAmount(value, currency, "decimals")
    if len(found["whole"].lstrip("0")) > WHOLE_DIGITS:
        raise InvalidAmount(value, currency, "size")
    return Decimal(value).quantize(unit(currency)) + 0  # + 0: minus nothing is nothing


def write(amount: Decimal, currency: str) -> str:
    """``amount`` as it goes on the wire: as many decimals as the currency has.

    Raises InvalidAmount rather than round something away.
    """
    if not amount.is_finite():
        raise InvalidAmount(amount, currency, "form")
    exact = amount.quantize(unit(currency))
    if exact != amount:
        raise InvalidAmount(amount, currency, "decimals")
    return f"{exact + 0:f}"
