"""The journeys, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.generic import TemplateView

from omni_sync.messages.exceptions import Stale
from omni_sync.messages.journeys.edit import edit_journey
from omni_sync.messages.journeys.models import Journey, Step
from omni_sync.messages.journeys.office.doors import MAY_CHANGE, JourneyOffice
from omni_sync.messages.journeys.office.figures import Figures, figures_of
from omni_sync.messages.journeys.office.forms import JourneyForm, StepForm
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.models import Channel, Purpose
from omni_sync.messages.wording.models import Wording
from omni_sync.oscar.models import Voucher

WRONG: Final = 422
STALE: Final = 409
MOST_OFFERS: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A journey as the list shows it."""

    journey: Journey
    title: str
    is_known: bool
    is_marketing: bool
    figures: Figures
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where words may stand: ``state`` is whose words go out."""

    channel: str
    label: str
    variant: str
    state: str


class Journeys(JourneyOffice, TemplateView):
    """All of them, those that are on first."""

    template_name = "omni_sync/dashboard/journeys.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        journeys = list(Journey.objects.order_by("-is_on", "name").prefetch_related("steps"))
        figures = figures_of([one.pk for one in journeys], timezone.now())
        return {**super().get_context_data(**kwargs), "rows": [_row(one, figures[one.pk]) for one in journeys]}


class JourneyPage(JourneyOffice, TemplateView):
    """One of them: on or off, who hears nothing, and its steps."""

    template_name = "omni_sync/dashboard/journey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        journey = _journey(self.kwargs["pk"])
        steps = list(journey.steps.order_by("number"))
        offers = _offers()
        initial = {"is_on": journey.is_on, "hold_out": journey.hold_out, "revision": journey.revision}
        usual = {
            "journey": journey,
            "row": _row(journey, figures_of([journey.pk], timezone.now())[journey.pk]),
            "form": JourneyForm(initial=initial),
            "forms": [StepForm(step=step, offers=offers) for step in steps],
            "slots": _slots(steps),
        }
        return {**super().get_context_data(**kwargs), **usual, **kwargs}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let it be as it is asked for; what was typed is never lost."""
        self.need(MAY_CHANGE)
        journey = _journey(pk)
        offers = _offers()
        form = JourneyForm(request.POST)
        forms = [StepForm(request.POST, step=step, offers=offers) for step in journey.steps.order_by("number")]
        if not all([form.is_valid(), *(one.is_valid() for one in forms)]):
            return self.render_to_response(self.get_context_data(form=form, forms=forms), status=WRONG)
        try:
            edit_journey(
                journey_id=journey.pk,
                **form.cleaned_data,
                steps=[one.wanted() for one in forms],
                by=request.user,
            )
        except Stale as stale:
            form.data = {**form.data.dict(), "revision": str(stale.revision)}  # type: ignore[attr-defined]
            facts = {"form": form, "forms": forms, "is_stale": True}
            return self.render_to_response(self.get_context_data(**facts), status=STALE)
        messages.success(request, gettext("Saved."))
        return redirect("lintas-journeys:journey", pk=pk)


def _journey(pk: int) -> Journey:
    return get_object_or_404(Journey.objects.select_related("changed_by"), pk=pk)


def _row(journey: Journey, figures: Figures) -> Row:
    trigger = TRIGGERS.get(journey.trigger)
    is_marketing = trigger is None or trigger.purpose == Purpose.MARKETING
    return Row(journey, journey.title, trigger is not None, is_marketing, figures, list(journey.steps.all()))


def _offers() -> list[tuple[Any, str]]:
    """The newest vouchers that are not over."""
    vouchers = Voucher.objects.filter(end_datetime__gt=timezone.now()).order_by("-pk")
    return [(pk, f"{name} ({code})") for pk, name, code in vouchers.values_list("pk", "name", "code")[:MOST_OFFERS]]


def _slots(steps: list[Step]) -> dict[int, list[Slot]]:
    """By step, in the order of its channels; one query."""
    state: dict[tuple[int, str, str], str] = {}
    for one in Wording.objects.filter(step__in=steps).select_related("live").order_by("pk"):
        place = (one.step_id, one.channel, one.variant)
        said = "live" if one.is_live else "changed" if one.live_id else "draft"
        state[place] = said if state.get(place, said) == said else "changed"
    return {
        step.number: [
            Slot(name, str(Channel(name).label), variant, state.get((step.pk, name, variant), ""))
            for name in step.channels
            for variant in "ab"[: step.variants]
        ]
        for step in steps
    }
