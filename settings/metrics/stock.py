"""What is promised, and where books and world may disagree."""

from collections.abc import Iterator
from typing import Final

from prometheus_client.core import Metric

from settings.metrics.statement import ask, gauge


def holds() -> Iterator[Metric]:
    ((many, overdue, units),) = ask(_HOLDS)
    yield gauge("holds_open", "Promises that count.", many)
    yield gauge("holds_overdue", "Promises whose time is over and that nobody has ended yet.", overdue)
    yield gauge("units_held", "Units promised.", units)


def trouble() -> Iterator[Metric]:
    """What waits for a person."""
    yield gauge(
        "shortfalls_open", "More is promised than is there (promise), or goods got lost (transit).",
        {(kind,): many for kind, many in ask(_SHORTFALLS)}, ["kind"],
    )  # fmt: skip
    yield gauge(
        "unmatched_lines_open", "Lines of the tills whose product is not known (unknown) or not clear (disagree).",
        {(reason,): many for reason, many in ask(_UNMATCHED)}, ["reason"],
    )  # fmt: skip


def levels() -> Iterator[Metric]:
    ((below,),) = ask(_BELOW_ZERO)
    yield gauge("levels_below_zero", "Stock records whose books say less than nothing.", below)


_HOLDS: Final = """
    SELECT count(*), count(*) FILTER (WHERE until < now()), coalesce(sum(quantity), 0)
      FROM omni_sync_hold WHERE ended_at IS NULL
"""

_SHORTFALLS: Final = """
    SELECT k.kind, count(s.id)
      FROM unnest(ARRAY['promise', 'transit']) AS k(kind)
      LEFT JOIN omni_sync_shortfall s ON s.kind = k.kind AND s.closed_at IS NULL
     GROUP BY k.kind
"""

_UNMATCHED: Final = """
    SELECT r.reason, count(u.id)
      FROM unnest(ARRAY['unknown', 'disagree']) AS r(reason)
      LEFT JOIN omni_sync_unmatchedline u ON u.reason = r.reason AND u.healed_at IS NULL
     GROUP BY r.reason
"""

# No index: one on what changes with every sale would cost each sale more than this look costs a scrape.
_BELOW_ZERO: Final = "SELECT count(*) FROM omni_sync_level WHERE on_hand < 0"
