"""Who looked at customers' data in the reader's stores and sold them nothing within the day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.views.generic import ListView

from instore.customers.models import LookUp
from instore.staff.office.offices import StaffOffice
from omni_sync.sales.models import Sale

PAGE: Final = 50
WEEK: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)


class LookUpsWithoutSale(StaffOffice, ListView):  # type: ignore[type-arg]
    """The last seven days, the newest first; the look-ups of the last day may still become a sale."""

    template_name = "instore/dashboard/look_ups.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[LookUp]:
        rows = without_sale(self._mine()).select_related("store__partner__location", "device")
        return rows.order_by("-at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = self._mine().order_by().values("who").annotate(all=Count("pk")).order_by("-all", "who")[:PAGE]
        return {
            **super().get_context_data(**kwargs),
            "stores": self.stores,
            "store": self.asked_for,
            "counted": counted,
            "fresh": timezone.now() - DAY,
        }

    def _mine(self) -> QuerySet[LookUp]:
        store = self.asked_for
        rows = LookUp.objects.filter(store__in=[store] if store else self.stores)
        return rows.filter(at__gt=timezone.now() - WEEK)


def without_sale(rows: QuerySet[LookUp]) -> QuerySet[LookUp]:
    """Those after which nothing was sold to the same human at the same store within a day."""
    human = Coalesce(OuterRef("person__merged_into"), OuterRef("person"))
    theirs = Q(person=human) | Q(person__merged_into=human)
    sold = Sale.objects.filter(theirs, store=OuterRef("store__partner"), voided_at=None)
    within = sold.filter(occurred_at__gte=OuterRef("at"), occurred_at__lt=OuterRef("at") + DAY)
    return rows.filter(~Exists(within))
