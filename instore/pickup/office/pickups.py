"""How pickups go in the reader's stores, and the pickups behind each figure."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import ListView

from instore.pickup.figures import KINDS, WAITING, Figures, figures, week_of
from instore.pickup.models import Pickup
from instore.stores.models import Store
from omni_sync.oscar.navigation import StoreOffice

STORES: Final = 20
PAGE: Final = 50


class PickupOffice(StoreOffice, ListView):  # type: ignore[type-arg]
    """A page about the pickups of the reader's stores."""

    @property
    def stores(self) -> QuerySet[Store]:
        """The stores that the reader may see."""
        mine = Store.objects.filter(partner__in=self.places)
        return mine.select_related("partner").order_by("partner__name", "pk")


class PickupFigures(PickupOffice):
    """Each store: what waits now, what is late, and its latest weeks."""

    template_name = "instore/dashboard/pickup_figures.html"
    paginate_by = STORES

    def get_queryset(self) -> QuerySet[Store]:
        return self.stores

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = super().get_context_data(**kwargs)
        shown = list(facts["object_list"])
        found = figures([store.pk for store in shown])
        rows = [(store, found.get(store.pk) or Figures()) for store in shown]
        return {**facts, "rows": rows, "states": WAITING, "is_empty": all(each.is_empty for _, each in rows)}


class PickupList(PickupOffice):
    """The pickups that one figure counts: ``what`` of a ``store``, in the ``week`` of a Monday."""

    template_name = "instore/dashboard/pickup_list.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[Pickup]:
        rows = Pickup.objects.filter(store__in=self.stores).annotate(week=week_of())
        if self.what:
            rows = rows.filter(KINDS[self.what][1])
        if self.store:
            rows = rows.filter(store=self.store)
        if self.week:
            rows = rows.filter(week=self.week)
        shown = rows.select_related("order", "store__partner__location").defer("code", "code_hash", "token_hash")
        return shown.order_by(F("promised_at").desc(nulls_last=True), "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = {"what": self.what, "store": self.store, "week": self.week}
        title = KINDS[self.what][0] if self.what else ""
        return {**super().get_context_data(**kwargs), "asked": asked, "title": title}

    @property
    def what(self) -> str:
        """The figure; empty for every pickup."""
        what = self.request.GET.get("what", "")
        if what and what not in KINDS:
            raise Http404
        return what

    @cached_property
    def store(self) -> Store | None:
        """The one store; None for all of the reader's."""
        code = self.request.GET.get("store", "")
        if not code:
            return None
        found = self.stores.filter(partner__code=code).first() if "\x00" not in code else None
        if found is None:
            raise Http404
        return found

    @property
    def week(self) -> date | None:
        """Its Monday; None for all weeks."""
        said = self.request.GET.get("week", "")
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            raise Http404 from None
