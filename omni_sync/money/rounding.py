"""Where amounts are rounded, and which way.

Prices and taxes are rounded half up, as tills and tax offices do. Figures that are summed by the thousand (averages,
apportioned costs) are rounded half even, so that the error has no direction. A discount is cut, never rounded up: a
shopper is not promised more than the offer says, and the last line of an offer still has a remainder to take.
"""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from django.conf import settings

from omni_sync.money.exponents import unit


def round_half_up(amount: Decimal, currency: str) -> Decimal:
    """``amount`` in whole units of ``currency``; a half goes away from zero."""
    return amount.quantize(unit(currency), ROUND_HALF_UP)


def round_half_even(amount: Decimal, currency: str) -> Decimal:
    """``amount`` in whole units of ``currency``; a half goes to the even neighbour."""
    return amount.quantize(unit(currency), ROUND_HALF_EVEN)


def round_cash(amount: Decimal, *, step: Decimal) -> tuple[Decimal, Decimal]:
    """What is paid in coins of ``step``, and the ``rounding`` that takes ``amount`` there; a half goes up.

    ``amount + rounding == paid``, and ``abs(rounding) <= step / 2``.
    """
    paid = (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    return paid, paid - amount


def round_offer(amount: Decimal, currency: str | None = None) -> Decimal:
    """Cut a discount to whole units of its currency. For ``OSCAR_OFFER_ROUNDING_FUNCTION``."""
    return amount.quantize(unit(currency or settings.OSCAR_DEFAULT_CURRENCY), ROUND_DOWN)
