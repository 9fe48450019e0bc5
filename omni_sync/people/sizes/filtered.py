"""The sizes that a member narrows the shelves down to: each once a day, for a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from omni_sync.people.sizes.models import FilteredSize
from omni_sync.people.sizes.wearer import is_withdrawn, wearer_of
from omni_sync.people.sizes.wearing import Evidence, Why
from omni_sync.transactions import inside_transaction

KEPT: Final = timedelta(days=365)


@inside_transaction
def note_filtered(*, user_id: int, sizes: Iterable[tuple[str, str]]) -> None:
    """Today this member looked for goods in these sizes, each with its system first. Said again, it has no effect.

    Nothing is noted of whoever took back that they may be known.
    """
    if is_withdrawn(wearer_of(Q(user=user_id))):
        return
    today = timezone.now().date()
    FilteredSize.objects.bulk_create(
        [
            FilteredSize(user_id=user_id, size_system=system, size=size, day=today)
            for system, size in sorted(set(sizes))
        ],
        ignore_conflicts=True,
    )


def filtered_sizes(*, user_ids: Sequence[int]) -> Iterator[Evidence]:
    """What these accounts looked for, a telling for each day: one query."""
    for row in FilteredSize.objects.filter(user__in=user_ids):
        at = datetime.combine(row.day, time(), UTC)
        yield Evidence(Why.FILTERED, row.size_system, row.size, at, row.day.isoformat())


@inside_transaction
def forget_filtered() -> int:
    """Forget what was looked for more than a year ago; how many."""
    count, _ = FilteredSize.objects.filter(day__lt=timezone.now().date() - KEPT).delete()
    return count
