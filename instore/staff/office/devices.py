"""The fleet of the reader's stores: where each device stands, when it was seen, how one comes and how one goes."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import ListView, UpdateView

from instore.devices.codes import spaced
from instore.devices.invite import invite
from instore.devices.models import Device
from instore.devices.revoke import revoke
from instore.staff.models import StaffEvent
from instore.staff.office.forms import DeviceForm, InviteForm
from instore.staff.office.offices import StaffOffice, number_of

PAGE: Final = 50
Kind = StaffEvent.Kind
OF_DEVICES: Final = (Kind.CODE_MADE, Kind.ENROLLED, Kind.NOT_ENROLLED, Kind.REVOKED)


class Devices(StaffOffice, ListView):  # type: ignore[type-arg]
    """Enrolled devices first, each store's together."""

    template_name = "instore/dashboard/devices.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[Device]:
        mine = Device.objects.filter(store__partner__in=self.places).select_related("store__partner", "enrolled_by")
        return mine.order_by(F("revoked_at").desc(nulls_first=True), "store__partner__name", "name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = super().get_context_data(**kwargs)
        facts.setdefault("form", InviteForm(stores=self.stores))
        return {**facts, "events": self.events(kind__in=OF_DEVICES)}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make a code, or revoke a device."""
        if "revoke" in request.POST:
            return self._revoke(number_of(request.POST["revoke"]))
        form = InviteForm(request.POST, stores=self.stores)
        if not form.is_valid():
            self.object_list = self.get_queryset()
            return self.render_to_response(self.get_context_data(form=form), status=422)
        invitation = invite(**form.cleaned_data, by=self.reader)
        facts = {**form.cleaned_data, "code": spaced(invitation.code), "expires_at": invitation.expires_at}
        facts["address"] = request.build_absolute_uri(reverse("staff:enrol"))
        answer = render(request, "instore/dashboard/code.html", facts)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _revoke(self, number: int) -> HttpResponse:
        device = get_object_or_404(self.get_queryset(), pk=number)
        if revoke(device=device, by=self.reader):
            messages.success(self.request, _("“%s” opens nothing any more.") % device.name)
        else:
            messages.info(self.request, _("Nothing has changed: it is so already."))
        return redirect("lintas-staff:devices")


class DevicePage(StaffOffice, UpdateView):  # type: ignore[type-arg]
    """One device: its name, and where it stands."""

    template_name = "instore/dashboard/device.html"
    form_class = DeviceForm
    context_object_name = "device"

    def get_queryset(self) -> QuerySet[Device]:
        return Device.objects.enrolled().filter(store__partner__in=self.places).select_related("store__partner")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        messages.success(self.request, _("“%s” is known like this from now on.") % form.instance.name)
        return redirect("lintas-staff:devices")
