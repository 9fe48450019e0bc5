from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from omni_sync.messages.preferences.models import Preference

REGIONS: Final = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


class PreferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """When, and in which language; what is left empty is as it is for everybody."""

    language = forms.ChoiceField(label=_("Language of our messages"), required=False)
    zone = forms.ChoiceField(label=_("Your time zone"), required=False)

    class Meta:
        model = Preference
        fields = ("language", "zone", "quiet_from", "quiet_until")
        labels = {"quiet_from": _("Quiet from"), "quiet_until": _("Quiet until")}
        widgets = {
            name: forms.TimeInput(format="%H:%M", attrs={"type": "time"}) for name in ("quiet_from", "quiet_until")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
        self._offer("language", [("", gettext("The one I agreed in")), *languages])
        self._offer("zone", [("", gettext("The shop's: %(zone)s") % {"zone": _spoken(settings.TIME_ZONE)}), *_zones()])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Quiet hours are two, or none."""
        said = super().clean() or self.cleaned_data
        since, until = said.get("quiet_from"), said.get("quiet_until")
        for name, own, other in (("quiet_from", since, until), ("quiet_until", until, since)):
            if own is None and other is not None and name not in self.errors:
                self.add_error(name, gettext("Say both from when and until when, or leave both empty."))
        if since is not None and since == until:
            self.add_error("quiet_until", gettext("This is the time at which it begins. Choose another."))
        return said


@lru_cache(maxsize=1)
def _zones() -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    names = sorted(available_timezones())
    return tuple(
        (region, [(name, _spoken(name)) for name in names if name.startswith(f"{region}/")]) for region in REGIONS
    )


def _spoken(zone: str) -> str:
    return zone.replace("_", " ")
