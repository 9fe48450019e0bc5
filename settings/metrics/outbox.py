"""What other systems are told, and how far behind each webhook is."""

from collections.abc import Iterator
from typing import Final

from prometheus_client.core import Metric

from settings.metrics.statement import ask, gauge


def read() -> Iterator[Metric]:
    for (age,) in ask(_NEWEST):
        yield gauge("outbox_newest_age_seconds", "Age of the newest event that other systems are told.", age)
    hooks = ask(_WEBHOOKS)
    yield gauge(
        "webhook_lag_seconds", "Age of the oldest event that a webhook has not taken yet.",
        {(name,): age for name, age, _, _ in hooks}, ["connection"],
    )  # fmt: skip
    yield gauge(
        "webhook_failures", "Attempts in a row that a webhook's next event has failed.",
        {(name,): failures for name, _, failures, _ in hooks}, ["connection"],
    )  # fmt: skip
    yield gauge(
        "webhook_stopped", "1 for a webhook that is not sent to until a person says so, by reason.",
        {(name, reason): 1 for name, _, _, reason in hooks if reason}, ["connection", "reason"],
    )  # fmt: skip


_NEWEST: Final = """
    SELECT extract(epoch FROM clock_timestamp() - at)::float FROM omni_sync_outboxevent ORDER BY id DESC LIMIT 1
"""

# One look into the index for each store of each webhook.
_WEBHOOKS: Final = """
    SELECT c.name, coalesce(extract(epoch FROM clock_timestamp() - min(next.at)), 0)::float, w.attempts, w.stopped_for
      FROM omni_sync_endpoint w
      JOIN omni_sync_connection c ON c.id = w.connection_id
      LEFT JOIN LATERAL (
           SELECT first.at FROM omni_sync_connectionstore s
            CROSS JOIN LATERAL (SELECT e.at FROM omni_sync_outboxevent e
                                 WHERE e.store_id = s.store_id AND (e.xact, e.id) > (w.xact, w.event)
                                 ORDER BY e.xact, e.id LIMIT 1) first
            WHERE s.connection_id = w.connection_id
            UNION ALL
          (SELECT e.at FROM omni_sync_outboxevent e
            WHERE e.store_id IS NULL AND (e.xact, e.id) > (w.xact, w.event) ORDER BY e.xact, e.id LIMIT 1)
           ) next ON true
     WHERE c.webhook <> ''
     GROUP BY c.name, w.attempts, w.stopped_for
"""
