"""One language of a place for words: what stands there, what was typed, and how that looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from omni_sync import conf
from omni_sync.messages.journeys.models import Step
from omni_sync.messages.wording.chosen import DRAFT, said_by
from omni_sync.messages.wording.models import Wording, WordingVersion
from omni_sync.messages.wording.preview import Preview, example_of, previewed
from omni_sync.messages.wording.write import check_draft


class WordsForm(forms.Form):
    """The draft in one language; ``revision`` is what its writer read."""

    title = forms.CharField(label=_("Subject or title"), required=False, strip=True)
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 9}))
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@dataclass(slots=True)
class Side:
    """One language: what stands there, the form with what was typed, and how that looks."""

    language: str
    name: str
    wording: Wording
    form: WordsForm
    preview: Preview | None = None
    is_stale: bool = False
    has_hole: bool = False

    @property
    def typed(self) -> dict[str, str]:
        """What is in the form now."""
        said = {name: str(self.form[name].value() or "") for name in ("title", "text")}
        return {name: words.replace("\r\n", "\n").replace("\x00", "") for name, words in said.items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever written here."""
        return not (self.wording.pk or any(self.typed.values()))

    def read(self, revision: int) -> None:
        """From now on its writer has read ``revision``; what was typed stays."""
        self.form.data = {**self.form.data.dict(), self.form.add_prefix("revision"): str(revision)}  # type: ignore[attr-defined]

    def refuse(self, wrong: ValidationError) -> None:
        """Say at each field what is wrong with it."""
        for field, said in wrong.message_dict.items():
            self.form.add_error(field if field in self.form.fields else None, said)

    def check(self, wanted: Wording) -> None:
        """Say at each field why it could not be kept as it is ``wanted``."""
        if self.form.is_valid() and not self.is_empty:
            try:
                check_draft(wanted)
            except ValidationError as wrong:
                self.refuse(wrong)


def there(place: dict[str, Any]) -> dict[str, Wording]:
    """What is written at this place, a step's channel and version, by language: one query."""
    return {one.language: one for one in Wording.objects.filter(**place).select_related("live", "changed_by")}


def sides_of(place: dict[str, Any], typed: Any = None) -> list[Side]:
    """In the order of the shop's languages; one query."""
    known = there(place)
    sides = []
    for code, name in settings.LANGUAGES:
        one = known.get(code) or Wording(**place, language=code)
        initial = {"title": one.title, "text": one.text, "revision": one.revision}
        form = WordsForm(typed, prefix=code) if typed is not None else WordsForm(initial=initial, prefix=code)
        sides.append(Side(code, gettext(str(name)), one, form))
    return sides


def look_at(sides: list[Side], *, step: Step, channel: str) -> None:
    """Show how each would look; what is wrong is not shown as anything else."""
    kind = step.journey.trigger
    for side in sides:
        if side.form.errors:
            continue
        facts, draft = example_of(step, side.language), side.typed
        side.has_hole = bool(draft["text"]) and said_by({"shop_name": conf.shop_name(), **facts, DRAFT: draft}) is None
        side.preview = previewed(channel=channel, kind=kind, language=side.language, facts=facts, draft=draft)


def history_of(sides: list[Side]) -> list[Any]:
    """What went live before, the newest first; one query."""
    wordings = [side.wording.pk for side in sides if side.wording.pk]
    rows = WordingVersion.objects.filter(wording__in=wordings).select_related("wording", "made_by")
    return list(rows.order_by("-made_at", "-pk")[:20])
