from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.models import Channel, Message


def any_or(choices: Any) -> list[tuple[str, Any]]:
    """These, after the one that chooses none."""
    return [("", _("all")), *choices]


class _Filter(forms.Form):
    def condition(self) -> Q:
        """What rows must be; what is not understood is as if it were not said."""
        self.is_valid()
        return Q(**{self.where[name]: value for name, value in self.cleaned_data.items() if value})

    where: dict[str, str]


class MessageFilter(_Filter):
    """By channel, by state, and by the journey they belong to."""

    where = {"channel": "channel", "state": "state", "journey": "follow_up__journey"}
    channel = forms.ChoiceField(label=_("Channel"), choices=any_or(Channel.choices), required=False)
    state = forms.ChoiceField(label=_("State"), choices=any_or(Message.State.choices), required=False)
    journey = forms.ModelChoiceField(
        label=_("Journey"), queryset=Journey.objects.order_by("name"), empty_label=_("all"), required=False
    )


class FollowUpFilter(_Filter):
    """By journey, by what became of them, and why."""

    where = {"journey": "journey", "state": "state", "why": "why"}
    journey = forms.ModelChoiceField(
        label=_("Journey"), queryset=Journey.objects.order_by("name"), empty_label=_("all"), required=False
    )
    state = forms.ChoiceField(label=_("State"), choices=any_or(FollowUp.State.choices), required=False)
    why = forms.ChoiceField(label=_("Why not"), choices=any_or(FollowUp.Why.choices), required=False)
