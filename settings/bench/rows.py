"""What a benchmark says: a figure, its limit, and what must hold beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure next to its limit, in the same ``unit``; ``limit`` is None where it could not be measured.

    ``least_ratio`` and ``least_figure`` are the bar, ``most_figure`` where less is better. ``checks`` say what must be
    true whatever the speed.
    """

    name: str
    unit: str
    figure: float
    limit: float | None
    limit_is: str
    least_ratio: float | None = None
    least_figure: float | None = None
    most_figure: float | None = None
    checks: Mapping[str, bool] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.figure / self.limit if self.limit else None

    @property
    def bar(self) -> str:
        """The bar in words; empty where there is none."""
        words = [f"≥ {self.least_ratio:g} of limit"] if self.least_ratio is not None else []
        words += [f"≥ {self.least_figure:,.0f}"] if self.least_figure is not None else []
        words += [f"≤ {self.most_figure:,.0f}"] if self.most_figure is not None else []
        return ", ".join(words)

    @property
    def is_reached(self) -> bool | None:
        """None where there is no bar, or its limit could not be measured."""
        if self.least_ratio is not None and self.ratio is None:
            return None
        reached = [value >= least for value, least in self._bars() if least is not None and value is not None]
        if self.most_figure is not None:
            reached.append(self.figure <= self.most_figure)
        return all(reached) if reached else None

    def _bars(self) -> list[tuple[float | None, float | None]]:
        return [(self.ratio, self.least_ratio), (self.figure, self.least_figure)]

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name, "unit": self.unit, "figure": round(self.figure, 1),
            "limit": None if self.limit is None else round(self.limit, 1), "limit_is": self.limit_is,
            "ratio": None if self.ratio is None else round(self.ratio, 4), "bar": self.bar, "reached": self.is_reached,
            "checks": dict(self.checks), "details": dict(self.details),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: rounds of so many seconds on each side in turn, and how much there is of everything.

    ``processes`` are a web server's; 0 leaves it to WEB_WORKERS.
    """

    seconds: float = 5.0
    rounds: int = 3
    shops: int = 20
    products: int = 1000
    many_shops: int = 500
    weeks: Sequence[int] = (1, 3)
    stores: int | None = None
    many_products: int = 50_000
    persons: int = 1_000_000
    processes: int = 0


QUICK = Size(
    seconds=0.5, rounds=1, shops=2, products=20, many_shops=12, weeks=(1, 1), stores=1, many_products=600,
    persons=4_000, processes=1,
)  # fmt: skip


def middle(pairs: Sequence[tuple[float, float | None]]) -> tuple[float, float | None]:
    """The round whose ratio is the median: its figure and its limit, which were measured one after the other."""
    if any(not limit for _, limit in pairs):
        return median(figure for figure, _ in pairs), None
    ranked = sorted(pairs, key=lambda pair: pair[0] / (pair[1] or 1))
    return ranked[(len(ranked) - 1) // 2]


def percentile(values: Sequence[float], share: int) -> float:
    """So much of a hundred of the values are this at most."""
    return quantiles([*values, *values], n=100, method="inclusive")[share - 1]


def table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The rows as lines of text, then whatever did not hold."""
    yield f"{'':18}{'figure':>10} {'limit':>10} {'ratio':>7}  {'unit':<12}{'bar':<18}"
    for row in rows:
        limit = "-" if row["limit"] is None else f"{row['limit']:,.0f}"
        ratio = "-" if row["ratio"] is None else f"{row['ratio']:.3f}"
        verdict = {None: "", True: "reached", False: "SHORT"}[row["reached"]]
        figures = f"{row['figure']:>10,.0f} {limit:>10} {ratio:>7}"
        yield f"{row['name']:18}{figures}  {row['unit']:<12}{row['bar']:<18}{verdict}".rstrip()
    for row in rows:
        yield f"{row['name']}: limit = {row['limit_is']}"
        yield from (f"{row['name']}: {'ok' if held else 'FAILED'}: {what}" for what, held in row["checks"].items())
