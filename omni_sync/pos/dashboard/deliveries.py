"""What came in, byte for byte: every delivery, what was answered, and the events in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView, TemplateView

from omni_sync.oscar.keyset import WINDOW, key_of, newest_first
from omni_sync.oscar.navigation import BackOffice
from omni_sync.pos.compare import kind_of, number_of
from omni_sync.pos.dashboard.bodies import show_body, show_headers, suffix_of
from omni_sync.pos.dashboard.moments import keys_within
from omni_sync.pos.forms import DeliveryFilter
from omni_sync.pos.models import Delivery

#: Who may have the bytes themselves, with what they say of persons.
MAY_DOWNLOAD = "omni_sync.view_delivery"
MOST_EVENTS = 500


class Deliveries(BackOffice, TemplateView):
    """The deliveries, the newest first."""

    template_name = "omni_sync/dashboard/deliveries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = DeliveryFilter({name: value for name, value in self.request.GET.items() if value})
        known = Delivery.objects.filter(form.condition()).select_related("connection").annotate(size=Length("body"))
        first, last = keys_within(Delivery, *form.moments())
        before = min(filter(None, (key_of(self.request.GET.get("before", "")), last)), default=None)
        known = known.defer("body", "headers", "connection__secret")
        page = newest_first(known, before=before, after=first, window=WINDOW)
        page = replace(page, is_first="before" not in self.request.GET)
        return {**super().get_context_data(**kwargs), "form": form, "page": page, "rows": page.rows}


class DeliveryPage(BackOffice, DetailView):  # type: ignore[type-arg]
    """One delivery."""

    template_name = "omni_sync/dashboard/delivery.html"
    context_object_name = "delivery"

    def get_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.select_related("connection").defer("connection__secret")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delivery = self.object
        events = (
            delivery.events.select_related("store__location").defer("payload", "fingerprint").order_by("index", "pk")
        )
        return {
            **super().get_context_data(**kwargs),
            "body": None if delivery.body is None else show_body(bytes(delivery.body)),
            "headers": show_headers(delivery.headers),
            "rows": [{"event": e, "kind": kind_of(e), "number": number_of(e)} for e in events[:MOST_EVENTS]],
            "may_download": self.request.user.has_perm(MAY_DOWNLOAD),
        }


class DeliveryBody(BackOffice):
    """The bytes, to keep: only for who may see of whom they speak."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A file that no browser opens by itself."""
        if not request.user.has_perm(MAY_DOWNLOAD):
            raise PermissionDenied
        delivery = get_object_or_404(Delivery.objects.exclude(body=None), pk=pk)
        body = bytes(delivery.body or b"")
        answer = HttpResponse(body, content_type="application/octet-stream")
        answer.headers["Content-Disposition"] = f'attachment; filename="delivery-{pk}.{suffix_of(body)}"'
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "no-store"
        return answer
