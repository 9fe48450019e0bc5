"""How many decimals an amount of a currency has in the shop: written, shown and rounded.

ISO 4217's minor units, with one difference: Indonesia's rupiah has two on paper and none in any price, so it has none
here. What a payment provider counts in is another table and belongs to that provider's adapter.
"""

from decimal import Decimal
from functools import cache
from typing import Final

from babel.numbers import list_currencies

from omni_sync.money.exceptions import UnsupportedCurrency

NONE: Final = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "IDR",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
MORE_THAN_TWO: Final = frozenset(["BHD", "CLF", "IQD", "JOD", "KWD", "LYD", "OMR", "TND", "UYW"])
UNITS: Final = {0: Decimal(1), 2: Decimal("0.01")}


@cache
def _known() -> frozenset[str]:
    return frozenset(list_currencies())


def is_supported(currency: str) -> bool:
    """True for a known ISO currency with none or two decimals."""
    return currency in _known() and currency not in MORE_THAN_TWO


@cache
def exponent(currency: str) -> int:
    """The number of decimals of ``currency``: 0 or 2. Raises UnsupportedCurrency for anything else."""
    if not is_supported(currency):
        raise UnsupportedCurrency(currency)
    return 0 if currency in NONE else 2


def unit(currency: str) -> Decimal:
    """The smallest amount of ``currency``: ``Decimal("1")`` or ``Decimal("0.01")``."""
    return UNITS[exponent(currency)]
