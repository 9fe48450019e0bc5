"""What the tills said and nobody has applied yet. History is never counted: each figure comes from a partial index."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from prometheus_client.core import Metric

from settings.metrics.statement import MOST_COUNTED, ask, gauge

OPEN: Final = ("pending", "waiting", "hint", "failed", "conflict")


def read() -> Iterator[Metric]:
    lanes = ask(_LANES)
    events: dict[tuple[str, str], float] = {}
    for name, state, count in ask(_STATES):
        events[name, state] = count
    lag: dict[tuple[str, ...], float] = {(name,): 0.0 for name, _ in events}
    backlog: dict[tuple[str, str], float] = {}
    totals: dict[str, int] = defaultdict(int)
    for name, store, count, age in lanes:
        backlog[name, store] = count
        totals[name] += count
        lag[(name,)] = max(lag.get((name,), 0.0), age)
    for name, total in totals.items():
        events[name, "pending"] = total
    busy = sum(1 for count in backlog.values() if count)
    yield gauge(
        "inbox_events",
        f"Events of the tills that are not settled, by state; at most {MOST_COUNTED} of a lane or state are counted.",
        events,
        ["connection", "state"],
    )
    yield gauge("inbox_lag_seconds", "Age of the oldest event that waits for its turn.", lag, ["connection"])
    yield gauge("lane_backlog", "Events that wait in a lane, counted up to a limit.", backlog, ["connection", "store"])
    yield gauge(
        "lanes",
        "Lanes that have events waiting (busy) or none (idle).",
        {("busy",): busy, ("idle",): len(backlog) - busy},
        ["state"],
    )


# The states are written out: a partial index is only used for what is known when the statement is planned.
_LANES: Final = f"""
    SELECT c.name, p.code, waiting.events, coalesce(extract(epoch FROM clock_timestamp() - oldest.at), 0)::float
      FROM omni_sync_lane l
      JOIN omni_sync_connection c ON c.id = l.connection_id
      JOIN partner_partner p ON p.id = l.store_id
     CROSS JOIN LATERAL (
           SELECT count(*) AS events
             FROM (SELECT 1 FROM omni_sync_inboxevent e
                    WHERE e.connection_id = l.connection_id AND e.store_id = l.store_id AND e.state = 'pending'
                    LIMIT {MOST_COUNTED}) first
           ) waiting
      LEFT JOIN LATERAL (
           SELECT e.received_at AS at FROM omni_sync_inboxevent e
            WHERE e.connection_id = l.connection_id AND e.store_id = l.store_id AND e.state = 'pending'
            ORDER BY e.id LIMIT 1
           ) oldest ON true
"""

_OF_STATE: Final = """
           (SELECT connection_id, '{state}' AS state FROM omni_sync_inboxevent WHERE state = '{state}'
             ORDER BY not_before LIMIT {most})
"""

_STATES: Final = f"""
    WITH found AS ({"UNION ALL".join(_OF_STATE.format(state=state, most=MOST_COUNTED) for state in OPEN[1:])}),
    counted AS (SELECT connection_id, state, count(*) AS events FROM found GROUP BY 1, 2)
    SELECT c.name, s.state, coalesce(counted.events, 0)
      FROM omni_sync_connection c
     CROSS JOIN unnest(ARRAY[{", ".join(f"'{state}'" for state in OPEN)}]) AS s(state)
      LEFT JOIN counted ON counted.connection_id = c.id AND counted.state = s.state
"""
