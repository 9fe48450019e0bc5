"""What the pages about devices and associates have in common: the stores of their reader."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q, QuerySet

from instore.staff.models import Assignment, Associate, StaffEvent
from instore.stores.office import OwnStores

EVENTS: Final = 20
LONGEST_KEY: Final = 18  # digits, so that it is a bigint


class StaffOffice(OwnStores):
    """A page about who and what works in the reader's stores."""

    @property
    def associates(self) -> QuerySet[Associate]:
        """Who still works: all for staff; for a partner's people who works in their stores and nowhere else."""
        working = Associate.objects.working().defer("pin")
        if self.reader.is_staff:
            return working
        elsewhere = Assignment.objects.exclude(store__partner__in=self.places)
        mine = Assignment.objects.filter(store__partner__in=self.places)
        return working.filter(pk__in=mine.values("associate")).exclude(pk__in=elsewhere.values("associate"))

    def events(self, **which: Any) -> QuerySet[StaffEvent]:
        """The latest of what happened there; staff see also what happened nowhere, such as an unknown code."""
        seen = Q(store__partner__in=self.places)
        if self.reader.is_staff:
            seen |= Q(store=None)
        events = StaffEvent.objects.filter(seen, **which).select_related("store__partner", "by")
        return events[:EVENTS]


def number_of(text: str) -> int:
    """The number that a button carries; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else 0
