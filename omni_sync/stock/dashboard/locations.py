"""Every place that has stock, and what is special about it."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, Final
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, UpdateView

from omni_sync.money.exponents import is_supported
from omni_sync.oscar.models import Partner
from omni_sync.oscar.navigation import BackOffice
from omni_sync.stock.models import Location

PAGE: Final = 50


class Locations(BackOffice, ListView):  # type: ignore[type-arg]
    """Every place that has stock, and what we keep of it beside Oscar."""

    template_name = "omni_sync/dashboard/locations.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[Any]:
        places: QuerySet[Any] = Partner.objects.select_related("location").order_by("name", "pk")
        return places

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        online = Location.objects.filter(sells_online=True).exists()
        return {**super().get_context_data(**kwargs), "somewhere_online": online}


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """Every time zone this machine knows."""
    return tuple((name, name.replace("_", " ")) for name in sorted(available_timezones()))


class LocationForm(ModelForm):  # type: ignore[type-arg]
    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    currency = forms.CharField(
        label=_("Currency"), max_length=3, help_text=_("Three letters, such as IDR: what the tills there sell in.")
    )

    class Meta:
        model = Location
        fields = ("timezone", "currency", "safety", "sells_online")
        help_texts: ClassVar = {
            "safety": _("So many of everything there are never promised to anybody on the web."),
            "sells_online": _("Web orders are promised and sent from here."),
        }

    def clean_currency(self) -> str:
        """The code in capitals, if it is a currency that we can count in."""
        code = str(self.cleaned_data["currency"]).strip().upper()
        if not is_supported(code):
            raise forms.ValidationError(_("This is not a currency with none or two decimals."))
        return code


class EditLocation(BackOffice, UpdateView):  # type: ignore[type-arg]
    """One place. A partner without a location gets one when it is saved."""

    form_class = LocationForm
    template_name = "omni_sync/dashboard/location.html"
    success_url = reverse_lazy("lintas:locations")

    def get_object(self, queryset: Any = None) -> Location:
        self.partner = get_object_or_404(Partner.objects.select_related("location"), pk=self.kwargs["pk"])
        location: Location | None = getattr(self.partner, "location", None)
        return location or Location(partner=self.partner)

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer = super().form_valid(form)
        messages.success(self.request, _("Saved."))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "partner": self.partner}
