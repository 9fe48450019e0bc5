"""What the tills' pages can be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
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


class Moment(forms.DateTimeField):
    """A date and a time of day, picked; on the project's clock."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)


class Filter(forms.Form):
    """Choices in the address of a page; one that makes no sense asks for nothing."""

    since = Moment(label=_("Came in after"))
    until = Moment(label=_("Came in before"))

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and makes sense."""
        self.is_valid()
        return self.cleaned_data

    def moments(self) -> tuple[datetime | None, datetime | None]:
        """Between when the rows came in."""
        return self.chosen.get("since"), self.chosen.get("until")

    def condition(self) -> Q:
        """What the rows must be."""
        since, until = self.moments()
        bounds = {"received_at__gte": since, "received_at__lt": until}
        return Q(**{name: moment for name, moment in bounds.items() if moment})


def connections() -> forms.ModelChoiceField[Connection]:
    """Which connection, or any."""
    known = Connection.objects.only("name").order_by("name")
    return forms.ModelChoiceField(known, label=_("Connection"), required=False, empty_label=_("Any"))


class InboxFilter(Filter):
    """Which events to show; without a choice those that need an answer, and where something is looked for, all."""

    q = forms.CharField(label=_("Event id, document number or SKU"), required=False, max_length=300)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    connection = connections()
    store = forms.ModelChoiceField(
        Partner.objects.only("name").order_by("name"), label=_("Store"), required=False, empty_label=_("Any")
    )
    type = forms.ChoiceField(label=_("What"), choices=[("", _("Any")), *KINDS.items()], required=False)
    field_order = ("q", "state", "connection", "store", "type", "since", "until")

    def __init__(self, told: Mapping[str, Any]) -> None:
        asked = {name: value for name, value in told.items() if value}
        if asked.get("q", "").strip() and asked.get("state", ATTENTION) == ATTENTION:
            asked["state"] = EVERYTHING
        super().__init__({"state": ATTENTION, **asked})

    @property
    def text(self) -> str:
        """What is looked for."""
        return str(self.chosen.get("q") or "")

    @property
    def wanted(self) -> str:
        """The state asked for, or one of the two collections."""
        return str(self.chosen.get("state") or ATTENTION)

    def condition(self) -> Q:
        chosen = self.chosen
        named = Q(**{name: value for name in ("connection", "store", "type") if (value := chosen.get(name))})
        if self.wanted == ATTENTION:
            return super().condition() & named & Q(state__in=[State.CONFLICT, State.FAILED])
        return super().condition() & named & (Q() if self.wanted == EVERYTHING else Q(state=self.wanted))


class DeliveryFilter(Filter):
    """Which deliveries to show."""

    connection = connections()
    refused = forms.BooleanField(label=_("Refused, in part or whole"), required=False)
    field_order = ("connection", "since", "until", "refused")

    def condition(self) -> Q:
        connection = self.chosen.get("connection")
        mine = Q(connection=connection) if connection else Q()
        refused = Q(answer__has_key="error") | ~Q(answer__rejected=[]) & Q(answer__has_key="rejected")
        return super().condition() & mine & (refused if self.chosen.get("refused") else Q())
