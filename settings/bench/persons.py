"""``persons``: who of a million customers of tills is one human, next to COPY of what the tills told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from django.db import connection

from omni_sync.people.models import Identifier, Match, Person
from omni_sync.people.resolve import resolve_everyone
from settings.bench.copying import copied
from settings.bench.goods import settle_down
from settings.bench.households import Crowd
from settings.bench.rows import Row, Size

LEAST: Final = 10_000  # persons a second
LINEAR: Final = 0.8  # of the speed at a quarter of the size
LARGE_ENOUGH: Final = 100_000  # persons


def run(size: Size) -> Iterator[Row]:
    """Everybody is resolved from the beginning, first a quarter of them, then all."""
    crowd = Crowd()
    crowd.grow(size.persons // 4)
    quarter = crowd.persons / _resolved()
    _forget()
    crowd.grow(size.persons)
    seconds = _resolved()
    figure = crowd.persons / seconds
    merged, matches = Person.objects.exclude(merged_into=None).count(), Match.objects.count()
    suggested = Match.objects.filter(state=Match.State.SUGGESTED).count()
    again = _resolved()
    copy_seconds = sorted(copied([Identifier._meta.db_table]) for _ in range(size.rounds))[size.rounds // 2]
    linear = figure / quarter
    yield Row(
        name="persons", unit="persons/s", figure=figure, limit=crowd.persons / copy_seconds, least_figure=LEAST,
        limit_is="COPY of their identifiers as tills told them, one connection, same indexes and constraints",
        checks={
            f"{merged} of {crowd.persons} rows are one human with another": merged == crowd.merged > 0,
            "resolved again, nothing changes": Match.objects.count() == matches
            and Person.objects.exclude(merged_into=None).count() == merged,
            **(
                {f"{linear:.2f} of the speed at a quarter of the size": linear >= LINEAR}
                if crowd.persons >= LARGE_ENOUGH
                else {}
            ),
        },
        details={
            "persons": crowd.persons, "identifiers": Identifier.objects.count(), "matches": matches,
            "suggested": suggested, "seconds": round(seconds, 1), "again_seconds": round(again, 1),
            "copy_seconds": round(copy_seconds, 2), "quarter_persons_per_second": round(quarter),
            "linear": round(linear, 3),
        },
    )  # fmt: skip


def _resolved() -> float:
    """Seconds to resolve everybody there is."""
    settle_down()
    began = time.perf_counter()
    resolve_everyone()
    return time.perf_counter() - began


def _forget() -> None:
    """Nobody was ever matched."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE omni_sync_match")
    Person.objects.exclude(merged_into=None).update(merged_into=None)
