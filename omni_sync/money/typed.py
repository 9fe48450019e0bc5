"""Amounts as people type them."""

import re
from decimal import Decimal
from typing import Final

from babel.numbers import NumberFormatError, get_group_symbol, parse_decimal

from omni_sync.money.amounts import WHOLE_DIGITS
from omni_sync.money.exceptions import InvalidAmount
from omni_sync.money.exponents import exponent, unit
from omni_sync.money.formatting import shape_of

#: What an amount is typed with: digits first, so that nothing else that a number can be is one.
FORM: Final = re.compile(r"-?[0-9][0-9.,'\u2019\s]*", re.ASCII)
BLANKS: Final = re.compile(r"\s+")
LONGEST: Final = 20


def read_money(typed: str, currency: str, locale: str) -> Decimal:
    """The amount above nothing that ``typed`` is to a reader of ``locale``: ``149.000`` in Indonesian, ``149,000`` in
    English, with the currency's symbol or without.

    Grouping stands where ``locale`` puts it or nowhere; there are no more decimals than the currency has. Raises
    InvalidAmount, and UnsupportedCurrency for the currency itself.
    """
    found, _, symbol = shape_of(currency, locale)
    bare = BLANKS.sub(" ", typed).replace(symbol.strip(), "", 1).strip()
    if len(bare) > LONGEST or not FORM.fullmatch(bare):
        raise InvalidAmount(typed, currency, "form")
    group = get_group_symbol(found)
    try:
        amount = parse_decimal(bare.replace(" ", group) if group.isspace() else bare, found, strict=True)
    except NumberFormatError:
        raise InvalidAmount(typed, currency, "form") from None
    if amount <= 0:
        raise InvalidAmount(typed, currency, "sign" if amount else "nothing")
    if -int(amount.as_tuple().exponent) > exponent(currency):
        raise InvalidAmount(typed, currency, "decimals")
    if amount >= 10**WHOLE_DIGITS:
        raise InvalidAmount(typed, currency, "size")
    return amount.quantize(unit(currency))
