"""A journey and its steps, as a marketer changes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from omni_sync.messages.journeys.edit import Wanted
from omni_sync.messages.journeys.models import Step
from omni_sync.messages.models import Channel

UNITS: Final = (("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days")))
LONGEST: Final = timedelta(days=365)
PLACES: Final = range(1, len(Channel.values) + 1)
VERSIONS: Final = ((1, _("one version")), (2, _("two versions, A and B, to compare")))


class JourneyForm(forms.Form):
    """``revision`` is what its reader saw."""

    is_on = forms.BooleanField(label=_("On"), required=False)
    hold_out = forms.IntegerField(label=_("Hold-out group, percent"), min_value=0, max_value=90)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class StepForm(forms.Form):
    """One step; its channels in the order in which they are tried."""

    amount = forms.IntegerField(label=_("How long after"), min_value=0, max_value=99999)
    unit = forms.ChoiceField(label=_("minutes, hours or days"), choices=UNITS)
    variants = forms.TypedChoiceField(label=_("Versions"), coerce=int, choices=VERSIONS)
    offer = forms.TypedChoiceField(label=_("Offer"), coerce=int, empty_value=None, required=False)

    def __init__(self, typed: Any = None, *, step: Step, offers: list[tuple[Any, str]]) -> None:
        super().__init__(typed, prefix=f"step{step.number}", initial=_initial(step))
        self.step = step
        self.fields["offer"].choices = [("", _("none")), *offers]  # type: ignore[attr-defined]
        for place in PLACES:
            choices = [("", _("no other")), *Channel.choices]
            label = gettext("Channel %(place)s") % {"place": place}
            self.fields[f"channel{place}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def channels(self) -> list[Any]:
        """Its fields for channels."""
        return [self[f"channel{place}"] for place in PLACES]

    def clean(self) -> dict[str, Any]:
        """Some channel, none twice, and not for ever."""
        said: dict[str, Any] = super().clean() or {}
        chosen = [said[f"channel{place}"] for place in PLACES if said.get(f"channel{place}")]
        if not chosen:
            self.add_error("channel1", gettext("Choose how people are reached."))
        if len(set(chosen)) < len(chosen):
            self.add_error("channel1", gettext("Each channel is tried once."))
        if "amount" in said and "unit" in said:
            said["wait"] = timedelta(**{said["unit"]: said["amount"]})
            if said["wait"] > LONGEST:
                self.add_error("amount", gettext("At most a year."))
        return {**said, "channels": tuple(chosen)}

    def wanted(self) -> Wanted:
        """The step as it was asked for."""
        said = self.cleaned_data
        return Wanted(self.step.number, said["wait"], said["channels"], said["variants"], said["offer"])


def _initial(step: Step) -> dict[str, Any]:
    minutes = int(step.wait.total_seconds() // 60)
    unit, size = next(
        (unit, size) for unit, size in (("days", 1440), ("hours", 60), ("minutes", 1)) if minutes % size == 0
    )
    channels = {f"channel{place}": name for place, name in enumerate(step.channels, start=1)}
    return {"amount": minutes // size, "unit": unit, "variants": step.variants, "offer": step.offer_id, **channels}
