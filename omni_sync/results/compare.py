"""How sure a difference is: intervals, by a library's methods."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from omni_sync.money.exponents import unit
from omni_sync.results.read import Group

#: Of a hundred intervals so many hold the truth, where one question is asked; of two each is wider, so that both do.
SURE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Change:
    """Buyers in one group against another: ``low`` and ``high`` are what share more (or fewer) there may be.

    Both are None where somebody bought in neither, or in one alone: of a ratio nothing can be said then. ``direction``
    is 1 where it is certain enough that more bought, -1 where fewer did, and 0 where either may be.
    """

    low: float | None
    high: float | None
    direction: int

    @property
    def is_known(self) -> bool:
        """Whether it is certain enough that there is a difference at all."""
        return self.direction != 0


@dataclass(frozen=True, slots=True)
class Earned:
    """What ``persons`` bought more than they would have, of one currency; ``low`` and ``high`` bound it."""

    currency: str
    amount: Decimal
    low: Decimal
    high: Decimal


def change(one: Group, other: Group, *, questions: int = 1) -> Change:
    """``one`` against ``other`` (Katz's interval of the relative risk; without buyers in one, Fisher's exact test)."""
    from scipy.stats.contingency import relative_risk  # takes a while to load, and few pages ask

    if not (one.buyers and other.buyers):
        return Change(None, None, _exact(one, other, questions))
    risk = relative_risk(one.buyers, one.persons, other.buyers, other.persons)
    found = risk.confidence_interval(confidence_level=_level(questions))
    low, high = float(found.low) - 1, float(found.high) - 1
    return Change(low, high, 1 if low > 0 else -1 if high < 0 else 0)


def _exact(one: Group, other: Group, questions: int) -> int:
    from scipy.stats import fisher_exact

    table = [[group.buyers, group.persons - group.buyers] for group in (one, other)]
    if fisher_exact(table).pvalue >= 1 - _level(questions):
        return 0
    return 1 if one.buyers else -1


def earned(one: Group, other: Group, *, questions: int = 1) -> list[Earned]:
    """What the messages to ``one`` brought, by currency: a person's mean there less that in ``other``, for all of them.

    The interval is Welch's. Nothing where a group has fewer than two persons.
    """
    if min(one.persons, other.persons) < 2:  # noqa: PLR2004 - a spread needs two
        return []
    return [_of(currency, one, other, questions) for currency in sorted({*one.money, *other.money})]


def _of(currency: str, one: Group, other: Group, questions: int) -> Earned:
    from scipy.stats import t

    (mean, error), (usual, usual_error) = (_spread(group, currency) for group in (one, other))
    spread = error + usual_error
    freedom = spread**2 / (error**2 / (one.persons - 1) + usual_error**2 / (other.persons - 1)) if spread else 1
    half = Decimal(float(t.ppf(1 - (1 - _level(questions)) / 2, float(freedom)))) * spread.sqrt()
    least = unit(currency)
    said = [(gain * one.persons).quantize(least) for gain in (mean - usual, mean - usual - half, mean - usual + half)]
    return Earned(currency, *said)


def _spread(group: Group, currency: str) -> tuple[Decimal, Decimal]:
    """A person's mean, whoever bought nothing among them, and the square of its standard error."""
    total, squares = group.money.get(currency, (Decimal(0), Decimal(0)))
    mean = total / group.persons
    variance = max((squares - total * mean) / (group.persons - 1), Decimal(0))
    return mean, variance / group.persons


def _level(questions: int) -> float:
    return 1 - (1 - SURE) / questions
