"""What one step says by one channel: written in every language beside how it will look."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from omni_sync.limits import Limit
from omni_sync.messages.exceptions import Stale
from omni_sync.messages.journeys.models import Step
from omni_sync.messages.journeys.office.doors import MAY_PUBLISH, MAY_WRITE, JourneyOffice
from omni_sync.messages.journeys.office.sides import Side, history_of, look_at, sides_of, there
from omni_sync.messages.journeys.office.views import STALE, WRONG
from omni_sync.messages.models import Channel
from omni_sync.messages.wording.check import LONGEST_TITLE, TITLED, names_for
from omni_sync.messages.wording.exceptions import MissingLanguage, NoAddress
from omni_sync.messages.wording.live import go_live, take_off
from omni_sync.messages.wording.models import Wording
from omni_sync.messages.wording.preview import example_of
from omni_sync.messages.wording.trial import send_trial
from omni_sync.messages.wording.write import write_draft

trials: Final = Limit("trial-messages", most=10, seconds=3600)
#: What was asked for and waits until everything can be kept.
NOT_DONE: Final = {
    "try": _("No test was sent. Look at what is marked first."),
    "live": _("Nothing went live. Look at what is marked first."),
}


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
        sides = kwargs.get("sides") or sides_of(self._place)
        look_at(sides, step=step, channel=self.channel)
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
            "history": history_of(sides),
        }
        return {**super().get_context_data(**kwargs), **facts}

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """What its button says: look, keep, try, put live or take off."""
        what, _colon, language = request.POST.get("do", "").partition(":")
        sides = sides_of(self._place, request.POST)
        if what == "look":
            return self._looked(sides)
        self.need(MAY_WRITE)
        if what == "off":
            self.need(MAY_PUBLISH)
            return self._off()
        if what == "live":
            self.need(MAY_PUBLISH)
        refused = self._kept(sides)
        if refused is not None:
            if what in NOT_DONE:
                messages.error(request, str(NOT_DONE[what]))
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
            side.check(self._wanted(side))
        if self.request.headers.get("X-Requested-With") != "fetch":
            status = WRONG if any(side.form.errors for side in sides) else HTTPStatus.OK
            return self.render_to_response(self.get_context_data(sides=sides), status=status)
        look_at(sides, step=self.step, channel=self.channel)
        return render(self.request, "omni_sync/dashboard/parts/words_look.html", {"sides": sides, "is_alone": True})

    def _kept(self, sides: list[Side]) -> HttpResponse | None:
        """Keep every draft that was changed; the page with what is wrong where one can't be."""
        status = max(self._keep(side) for side in sides)
        return self.render_to_response(self.get_context_data(sides=sides), status=status) if status else None

    def _wanted(self, side: Side) -> Wording:
        return Wording(pk=side.wording.pk, **self._place, language=side.language, **side.typed)

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
            side.is_stale, side.wording = True, there(self._place)[side.language]
            side.read(stale.revision)
            return STALE
        side.read(side.wording.revision)
        return 0

    def _off(self) -> HttpResponse:
        """Taken off at once, whether or not what was typed can be kept."""
        take_off(**self._place)
        refused = self._kept(sides_of(self._place, self.request.POST))
        if refused is not None:
            return refused
        messages.success(self.request, gettext("From now on people get the shop's own words. Your draft is kept."))
        return redirect(self.request.path)

    def _live(self, sides: list[Side]) -> HttpResponse:
        revisions = {side.language: side.wording.revision for side in sides}
        try:
            made = go_live(**self._place, revisions=revisions, by=self.reader)
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

    @property
    def _place(self) -> dict[str, Any]:
        return {"step": self.step, "channel": self.channel, "variant": self.variant}
