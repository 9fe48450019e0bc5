"""Who is compared with whom: the same humans hear nothing, or get the same version, always."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.db.models.functions import Coalesce

from omni_sync.messages.journeys.models import FollowUp, Step

GROUPS: Final = 100
#: In ``said``: how many messages of late they heard nothing of.
SPARED: Final = "spared"
#: A journey, and the root of a human.
Place = tuple[int, int]


def is_held_out(journey_id: int, root: int, percent: int) -> bool:
    """Whether this human is in the group of this journey that hears nothing: always the same ones."""
    return _number(f"{journey_id}:{root}") % GROUPS < percent


def version_of(step: Step, root: int) -> str:
    """Which version of the step, as it is now, this human gets: while there are two, always the same."""
    return "a" if step.variants == 1 else "ab"[_number(f"{step.journey_id}:{root}:version") % 2]


def spared_of(held_out: Collection[Place], *, since: datetime) -> Counter[Place]:
    """How many messages each of these would have had of the journey since then, did they hear anything: one query."""
    if not held_out:
        return Counter()
    journeys, roots = ({place[n] for place in held_out} for n in (0, 1))
    theirs = Q(person__in=roots) | Q(person__merged_into__in=roots)
    rows = FollowUp.objects.filter(theirs, journey__in=journeys, why=FollowUp.Why.HELD_OUT, decided_at__gt=since)
    places = rows.annotate(root=Coalesce("person__merged_into", "person")).values_list("journey", "root")
    return Counter((journey, root) for journey, root in places)


def _number(of: str) -> int:
    return int.from_bytes(hashlib.sha256(of.encode()).digest()[:4])
