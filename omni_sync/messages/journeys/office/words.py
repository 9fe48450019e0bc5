"""What one step says by one channel: written in every language beside how it will look."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from omni_sync import conf
from omni_sync.limits import Limit
from omni_sync.messages.exceptions import Stale
from omni_sync.messages.journeys.models import Step
from omni_sync.messages.journeys.office.doors import MAY_PUBLISH, MAY_WRITE, JourneyOffice
from omni_sync.messages.journeys.office.views import STALE, WRONG
from omni_sync.messages.models import Channel
from omni_sync.messages.wording.check import LONGEST_TITLE, TITLED, names_for
from omni_sync.messages.wording.chosen import DRAFT, said_by
from omni_sync.messages.wording.exceptions import MissingLanguage, NoAddress
from omni_sync.messages.wording.live import go_live, take_off
from omni_sync.messages.wording.models import Wording, WordingVersion
from omni_sync.messages.wording.preview import Preview, example_of, previewed
from omni_sync.messages.wording.trial import send_trial
from omni_sync.messages.wording.write import check_draft, write_draft

trials: Final = Limit("trial-messages", most=10, seconds=3600)


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


class Words(JourneyOffice, TemplateView):
    """One place for words: a step, a channel and a version."""

    template_name = "omni_sync/dashboard/words.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.channel, self.variant = str(kwargs["channel"]), str(kwargs["variant"])

    @property
    def step(self) -> Step:
        """The step; unknown where it does not go by this channel, or has no such version."""
        if not hasattr(self, "_step"):
            rows = Step.objects.select_related("journey", "offer")
            self._step = get_object_or_404(rows, journey=self.kwargs["pk"], number=self.kwargs["number"])
            if self.channel not in self._step.channels or self.variant not in "ab"[: self._step.variants]:
                raise Http404
        return self._step

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = self.step
        sides = kwargs.get("sides") or self._sides()
        _look(step, self.channel, sides)
        known = names_for(step.journey.trigger, self.channel, step.offer.code if step.offer else "")
        facts = {
            "step": step,
            "journey": step.journey,
            "title": step.journey.title,
            "channel": self.channel,
            "channel_label": Channel(self.channel).label,
            "variant": self.variant,
            "channels": [(name, Channel(name).label) for name in step.channels],
            "versions": "ab"[: step.variants],
            "has_title": self.channel in TITLED,
            "longest_title": LONGEST_TITLE,
            "known": [(f"{{{name}}}", said) for name, said in known.items()],
            "sides": sides,
            "is_live": any(side.wording.live_id for side in sides),
            "history": _history(sides),
        }
        return {**super().get_context_data(**kwargs), **facts}

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """What its button says: look, keep, try, put live or take off."""
        what, _, language = request.POST.get("do", "").partition(":")
        sides = self._sides(request.POST)
        if what == "look":
            return self._looked(sides)
        self.need(MAY_WRITE)
        if what == "off":
            self.need(MAY_PUBLISH)
            take_off(step=self.step, channel=self.channel, variant=self.variant)
            messages.success(request, gettext("From now on people get the shop's own words. Your draft is kept."))
            return redirect(request.path)
        if what == "live":
            self.need(MAY_PUBLISH)
        refused = self._kept(sides)
        if refused is not None:
            return refused
        if what == "try":
            self._try(next((side for side in sides if side.language == language), sides[0]))
        elif what == "live":
            return self._live(sides)
        else:
            messages.success(request, gettext("The draft is kept. Nobody is sent it until it is put live."))
        return redirect(request.path)

    def _looked(self, sides: list[Side]) -> HttpResponse:
        """The page again with what was typed, and what is wrong with it; for a script no more than how it looks."""
        for side in sides:
            self._check(side)
        if self.request.headers.get("X-Requested-With") != "fetch":
            status = WRONG if any(side.form.errors for side in sides) else HTTPStatus.OK
            return self.render_to_response(self.get_context_data(sides=sides), status=status)
        _look(self.step, self.channel, sides)
        return render(self.request, "omni_sync/dashboard/parts/words_look.html", {"sides": sides, "is_alone": True})

    def _check(self, side: Side) -> None:
        """As keeping it would."""
        if side.form.is_valid() and not side.is_empty:
            try:
                check_draft(self._wanted(side))
            except ValidationError as wrong:
                side.refuse(wrong)

    def _kept(self, sides: list[Side]) -> HttpResponse | None:
        """Keep every draft that was changed; the page with what is wrong where one can't be."""
        status = max(self._keep(side) for side in sides)
        return self.render_to_response(self.get_context_data(sides=sides), status=status) if status else None

    def _wanted(self, side: Side) -> Wording:
        place = {"step": self.step, "channel": self.channel, "language": side.language, "variant": self.variant}
        return Wording(pk=side.wording.pk, **place, **side.typed)

    def _keep(self, side: Side) -> int:
        if not side.form.is_valid():
            return WRONG
        typed, kept = side.typed, side.wording
        if side.is_empty or typed == {"title": kept.title, "text": kept.text}:
            return 0
        try:
            read = side.form.cleaned_data["revision"]
            side.wording = write_draft(wording=self._wanted(side), revision=read, by=self.reader)
        except ValidationError as wrong:
            side.refuse(wrong)
            return WRONG
        except Stale as stale:
            side.is_stale, side.wording = True, self._there()[side.language]
            side.read(stale.revision)
            return STALE
        side.read(side.wording.revision)
        return 0

    def _live(self, sides: list[Side]) -> HttpResponse:
        revisions = {side.language: side.wording.revision for side in sides}
        try:
            made = go_live(
                step=self.step, channel=self.channel, variant=self.variant, revisions=revisions, by=self.reader
            )
        except MissingLanguage as missing:
            names = ", ".join(gettext(str(name)) for code, name in settings.LANGUAGES if code in missing.languages)
            words = ngettext(
                "Nothing is live yet: %(languages)s is missing. Until then people get the shop's own words.",
                "Nothing is live yet: %(languages)s are missing. Until then people get the shop's own words.",
                len(missing.languages),
            )
            messages.error(self.request, words % {"languages": names})
        except Stale:
            messages.error(
                self.request, gettext("Somebody changed these words just now. Read them, and put them live.")
            )
        except ValidationError as wrong:
            messages.error(self.request, " ".join(wrong.messages))
        else:
            messages.success(self.request, gettext("Live: from now on people get these words.") if made else "")
        return redirect(self.request.path)

    def _try(self, side: Side) -> None:
        if trials.refusal(str(self.reader.pk)) is not None:
            messages.error(self.request, gettext("Ten tries in an hour are enough. Try again later."))
            return
        try:
            send_trial(
                by=self.reader,
                channel=self.channel,
                kind=self.step.journey.trigger,
                language=side.language,
                facts=example_of(self.step, side.language),
                draft=side.typed,
            )
        except NoAddress:
            messages.error(self.request, gettext("We know no address of yours for this channel."))
        else:
            messages.success(self.request, gettext("It is on its way to you, marked as a test. Your draft is kept."))

    def _there(self) -> dict[str, Wording]:
        rows = Wording.objects.filter(step=self.step, channel=self.channel, variant=self.variant)
        return {one.language: one for one in rows.select_related("live", "changed_by")}

    def _sides(self, typed: Any = None) -> list[Side]:
        """In the order of the shop's languages; one query."""
        there = self._there()
        sides = []
        for code, name in settings.LANGUAGES:
            one = there.get(code) or Wording(step=self.step, channel=self.channel, language=code, variant=self.variant)
            initial = {"title": one.title, "text": one.text, "revision": one.revision}
            form = WordsForm(typed, prefix=code) if typed is not None else WordsForm(initial=initial, prefix=code)
            sides.append(Side(code, gettext(str(name)), one, form))
        return sides


def _look(step: Step, channel: str, sides: list[Side]) -> None:
    kind = step.journey.trigger
    for side in sides:
        if side.form.errors:
            continue
        facts, draft = example_of(step, side.language), side.typed
        side.has_hole = bool(draft["text"]) and said_by({"shop_name": conf.shop_name(), **facts, DRAFT: draft}) is None
        side.preview = previewed(channel=channel, kind=kind, language=side.language, facts=facts, draft=draft)


def _history(sides: list[Side]) -> list[Any]:
    """What went live before, the newest first; one query."""
    wordings = [side.wording.pk for side in sides if side.wording.pk]
    rows = WordingVersion.objects.filter(wording__in=wordings).select_related("wording", "made_by")
    return list(rows.order_by("-made_at", "-pk")[:20])
