"""Editing in Wagtail what the dashboard edits too: checked there and here by the same code."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from omni_sync.messages.exceptions import Stale
from omni_sync.messages.journeys.edit import edit_journey
from omni_sync.messages.wording.write import write_draft


class ReadFirst(WagtailAdminModelForm):
    """A form that remembers which revision was read: whoever read an older one is told, and loses nothing."""

    data: Any
    instance: Any

    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.revision

    @property
    def revision(self) -> int:
        """The one that was read."""
        return int(self.cleaned_data.get("seen") or 0)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where somebody was faster; saved again, it takes the place of theirs."""
        said: dict[str, Any] = super().clean()
        now = (
            type(self.instance)._default_manager.filter(pk=self.instance.pk).values_list("revision", flat=True).first()
        )
        if now is not None and now != self.revision:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = str(now)
            raise forms.ValidationError(
                _("Somebody changed this meanwhile. Yours is still in the form: save again, and it takes its place.")
            )
        return said


class WordingForm(ReadFirst):
    """A draft. Where it stands is settled when it is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("step", "channel", "language", "variant"):
                self.fields[name].disabled = True
        self.fields["language"].widget = forms.Select(choices=settings.LANGUAGES)

    def save(self, commit: bool = True) -> Any:
        """The draft, kept."""
        try:
            self.instance = write_draft(wording=self.instance, revision=self.revision, by=self.for_user)
        except Stale as stale:  # between the check and now
            raise BadRequest from stale
        return self.instance


class JourneyForm(ReadFirst):
    """On or off, and who hears nothing; its steps are edited in the dashboard."""

    def save(self, commit: bool = True) -> Any:
        """The journey, changed."""
        said = self.cleaned_data
        try:
            self.instance = edit_journey(
                journey_id=self.instance.pk,
                revision=self.revision,
                is_on=said["is_on"],
                hold_out=said["hold_out"],
                steps=[],
                by=self.for_user,
            )
        except Stale as stale:  # between the check and now
            raise BadRequest from stale
        return self.instance
