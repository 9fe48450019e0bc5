"""A shop that ran before us brings its stock along: Oscar's numbers become opening counts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from omni_sync.oscar.models import Partner, StockRecord
from omni_sync.stock.levels import open_levels, project
from omni_sync.stock.models import Location, Movement
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting
from omni_sync.transactions import inside_transaction

BATCH = 1000


def adopt() -> int:
    """Give every partner a location and every stock record a ledger; how many records got one. Safe to repeat."""
    missing = Partner.objects.filter(location=None).order_by("pk")
    Location.objects.bulk_create([Location(partner=partner) for partner in missing], ignore_conflicts=True)
    total = 0
    while ids := list(StockRecord.objects.filter(level=None).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            total += open_ledger(ids)
    return total


@inside_transaction
def open_ledger(record_ids: Sequence[int]) -> int:
    """Open levels where there are none, each beginning with a count of what Oscar had left; how many were opened.

    What Oscar had allocated is taken as gone: most shops never consumed it, and counting it would sell it twice.
    """
    opened = open_levels(record_ids)
    left = Greatest(F("num_in_stock") - Coalesce(F("num_allocated"), 0), 0)
    said = StockRecord.objects.filter(pk__in=opened, num_in_stock__isnull=False).values_list("pk", left)
    now = timezone.now()
    post(
        postings=[
            Posting(pk, Movement.Kind.COUNTED, quantity, now, "oscar", f"opening/{pk}", "1", event_id=f"opening/{pk}")
            for pk, quantity in said
        ]
    )
    project(opened)
    return len(opened)
