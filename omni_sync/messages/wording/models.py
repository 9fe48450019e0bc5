from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from omni_sync.messages.journeys.models import Step
from omni_sync.messages.models import Channel
from omni_sync.messages.wording.check import LONGEST_TITLE, check_words

VARIANTS: Final = (("a", "A"), ("b", "B"))


class Wording(models.Model):
    """What a step says by one channel, in one language, in one of its versions to compare.

    ``title`` and ``text`` are a draft that nobody is sent; ``live`` is what goes out, None while the shop's own words
    do. ``revision`` counts the changes: whoever read an older one is told before they write over it.
    """

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="wordings", verbose_name=_("step"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    language = models.CharField(_("language"), max_length=16)
    variant = models.CharField(_("version"), max_length=1, choices=VARIANTS, default="a")
    title = models.CharField(_("subject or title"), max_length=LONGEST_TITLE, blank=True)
    text = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    live = models.ForeignKey(
        "omni_sync.WordingVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("words of a message")
        verbose_name_plural = _("words of messages")
        permissions = [("publish_wording", _("Can put words of messages live"))]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "channel", "variant", "language"],
                name="wording_once",
                violation_error_message=_("These words are there already: change them instead."),
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="wording_channel_is_known"),
            models.CheckConstraint(condition=Q(variant__in=["a", "b"]), name="wording_variant_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.step} ({self.get_channel_display()}, {self.language_name}, {self.get_variant_display()})"

    def clean(self) -> None:
        """Raises ValidationError where what is written could not be sent."""
        if self.language not in dict(settings.LANGUAGES):
            raise ValidationError({"language": _("The shop does not speak this language.")})
        if self.step_id is not None:
            code = self.step.offer.code if self.step.offer else ""
            words = {"title": self.title, "text": self.text}
            check_words(trigger=self.step.journey.trigger, channel=self.channel, offer=code, **words)

    @property
    def language_name(self) -> str:
        """Its language, as the shop calls it."""
        return gettext(str(dict(settings.LANGUAGES).get(self.language, self.language)))

    @property
    def is_live(self) -> bool:
        """Whether exactly these words go out."""
        return self.live is not None and (self.live.title, self.live.text) == (self.title, self.text)


class WordingVersion(models.Model):
    """Words that went live once. They are never changed: a message that went out can be read as it was."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    text = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("words that went live")
        verbose_name_plural = _("words that went live")
        ordering = [F("number").desc()]
        constraints = [models.UniqueConstraint(fields=["wording", "number"], name="wording_version_once")]

    def __str__(self) -> str:
        return f"{self.wording_id}, {self.number}"
