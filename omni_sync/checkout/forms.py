"""What a shopper says on the checkout's last page beside yes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from omni_sync import conf

NOW: Final = "now"
LATER: Final = "later"


class Instant(forms.CharField):
    """A moment in ISO 8601 with its zone, as ``2026-11-22T10:00:00+07:00``; None where nothing is said."""

    def to_python(self, value: Any) -> Any:
        said = super().to_python(value)
        if not said:
            return None
        try:
            at = parse_datetime(said)
        except ValueError:
            at = None
        if not isinstance(at, datetime) or timezone.is_naive(at):
            raise forms.ValidationError(_("Choose one of the times."), code="invalid")
        return at


class LastWords(forms.Form):
    """How to pay, and for goods that are collected: when, and whom to ask for. Whatever is not said is left open."""

    pay = forms.ChoiceField(label=_("How do you want to pay?"), required=False, widget=forms.RadioSelect)
    promised_at = Instant(label=_("When will you come?"), required=False)
    name = forms.CharField(label=_("Your name"), required=False, max_length=255)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=32)

    def __init__(self, *args: Any, is_collected: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_collected = is_collected
        pay: Any = self.fields["pay"]
        pay.choices = choices_of(is_collected=is_collected)
        pay.initial = pay.choices[0][0]

    @property
    def pays_now(self) -> bool:
        """Whether the shopper pays on the provider's page; known once the form is valid."""
        return bool(self.cleaned_data["pay"] == NOW)

    @property
    def asked(self) -> dict[str, Any]:
        """What goes with the order: only what was said."""
        said = {name: self.cleaned_data[name] for name in ("promised_at", "name", "phone")}
        return {name: value for name, value in said.items() if value} | {"pay_in_store": not self.pays_now}


def choices_of(*, is_collected: bool) -> list[tuple[str, str]]:
    """The ways to pay that there are, the one nothing is charged for first."""
    later = gettext("In the shop, when you collect it") if is_collected else gettext("When it arrives")
    online = [(NOW, gettext("Now, by card"))] if conf.checkout_provider() else []
    return [(LATER, later), *online]
