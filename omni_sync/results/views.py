"""What a journey brought, and the tests that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from omni_sync.messages.comparing.begin import begin, break_off, latest
from omni_sync.messages.comparing.exceptions import NothingToCompare, SameWords
from omni_sync.messages.comparing.groups import HELD_OUT
from omni_sync.messages.comparing.models import Comparison
from omni_sync.messages.journeys.models import Journey, Step
from omni_sync.messages.journeys.office.doors import MAY_CHANGE, JourneyOffice
from omni_sync.messages.journeys.office.views import WRONG
from omni_sync.results.judge import Judged, judged
from omni_sync.results.read import Group
from omni_sync.results.words import in_words

#: Without a test the page looks so far back.
LATELY: Final = timedelta(days=90)
#: A test goes on for so long at least: weekdays differ.
SHORTEST: Final = timedelta(days=7)
LONGEST: Final = timedelta(days=366)


class BeginForm(forms.Form):
    """How long a test goes on: one of both ways, said now."""

    how = forms.ChoiceField(choices=(("size", _("so many persons")), ("date", _("a date"))))
    base = forms.DecimalField(min_value=Decimal("0.1"), max_value=Decimal(90), decimal_places=1, required=False)
    effect = forms.IntegerField(min_value=1, max_value=500, required=False)
    ends = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        """What is needed the chosen way, and nothing of the other."""
        said: dict[str, Any] = super().clean() or {}
        for name in ("ends",) if said.get("how") == "size" else ("base", "effect"):
            self.errors.pop(name, None)
        if said.get("how") != "size":
            return {"ends_at": self._end(said.get("ends"))}
        asked = {"base": gettext("Say how many buy anyhow."), "effect": gettext("Say what change is worth knowing.")}
        for name, words in asked.items():
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, words)
        return {name: said.get(name) for name in asked}

    def _end(self, day: Any) -> datetime:
        now = timezone.now()
        ends = timezone.make_aware(datetime.combine(day, datetime.min.time())) if day else now
        if not SHORTEST <= ends - now <= LONGEST and "ends" not in self.errors:
            self.add_error("ends", gettext("Choose a day at least a week and at most a year from now."))
        return ends


@dataclass(frozen=True, slots=True)
class Result:
    """One step as the page shows it."""

    step: Step
    judged: Judged
    groups: list[tuple[str, Group]]
    said: list[dict[str, str]]
    is_running: bool
    can_begin: bool
    form: BeginForm


class Results(JourneyOffice, TemplateView):
    """Of each step: its groups, what is known, and its test."""

    template_name = "omni_sync/dashboard/results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        journey = get_object_or_404(Journey, pk=self.kwargs["pk"])
        now = timezone.now()
        steps = journey.steps.select_related("journey").order_by("number")
        begun = kwargs.pop("begun", {})
        results = [_result(step, now, begun.get(step.number) or _begin_form(step.number)) for step in steps]
        facts = {"journey": journey, "title": journey.title, "results": results, "refused": next(iter(begun), None)}
        return {**super().get_context_data(**kwargs), **facts}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin a test of a step, or break it off."""
        self.need(MAY_CHANGE)
        number = request.POST.get("step", "")
        step = get_object_or_404(Step, journey=pk, number=int(number) if number.isascii() and number.isdigit() else 0)
        if request.POST.get("do") == "stop":
            with transaction.atomic():
                break_off(step_id=step.pk, why=Comparison.Why.STOPPED)
            return redirect(request.path)
        form = _begin_form(step.number, request.POST)
        if form.is_valid():
            try:
                begin(step=step, by=request.user, **form.cleaned_data)
            except NothingToCompare as refusal:
                form.add_error(None, _why_not(refusal))
            else:
                messages.success(request, gettext("The test has begun. Its end is settled."))
                return redirect(request.path)
        return self.render_to_response(self.get_context_data(begun={step.number: form}), status=WRONG)


def _begin_form(number: int, typed: Any = None) -> BeginForm:
    """Of one step: the page has a form for each."""
    usual = {"how": "size", "base": "5.0", "effect": "30"}
    return BeginForm(typed, auto_id=f"%s{number}", initial=usual)


def _why_not(refusal: NothingToCompare) -> str:
    if isinstance(refusal, SameWords):
        return gettext(
            "Versions A and B say the same, word for word: a test would find nothing. Write other words for one of "
            "them and put them live, or let the step have one version."
        )
    return gettext("There is nothing to compare: the journey needs two versions or a hold-out.")


def _result(step: Step, now: datetime, form: BeginForm) -> Result:
    last = latest(step.pk)
    found = judged(step=step, comparison=last, since=now - LATELY, now=now)
    names = {"a": gettext("Version A"), "b": gettext("Version B"), HELD_OUT: gettext("Heard nothing, to compare")}
    if "b" not in found.groups:
        names["a"] = gettext("Got the message")
    groups = [(name, found.groups[key]) for key, name in names.items() if key in found.groups]
    is_running = last is not None and last.broken_off_at is None and found.full is None
    can_begin = step.journey.is_on and (step.journey.hold_out > 0 or step.variants > 1)
    said = [in_words(one, found) for one in found.questions]
    return Result(step, found, groups, said, is_running, can_begin, form)
