"""Sharing one amount over many lines so that nothing is left and nothing is made."""

from collections.abc import Sequence
from decimal import Decimal

from omni_sync.money.exceptions import NothingToShare
from omni_sync.money.exponents import unit


def allocate(*, total: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Share ``total`` in proportion to ``weights``; the shares sum to ``total`` exactly.

    Largest remainder: every share is cut to whole units, then the units left go one each to the largest remainders, the
    earlier line first when two are equal, so the same lines always get the same shares. A share never passes its weight
    while ``total`` does not pass the sum of weights. Weights are not negative and ``total`` is in whole units.
    Raises NothingToShare when no weight is positive and ``total`` is not zero.
    """
    step = unit(currency)
    count = int(abs(total) / step)
    whole = sum(weights, Decimal(0))
    if whole <= 0:
        if count:
            raise NothingToShare(total)
        return [Decimal(0).quantize(step) for _ in weights]
    scaled = [_units(weight, whole, count) for weight in weights]
    missing = count - sum(units for units, _ in scaled)
    by_remainder = sorted(range(len(scaled)), key=lambda index: (-scaled[index][1], index))
    topped = set(by_remainder[:missing])
    signed = step if total >= 0 else -step
    return [(units + (index in topped)) * signed + 0 for index, (units, _) in enumerate(scaled)]


def _units(weight: Decimal, whole: Decimal, count: int) -> tuple[int, int]:
    """Whole units of one share, and the remainder in parts of the denominator all shares have in common."""
    shift = Decimal(10) ** max(0, *(-int(part.as_tuple().exponent) for part in (weight, whole)))
    return divmod(int(weight * shift) * count, int(whole * shift))
