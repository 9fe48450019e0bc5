"""What the pages about devices and associates have in common: the stores of their reader."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.decorators import method_decorator

from instore.staff.models import Assignment, Associate, StaffEvent
from instore.stores.models import Store
from omni_sync.oscar.navigation import StoreOffice

EVENTS: Final = 20
LONGEST_KEY: Final = 18  # digits, so that it is a bigint


class StaffOffice(StoreOffice):
    """A page about who and what works in the reader's stores."""

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        """A change is durable when the page comes back."""
        return super().dispatch(*args, **kwargs)

    @property
    def stores(self) -> QuerySet[Store]:
        """The stores that the reader may see."""
        mine = Store.objects.filter(partner__in=self.places)
        return mine.select_related("partner").order_by("partner__name", "pk")

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
