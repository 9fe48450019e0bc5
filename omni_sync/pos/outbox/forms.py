from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omni_sync.pos.outbox.addresses import LONGEST, check_webhook
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.exceptions import BadCursor, WebhookRefused, WhyNotThere

REFUSED: Final = {
    WhyNotThere.SHAPE: _("This is not an address that events can be sent to."),
    WhyNotThere.SCHEME: _("Events are sent to https:// addresses only."),
    WhyNotThere.ADDRESS: _("Events are not sent into our own network."),
}


class AddressForm(forms.Form):
    """Where events go; nothing ends it."""

    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=LONGEST,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
        help_text=_("Empty: nothing is pushed any more, and where it had got to is forgotten."),
    )

    def clean_address(self) -> str:
        """An address that we would send to."""
        address = str(self.cleaned_data["address"])
        try:
            if address:
                check_webhook(address)
        except WebhookRefused as refusal:
            raise forms.ValidationError(REFUSED[refusal.why]) from refusal
        return address


class ReplayForm(forms.Form):
    """From when on, or after which cursor."""

    moment = forms.DateTimeField(
        label=_("Everything since"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    cursor = forms.CharField(
        label=_("or everything after this cursor"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_moment(self) -> datetime | None:
        """A moment that has been."""
        moment: datetime | None = self.cleaned_data["moment"]
        if moment is not None and moment > timezone.now():
            raise forms.ValidationError(_("This is still to come."))
        return moment

    def clean_cursor(self) -> Cursor | None:
        """A cursor of ours."""
        text = str(self.cleaned_data["cursor"])
        try:
            return Cursor.read(text) if text else None
        except BadCursor as refusal:
            raise forms.ValidationError(_("This is not a cursor.")) from refusal

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        facts = super().clean() or {}
        if not self.errors and bool(facts.get("moment")) == bool(facts.get("cursor")):
            raise forms.ValidationError(_("Say since when, or give a cursor: one of the two."))
        return facts
