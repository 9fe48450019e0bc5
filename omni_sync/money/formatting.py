"""Amounts as people read them."""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern

from omni_sync.money.exponents import exponent

#: Symbols people at home write, for locales that only know the code.
AT_HOME: Final = {"IDR": "Rp"}


@lru_cache(maxsize=64)
def _pattern(currency: str, locale: str) -> tuple[Locale, NumberPattern]:
    """The locale's own pattern, with our decimals and the symbol written into it."""
    found = Locale.parse(locale, sep="-" if "-" in locale else "_")
    places = exponent(currency)
    symbol = AT_HOME.get(currency) or found.currency_symbols.get(currency, currency)
    if symbol == currency:  # a bare code needs air: "IDR 5", not "IDR5"
        symbol = f"{symbol}\N{NO-BREAK SPACE}"
    pattern = str(found.currency_formats["standard"].pattern)
    quoted = "'" + symbol.replace("'", "''") + "'"
    made = parse_pattern(pattern.replace("¤", quoted if pattern.startswith("¤") else quoted.replace(" ", "")))
    made.frac_prec = (places, places)
    return found, made


def format_money(amount: Decimal, currency: str, locale: str) -> str:
    """``amount`` the way ``locale`` writes it: ``Rp149.000`` in Indonesian, ``Rp149,000`` in English.

    ``locale`` is a Django language code (``id``, ``en-gb``) or a CLDR name (``en_GB``). Decimals are the currency's own,
    always written, and a half is rounded up.
    """
    found, pattern = _pattern(currency, locale)
    return pattern.apply(amount, found)
