"""Where the shelf and the books differ: by count, and by what tills say they have."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from omni_sync.oscar.keyset import key_of
from omni_sync.oscar.navigation import StoreOffice
from omni_sync.pos.drift.counts import LONG, SHORT, differences, drift_of_stores
from omni_sync.pos.drift.models import ReportedLevel
from omni_sync.pos.drift.report import set_aside, take_as_count
from omni_sync.stock.byhand import MovedMeanwhile

PAGE: Final = 50


class Drift(StoreOffice, TemplateView):
    """Sums by store, the counts that differed, and the levels that tills report by themselves."""

    template_name = "omni_sync/dashboard/drift.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stores: list[int] = [place.pk for place in self.places]
        chosen = key_of(self.request.GET.get("store", ""))
        shown = [chosen] if chosen is not None and chosen in stores else stores
        days = SHORT.days if self.request.GET.get("days") == str(SHORT.days) else LONG.days
        number = min(max(key_of(self.request.GET.get("page", "")) or 1, 1), 10_000)
        found = differences(shown, days=days, start=(number - 1) * PAGE, most=PAGE + 1)
        return {
            **super().get_context_data(**kwargs),
            "stores": drift_of_stores(stores),
            "places": self.places,
            "chosen": chosen if chosen in stores else None,
            "days": days,
            "spans": (SHORT.days, LONG.days),
            "rows": found[:PAGE],
            "number": number,
            "has_next": len(found) > PAGE,
            "reported": _reported(shown)[:PAGE],
        }


class Reported(StoreOffice):
    """The answers to one level that a till reports."""

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """An answer is durable when the page comes back."""
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Count it, or leave the books as they are."""
        reported = get_object_or_404(ReportedLevel.objects.select_related("stockrecord"), pk=pk)
        if reported.stockrecord.partner_id not in {place.pk for place in self.places}:
            raise PermissionDenied
        if request.POST.get("answer") == "count":
            self._count(reported)
        elif request.POST.get("answer") == "ignore":
            self._say(set_aside(reported=reported, by=self.reader), _("Put aside. The books stay as they are."))
        return redirect("lintas:drift")

    def _count(self, reported: ReportedLevel) -> None:
        shown = self.request.POST.get("on_hand", "")
        if key_of(shown.removeprefix("-")) is None:
            messages.error(self.request, _("This page does not say which number it showed. Load it again."))
            return
        try:
            counted = take_as_count(reported=reported, on_hand=int(shown), by=self.reader)
        except MovedMeanwhile as refusal:
            text = _("The books say %(n)s by now. Look again before you count.")
            messages.warning(self.request, text % {"n": refusal.on_hand})
        else:
            self._say(counted is not None, _("Counted: %(n)s on hand.") % {"n": counted})

    def _say(self, done: bool, words: str) -> None:
        if done:
            messages.success(self.request, words)
        else:
            messages.info(self.request, _("Somebody has answered this already."))


def _reported(stores: list[int]) -> QuerySet[ReportedLevel]:
    still_open = ReportedLevel.objects.differing().filter(stockrecord__partner__in=stores)
    related = still_open.select_related("connection", "stockrecord__partner", "stockrecord__product__parent")
    return related.select_related("stockrecord__level").defer("connection__secret").order_by("-at", "-pk")
