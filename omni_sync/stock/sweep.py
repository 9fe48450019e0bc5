"""Promises whose time is over go back to the shelf."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from omni_sync.stock.models import Hold
from omni_sync.stock.release import end_holds

BATCH = 500


def sweep_holds() -> int:
    """End overdue promises, oldest first, in batches that each commit; how many ended.

    Promises to an order or a pickup are ended by whoever runs that order: only a basket's promise runs out by itself.
    """
    total = 0
    while True:
        with transaction.atomic(durable=True):
            now = timezone.now()
            overdue = Hold.objects.overdue(now).filter(holder_kind=Hold.BASKET).order_by("until")
            ids = list(overdue.values_list("pk", flat=True)[:BATCH])
            if not ids:
                return total
            total += end_holds(ids=ids, reason=Hold.Reason.EXPIRED, overdue_at=now)
