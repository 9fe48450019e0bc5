"""``plan-follow-ups``: a million people bought something ten days ago; each is written down to be asked how it was."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.journeys.usual import make_usual_journeys
from settings.bench.goods import settle_down
from settings.bench.rows import Row, Size

MOST_SECONDS: Final = 90
MOST_GROWTH: Final = 16  # megabytes
TOUCHES: Final = 5
KILOBYTES: Final = 1024


def run(size: Size) -> Iterator[Row]:
    """All journeys are on; one step of one of them has somebody to follow, among five times as many contacts."""
    now = timezone.now()
    _people(size.persons, now)
    make_usual_journeys()
    Journey.objects.update(on_since=now - timedelta(days=400))
    settle_down()
    before = _peak()
    seconds, planned = _planned(now)
    grown = _peak() - before
    again_seconds, again = _planned(now)
    limit = sorted(_inserted() for _ in range(size.rounds))[size.rounds // 2]
    yield Row(
        name="plan-follow-ups", unit="s", figure=seconds, limit=limit, most_figure=MOST_SECONDS,
        limit_is="INSERT … SELECT of the same rows into an empty table with the same indexes, no foreign keys",
        checks={
            f"{planned} of {size.persons} people are followed up": planned == size.persons,
            "planned again, nobody is written down twice": again == 0,
            f"the client grew by {grown:.0f} MB, at most {MOST_GROWTH}": grown <= MOST_GROWTH,
        },
        details={
            "persons": size.persons, "touchpoints": size.persons * TOUCHES, "planned": planned,
            "seconds": round(seconds, 2), "again_seconds": round(again_seconds, 2), "limit_seconds": round(limit, 2),
            "grown_mb": round(grown, 1), "peak_mb": round(_peak(), 1),
        },
    )  # fmt: skip


def _planned(now: Any) -> tuple[float, int]:
    began = time.perf_counter()
    planned = plan_follow_ups(now=now)
    return time.perf_counter() - began, planned


def _peak() -> float:
    """The most memory that this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES


def _people(persons: int, now: Any) -> None:
    """So many people, each with five contacts: one sale ten to twelve days ago, the others long before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO omni_sync_person (name) SELECT 'Person ' || n FROM generate_series(1, %s) n", [persons]
        )
        cursor.execute(_TOUCHES, {"now": now, "touches": TOUCHES})


def _inserted() -> float:
    """Seconds to write the follow-ups there are once more, into a table that nothing refers to."""
    own, copy = FollowUp._meta.db_table, "copy_of_follow_ups"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {copy} (LIKE {own} INCLUDING ALL)")
        began = time.perf_counter()
        cursor.execute(f"INSERT INTO {copy} SELECT * FROM {own}")
        seconds = time.perf_counter() - began
        cursor.execute(f"DROP TABLE {copy}")
    return seconds


_TOUCHES: Final = """
INSERT INTO omni_sync_touchpoint (person_id, channel, kind, at, key, data)
SELECT p.id, 'till', k.kind,
       CASE WHEN t.n = 0 THEN %(now)s - interval '10 days 1 minute' - random() * interval '47 hours'
            ELSE %(now)s - (30 + 300 * random()) * interval '1 day' END,
       k.kind || ':' || p.id * %(touches)s + t.n, jsonb '{}'
  FROM omni_sync_person p
 CROSS JOIN generate_series(0, %(touches)s - 1) AS t (n)
 CROSS JOIN LATERAL (SELECT (ARRAY['sale', 'scan', 'sale', 'order', 'pickup'])[t.n + 1] AS kind) k
"""
