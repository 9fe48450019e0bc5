"""What is forgotten and told with a person: who looked at what was theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from instore.customers.models import LookUp
from omni_sync.people.signals import person_erased, person_exported


@receiver(person_erased, dispatch_uid="lintas.customers.erased")
def forget_whom(sender: Any, person_ids: Sequence[int], **_: Any) -> None:
    """That somebody looked stays on the manager's list; at whom does not, and nothing is open any more."""
    LookUp.objects.filter(person__in=person_ids).update(person=None, basket=None)


@receiver(person_exported, dispatch_uid="lintas.customers.exported")
def tell_who_looked(sender: Any, person_ids: Sequence[int], add: Any, **_: Any) -> None:
    """Who looked, where, when and why."""
    rows = LookUp.objects.filter(person__in=person_ids).select_related("store__partner").order_by("at")
    add(
        "look_ups",
        [
            {"at": row.at.isoformat(), "who": row.who, "store": str(row.store), "why": row.get_why_display()}
            for row in rows
        ],
    )
