"""How many persons a test needs (Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 4.2)."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

#: Of a hundred tests in which nothing is to be seen so many see something; of a hundred in which something is, so
#: many see it.
WRONG: Final = 0.05
POWER: Final = 0.80


def persons_needed(*, base: Decimal, effect: int) -> int:
    """In each of two groups, to see that ``base`` of a hundred have become ``effect`` percent more of them."""
    from scipy.stats import norm  # takes a while to load, and few pages ask

    usual = float(base) / 100
    changed = min(usual * (1 + effect / 100), 0.999)
    middle = (usual + changed) / 2
    spread = norm.ppf(1 - WRONG / 2) * math.sqrt(2 * middle * (1 - middle)) + norm.ppf(POWER) * math.sqrt(
        usual * (1 - usual) + changed * (1 - changed)
    )
    return math.ceil(float(spread / (changed - usual)) ** 2)
