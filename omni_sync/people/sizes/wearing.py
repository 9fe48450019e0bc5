"""Which size somebody wears, by what they bought, brought back and looked for: a function of the *set* of evidence.

What happened counts half as much a year later; compared with each other, no matter when it is asked. A size that was
told only once never outvotes one that was told twice or more: it may be a gift. Goods bought together are one telling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import fsum
from typing import Any, Final, TypeVar

from omni_sync.catalogue.sizes import in_order

HALF_LIFE: Final = 365.0  # days
ENOUGH: Final = 2  # tellings: one may be a gift
DAYS: Final = 3  # on which a size was filtered, until it says something
DAY: Final = 24 * 60 * 60.0
Item = TypeVar("Item")


class Why(StrEnum):
    """What tells of a size, or against it."""

    TYPED = "typed"
    EXCHANGED = "exchanged"  # taken instead of another size
    BOUGHT = "bought"
    FILTERED = "filtered"
    UNFIT = "unfit"  # given back for another size


VOTES: Final = {Why.EXCHANGED: 2, Why.BOUGHT: 1, Why.UNFIT: -1}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One telling of a size; ``occasion`` names the document it was in, or the day: told there twice, it counts once.

    ``store`` is the code of the store where it was, ``categories`` are those in which the style itself stands.
    """

    why: Why
    size_system: str
    size: str
    at: datetime
    occasion: str
    store: str = ""
    brand: str = ""
    categories: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Worn:
    """A size that is worn and how we know; of one ``brand`` or ``category`` where it is another there than elsewhere.

    ``by`` names the member of staff who wrote a typed one down.
    """

    size_system: str
    size: str
    why: str
    at: datetime | None = None
    store: str = ""
    brand: str = ""
    category: int | None = None
    by: str = ""


def learn(evidence: Iterable[Evidence]) -> list[Worn]:
    """The size worn in each system, then those of brands and categories that differ from it and were told enough."""
    systems: dict[str, set[Evidence]] = defaultdict(set)
    for told in evidence:
        systems[told.size_system].add(told)
    return [worn for system in sorted(systems) for worn in _of_system(systems[system])]


def told_once(evidence: Iterable[Evidence], learnt: Iterable[Worn]) -> list[Worn]:
    """Sizes of categories in which the general one was never bought, and another too seldom to be sure.

    They are worn where nothing is made in the general size: a belt is no pair of trousers.
    """
    known = {(one.size_system, one.category): one.size for one in learnt if not one.brand}
    found: dict[tuple[str, int], set[Evidence]] = defaultdict(set)
    for told in evidence:
        for category in told.categories:
            found[told.size_system, category].add(told)
    seldom: list[Worn] = []
    for (system, category), some in sorted(found.items()):
        general = known.get((system, None))
        if general is None or (system, category) in known or _bought(some, general):
            continue
        best = estimate(some)
        if best is not None and best.why != Why.FILTERED and best.size != general:
            seldom.append(_worn(best, category=category))
    return seldom


def pick(worn: Iterable[Worn], *, size_system: str, brand: str, categories: Collection[int]) -> Worn | None:
    """The one that fits goods of this brand in these categories best: the narrowest, of several the latest."""
    fitting = [
        one
        for one in worn
        if one.size_system == size_system
        and one.brand in ("", brand)
        and (one.category is None or one.category in categories)
    ]
    return max(fitting, key=_narrowness, default=None)


def pick_made(
    made: Mapping[tuple[str, str], Item], worn: Iterable[Worn], *, brand: str, categories: Collection[int]
) -> tuple[Item, Worn] | None:
    """Of what is ``made``, by size system and size, what ``pick`` says is worn, and how we know; None without one."""
    fitting = [one for one in worn if (one.size_system, one.size) in made]
    for system in dict.fromkeys(system for system, _ in made):
        best = pick(fitting, size_system=system, brand=brand, categories=categories)
        if best is not None:
            return made[system, best.size], best
    return None


def estimate(evidence: Collection[Evidence], *, enough: int = 1) -> Evidence | None:
    """The latest telling of the size that this evidence of one system says is worn; None where too little says so."""
    votes = _votes(evidence)
    told = {size: total for size, total in _totals(votes).items() if total >= enough and _bought(evidence, size)}
    if not told:
        return _filtered(evidence) if enough == 1 else None
    sure = [size for size, total in told.items() if total >= ENOUGH] or list(told)
    latest = {size: max(_bought(evidence, size), key=_recency) for size in sure}
    newest = max(one.at for one in evidence)
    return latest[max(sure, key=lambda size: (_weight(votes[size], newest), *_recency(latest[size])))]


def _of_system(evidence: set[Evidence]) -> Iterator[Worn]:
    general = estimate(evidence)
    if general is None:
        return
    yield _worn(general)
    narrow: dict[tuple[str, int], set[Evidence]] = defaultdict(set)
    for told in evidence:
        for category in told.categories:
            narrow["", category].add(told)
            if told.brand:
                narrow[told.brand, category].add(told)
    said: dict[tuple[str, int | None], str] = {("", None): general.size}
    for (brand, category), some in sorted(narrow.items()):  # a category before its brands
        known = estimate(some, enough=ENOUGH)
        above = said.get(("", category), general.size) if brand else general.size
        if known is not None and known.size != above:
            said[brand, category] = known.size
            yield _worn(known, brand=brand, category=category)


def _votes(evidence: Collection[Evidence]) -> dict[str, dict[str, tuple[int, datetime]]]:
    """By size and occasion what it counts, for or against, and when."""
    votes: dict[str, dict[str, tuple[int, datetime]]] = defaultdict(dict)
    for told in evidence:
        if told.why in VOTES:
            vote = VOTES[told.why], told.at
            known = votes[told.size].get(told.occasion, vote)
            votes[told.size][told.occasion] = max(known, vote)
    return votes


def _totals(votes: dict[str, dict[str, tuple[int, datetime]]]) -> dict[str, int]:
    return {size: sum(vote for vote, _ in told.values()) for size, told in votes.items()}


def _weight(votes: dict[str, tuple[int, datetime]], newest: datetime) -> float:
    return fsum(vote * 0.5 ** ((newest - at).total_seconds() / DAY / HALF_LIFE) for vote, at in sorted(votes.values()))


def _bought(evidence: Collection[Evidence], size: str) -> list[Evidence]:
    return [told for told in evidence if told.size == size and told.why in (Why.BOUGHT, Why.EXCHANGED)]


def _filtered(evidence: Collection[Evidence]) -> Evidence | None:
    """What was looked for on days enough, where nothing was bought; on most days, of several the latest."""
    days: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for told in evidence:
        if told.why == Why.FILTERED:
            days[told.size][told.occasion] = max(told, days[told.size].get(told.occasion, told), key=_recency)
    last = [(len(of), max(of.values(), key=_recency)) for of in days.values() if len(of) >= DAYS]
    return max(last, key=lambda one: (one[0], *_recency(one[1])))[1] if last else None


def _recency(told: Evidence) -> tuple[Any, ...]:
    """The later the greater; whatever is at one instant has an order too, so that the answer never depends on ours."""
    return told.at, in_order(told.size), told.why.value, told.occasion, told.store


def _narrowness(worn: Worn) -> tuple[bool, bool, float, str]:
    return bool(worn.brand), worn.category is not None, worn.at.timestamp() if worn.at else 0.0, worn.size


def _worn(told: Evidence, *, brand: str = "", category: int | None = None) -> Worn:
    return Worn(told.size_system, told.size, told.why.value, told.at, told.store, brand, category)
