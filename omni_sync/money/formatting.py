"""Amounts as people read them."""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern

from omni_sync.money.exponents import exponent
from omni_sync.money.rounding import round_half_up

#: Symbols people write at home, for locales that know only the code.
AT_HOME: Final = {"IDR": "Rp"}


@lru_cache(maxsize=64)
def shape_of(currency: str, language: str) -> tuple[Locale, NumberPattern, str]:
    """How a locale writes a currency: its pattern with the currency's own decimals, and the symbol."""
    locale = Locale.parse(language, sep="-" if "-" in language else "_")
    pattern = parse_pattern(locale.currency_formats["standard"].pattern)
    pattern.frac_prec = (exponent(currency), exponent(currency))
    symbol = AT_HOME.get(currency) or locale.currency_symbols.get(currency, currency)
    if symbol == currency and pattern.pattern.startswith("¤"):
        symbol += "\N{NO-BREAK SPACE}"  # a bare code needs air: "SEK 5", not "SEK5"
    return locale, pattern, symbol


def format_money(amount: Decimal, currency: str, locale: str) -> str:
    """``amount`` the way ``locale`` writes it: ``Rp149.000`` in Indonesian, ``Rp149,000`` in English.

    ``locale`` is a Django language code (``id``, ``en-gb``) or a CLDR name (``en_GB``). The decimals are the currency's
    own, always written; a half is rounded up. Raises UnsupportedCurrency.
    """
    found, pattern, symbol = shape_of(currency, locale)
    text: str = pattern.apply(round_half_up(amount, currency) + 0, found)
    return text.replace("¤", symbol)


def format_plain(amount: Decimal, currency: str, locale: str) -> str:
    """As ``format_money``, without the symbol: as people type it."""
    found, pattern, _ = shape_of(currency, locale)
    text: str = pattern.apply(round_half_up(amount, currency) + 0, found)
    return text.replace("¤", "").strip()
