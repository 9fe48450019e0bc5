"""Who works in the reader's stores: their roles, their PINs, who is paused, and what happened."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView

from instore.staff.assign import assign, hire, leave, unassign
from instore.staff.models import Assignment, Associate, StaffEvent
from instore.staff.office.devices import OF_DEVICES
from instore.staff.office.forms import AssignForm, HireForm, NamesForm, PinForm
from instore.staff.office.offices import StaffOffice, number_of
from instore.staff.set_pin import set_pin

PAGE: Final = 50
OF_PEOPLE: Final = [kind for kind in StaffEvent.Kind if kind not in OF_DEVICES]
ROLES: Final = Prefetch("assignments", Assignment.objects.select_related("store__partner").order_by("store_id"))


class Associates(StaffOffice, ListView):  # type: ignore[type-arg]
    """Everybody, by name; who is paused says so."""

    template_name = "instore/dashboard/associates.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[Associate]:
        return self.associates.prefetch_related(ROLES).order_by("display_name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        events = self.events(kind__in=OF_PEOPLE)
        return {**super().get_context_data(**kwargs), "events": events, "now": timezone.now()}


class Hire(StaffOffice, FormView):  # type: ignore[type-arg]
    """Somebody new."""

    template_name = "instore/dashboard/hire.html"
    form_class = HireForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "stores": self.stores}

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: Any) -> HttpResponse:
        associate = hire(**form.cleaned_data, by=self.reader)
        messages.success(self.request, _("Now set a PIN together."))
        return redirect("lintas-staff:associate", pk=associate.pk)


class AssociatePage(StaffOffice, DetailView):  # type: ignore[type-arg]
    """One associate: names, stores, PIN, and what happened."""

    template_name = "instore/dashboard/associate.html"
    context_object_name = "associate"

    def get_queryset(self) -> QuerySet[Associate]:
        return self.associates.prefetch_related(ROLES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = {
            "names_form": NamesForm(instance=self.object),
            "assign_form": AssignForm(stores=self.stores),
            "pin_form": PinForm(),
        }
        facts = {"events": self.events(associate=self.object), "now": timezone.now()}
        return {**forms, **facts, **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says."""
        self.object = get_object_or_404(self.get_queryset(), pk=pk)
        actions = {"names": self._names, "assign": self._assign, "unassign": self._unassign, "pin": self._pin}
        actions["leave"] = self._leave
        action = actions.get(request.POST.get("action", ""))
        answer = action() if action else None
        return answer or redirect("lintas-staff:associate", pk=pk)

    def _names(self) -> HttpResponse | None:
        form = NamesForm(self.request.POST, instance=self.object)
        if not form.is_valid():
            return self._wrong(names_form=form)
        form.save()
        self._say(True, _("Saved."))
        return None

    def _assign(self) -> HttpResponse | None:
        form = AssignForm(self.request.POST, stores=self.stores)
        if not form.is_valid():
            return self._wrong(assign_form=form)
        assign(associate=self.object, **form.cleaned_data, by=self.reader)
        self._say(True, _("Saved."))
        return None

    def _unassign(self) -> HttpResponse | None:
        store = get_object_or_404(self.stores, pk=number_of(self.request.POST.get("store", "")))
        done = unassign(associate=self.object, store=store, by=self.reader)
        self._say(done, _("They work there no longer."))
        return None if self.get_queryset().filter(pk=self.object.pk).exists() else redirect("lintas-staff:associates")

    def _pin(self) -> HttpResponse | None:
        form = PinForm(self.request.POST)
        if not form.is_valid():
            return self._wrong(pin_form=form)
        set_pin(associate=self.object, pin=form.cleaned_data["pin"], by=self.reader)
        self._say(True, _("The PIN is set. Where they were signed in, the tablet asks for it."))
        return None

    def _leave(self) -> HttpResponse:
        self._say(leave(associate=self.object, by=self.reader), _("No tablet lets them in any more."))
        return redirect("lintas-staff:associates")

    def _wrong(self, **forms: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**forms), status=422)

    def _say(self, done: bool, words: str) -> None:
        if done:
            messages.success(self.request, words)
        else:
            messages.info(self.request, _("Nothing has changed: it is so already."))
