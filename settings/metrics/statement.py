"""A question to the database that may not take long: a scrape never hurts the shop."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import connection, transaction
from prometheus_client.core import GaugeMetricFamily, Metric

MILLISECONDS: Final = 1000
MOST_COUNTED: Final = 10_000  # rows of one kind that are counted before we say "at least"


def ask(sql: str) -> list[tuple[Any, ...]]:
    """The rows; psycopg's QueryCanceled, by way of Django, when PostgreSQL needs longer than a second for them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(MILLISECONDS)])
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def gauge(name: str, means: str, values: Mapping[Any, float] | float, labels: Iterable[str] = ()) -> Metric:
    """One gauge: a number, or numbers by the values of its labels."""
    family = GaugeMetricFamily(f"lintas_{name}", means, labels=list(labels))
    for key, value in (values if isinstance(values, Mapping) else {(): values}).items():
        family.add_metric(list(key), value)
    return family
