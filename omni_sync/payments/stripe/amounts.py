"""What Stripe counts in: https://docs.stripe.com/currencies. Not the shop's exponents: IDR is hundredths here."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from omni_sync.money.exceptions import InvalidAmount

#: Charged in whole units; every other currency we take is charged in hundredths, ISK and UGX too.
WHOLE: Final = frozenset(
    "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split()  # noqa: SIM905 - a table to compare
)


def to_wire(amount: Decimal, currency: str) -> int:
    """Rp149.000 is 14900000. Raises InvalidAmount for one that Stripe has no number for."""
    counted = amount * _per_unit(currency)
    if not counted.is_finite() or counted != counted.to_integral_value():
        raise InvalidAmount(amount, currency, "decimals")
    return int(counted)


def from_wire(counted: int, currency: str) -> Decimal:
    """14900000 of IDR is Rp149.000."""
    return Decimal(counted) / _per_unit(currency)


def _per_unit(currency: str) -> int:
    return 1 if currency in WHOLE else 100
