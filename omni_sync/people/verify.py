"""Somebody proved that an identifier is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from omni_sync.people.models import Identifier
from omni_sync.people.resolve import resolve
from omni_sync.transactions import inside_transaction


@inside_transaction
def verify(*, identifier_ids: Sequence[int], proof: Identifier.Proof, at: datetime | None = None) -> int:
    """Note when and how these were proved, and see who is one human by that; how many were not proved before.

    The first proof stays.
    """
    unproved = Identifier.objects.filter(pk__in=identifier_ids, verified_at=None)
    rows = dict(unproved.select_for_update(no_key=True).order_by("pk").values_list("pk", "person_id"))
    Identifier.objects.filter(pk__in=rows).update(verified_at=at or timezone.now(), proof=proof)
    resolve(person_ids=sorted(set(rows.values())))
    return len(rows)
