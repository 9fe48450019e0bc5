"""How many pickups a store prepares, and how fast."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import UpdateView

from instore.stores.models import Store
from omni_sync.oscar.navigation import StoreOffice


class SlotsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Store
        fields = ("lead_minutes", "slot_minutes", "pickup_capacity")
        help_texts: ClassVar = {
            "lead_minutes": _("Of time in which the shop is open: nobody is promised their goods sooner."),
            "slot_minutes": _("Shoppers choose one of these stretches of your opening hours."),
            "pickup_capacity": _("A stretch with so many is full. Empty: as many as are asked for. 0: none."),
        }


class EditSlots(StoreOffice, UpdateView):  # type: ignore[type-arg]
    """One of the reader's stores. What was promised before stays promised."""

    form_class = SlotsForm
    template_name = "instore/dashboard/slots.html"
    success_url = reverse_lazy("lintas-pickups:figures")

    def get_queryset(self) -> QuerySet[Store]:
        return Store.objects.filter(partner__in=self.places).select_related("partner")

    def form_valid(self, form: Any) -> HttpResponse:
        form.instance.save(update_fields=form.Meta.fields)
        messages.success(self.request, _("Saved."))
        return HttpResponseRedirect(self.get_success_url())
