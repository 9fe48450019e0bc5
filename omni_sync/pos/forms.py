from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omni_sync.oscar.models import Partner
from omni_sync.pos.compare import KINDS
from omni_sync.pos.models import Connection, InboxEvent

State = InboxEvent.State
ATTENTION: Final = "attention"
EVERYTHING: Final = "all"
STATES: Final = [(ATTENTION, _("Needs an answer")), (EVERYTHING, _("Everything")), *State.choices]


class InboxFilter(forms.Form):
    """Which events to show; without a choice those that need an answer."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    connection = forms.ModelChoiceField(
        Connection.objects.only("name").order_by("name"), label=_("Connection"), required=False, empty_label=_("Any")
    )
    store = forms.ModelChoiceField(
        Partner.objects.only("name").order_by("name"), label=_("Store"), required=False, empty_label=_("Any")
    )
    type = forms.ChoiceField(label=_("What"), choices=[("", _("Any")), *KINDS.items()], required=False)

    def condition(self) -> Q:
        """What the events must be; a choice that makes no sense asks for nothing."""
        chosen: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        state = chosen.get("state") or ATTENTION
        condition = Q(**{name: value for name in ("connection", "store", "type") if (value := chosen.get(name))})
        if state == ATTENTION:
            return condition & Q(state__in=[State.CONFLICT, State.FAILED])
        return condition if state == EVERYTHING else condition & Q(state=state)
